namespace RedisPatterns.InMemory;

/// <summary>A member of a sorted set, held as bytes, with its score.</summary>
internal readonly record struct SortedSetItem(StoreValue Member, double Score) : IRanked<SortedSetItem>
{
    /// <summary>The order of sorted sets: by score, then by the bytes of the members.</summary>
    public static int Compare(in SortedSetItem left, in SortedSetItem right) =>
        left.Score < right.Score ? -1 : left.Score > right.Score ? 1 : CompareBytes(left.Member, right.Member);

    /// <summary>The order of members by their bytes.</summary>
    public static int CompareBytes(StoreValue left, StoreValue right) => left.AsMemory().Span.SequenceCompareTo(right.AsMemory().Span);
}
