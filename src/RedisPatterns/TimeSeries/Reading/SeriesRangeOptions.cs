namespace RedisPatterns;

/// <summary>How a range of series is read.</summary>
public sealed record SeriesRangeOptions
{
    internal static SeriesRangeOptions Default { get; } = new();

    /// <summary>Whether the latest comes first; false unless set.</summary>
    public bool IsDescending { get; init; }

    /// <summary>How many samples, or buckets, of each series are wanted at most; 1 or more. Null, so all, unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long? Limit
    {
        get;
        init
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(Limit));
            }

            field = value;
        }
    }

    /// <summary>How samples become one for each bucket of time; null, so that they come as they are, unless set.</summary>
    public Aggregation? Aggregation { get; init; }
}
