namespace RedisPatterns;

/// <summary>Labels of series: texts by texts, none of them empty.</summary>
internal static class SeriesLabels
{
    private static readonly Dictionary<string, string> NoLabels = [];

    public static SortedDictionary<string, string> Check(IReadOnlyDictionary<string, string>? labels, string parameter)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in labels ?? NoLabels)
        {
            ThrowIfBadName(name, parameter);
            ThrowIfBadValue(value, parameter);
            sorted.Add(name, value);
        }

        return sorted;
    }

    public static void ThrowIfBadName(string? name, string parameter)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("The name of a label is not empty.", parameter);
        }
    }

    public static void ThrowIfBadValue(string? value, string parameter)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentException("The value of a label is not empty; leave the label out.", parameter);
        }
    }
}
