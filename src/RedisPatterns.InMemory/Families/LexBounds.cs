namespace RedisPatterns.InMemory;

/// <summary>The ends of a range of members, as ZLEXCOUNT and others are given them.</summary>
internal readonly record struct LexBounds(LexBounds.End Min, LexBounds.End Max)
{
    /// <summary>Reads them from a command.</summary>
    public static LexBounds Parse(StoreCommand command, int minIndex, int maxIndex) =>
        new(ParseEnd(command, minIndex), ParseEnd(command, maxIndex));

    /// <summary>The ranks of the members within: the first, and their number.</summary>
    public (int First, int Count) Locate(SortedSetData data)
    {
        var first = data.CountBefore(IsBefore, (Min, OrEqual: Min.Exclude));
        return (first, Math.Max(data.CountBefore(IsBefore, (Max, OrEqual: !Max.Exclude)) - first, 0));
    }

    private static bool IsBefore(SortedSetItem item, (End End, bool OrEqual) place)
    {
        if (place.End.Infinite != 0)
        {
            return place.End.Infinite > 0;
        }

        var order = SortedSetItem.CompareBytes(item.Member, place.End.Member);
        return order < 0 || (place.OrEqual && order == 0);
    }

    private static End ParseEnd(StoreCommand command, int index)
    {
        var value = command.Value(index).AsMemory();
        return value.Span switch
        {
            [(byte)'-'] => new(default, Infinite: -1),
            [(byte)'+'] => new(default, Infinite: 1),
            [(byte)'(', ..] => new(value[1..], Exclude: true),
            [(byte)'[', ..] => new(value[1..]),
            _ => throw StoreErrors.FromServer("ERR min or max not valid string range item", command.Definition.Name),
        };
    }

    /// <summary>One end: a member, or before (-1) or after (1) all of them.</summary>
    internal readonly record struct End(StoreValue Member, bool Exclude = false, int Infinite = 0);
}
