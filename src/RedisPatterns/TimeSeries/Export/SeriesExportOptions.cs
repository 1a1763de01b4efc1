namespace RedisPatterns;

/// <summary>How samples are exported.</summary>
public sealed class SeriesExportOptions
{
    internal static SeriesExportOptions Default { get; } = new();

    /// <summary>How moments are written; <see cref="SeriesTimeFormat.Iso8601"/> unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such format.</exception>
    public SeriesTimeFormat TimeFormat
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(TimeFormat), "There is no such format.");
    }

    /// <summary>Whether each line has the labels of its series; false unless set. As a JSON object: the member <c>labels</c> in NDJSON, a column <c>labels</c> in CSV.</summary>
    public bool WithLabels { get; init; }

    /// <summary>Labels that have a column of their own in CSV, in this order and by this name, empty where a series lacks the label; none unless set. Has no meaning for NDJSON.</summary>
    public IReadOnlyList<string> LabelColumns { get; init; } = [];

    /// <summary>Whether CSV begins with a line of the names of the columns; true unless set. Has no meaning for NDJSON.</summary>
    public bool WithHeader { get; init; } = true;
}
