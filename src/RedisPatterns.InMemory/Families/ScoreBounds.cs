namespace RedisPatterns.InMemory;

/// <summary>The ends of a range of scores, as ZCOUNT and others are given them.</summary>
internal readonly record struct ScoreBounds(double Min, double Max, bool ExcludeMin, bool ExcludeMax)
{
    /// <summary>Reads them from a command.</summary>
    public static ScoreBounds Parse(StoreCommand command, int minIndex, int maxIndex)
    {
        var min = Parse(command, minIndex, out var excludeMin);
        var max = Parse(command, maxIndex, out var excludeMax);
        return new(min, max, excludeMin, excludeMax);
    }

    /// <summary>The ranks of the members within: the first, and their number.</summary>
    public (int First, int Count) Locate(SortedSetData data)
    {
        var first = data.CountBefore(IsBefore, (Min, ExcludeMin));
        return (first, Math.Max(data.CountBefore(IsBefore, (Max, !ExcludeMax)) - first, 0));
    }

    private static bool IsBefore(SortedSetItem item, (double Score, bool OrEqual) place) =>
        item.Score < place.Score || (place.OrEqual && item.Score == place.Score);

    private static double Parse(StoreCommand command, int index, out bool exclude)
    {
        var value = command.Value(index);
        exclude = !value.IsInteger && value.AsMemory().Span is [(byte)'(', ..];
        return CommandArguments.TryReadDouble(exclude ? value.AsMemory()[1..] : value, out var number)
            ? number
            : throw StoreErrors.FromServer("ERR min or max is not a float", command.Definition.Name);
    }
}
