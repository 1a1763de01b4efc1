namespace RedisPatterns.Commands;

public static partial class SortedSets
{
    /// <summary>Removes the member with the lowest score. <c>ZPOPMIN</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the member and its score, or null when the key does not exist.</returns>
    public static StoreCommand<SortedSetEntry?> PopMin(StoreKey key) => new(CommandTable.ZPopMin, SortedSetReplies.FirstEntry, StoreValue.FromKey(key));

    /// <summary>Removes the members with the lowest scores. <c>ZPOPMIN</c> with a count.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">How many at most; 0 or more.</param>
    /// <returns>Answers members and scores, the lowest first.</returns>
    public static StoreCommand<SortedSetEntry[]> PopMin(StoreKey key, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(CommandTable.ZPopMin, SortedSetReplies.Entries, StoreValue.FromKey(key), count);
    }

    /// <summary>Removes the member with the highest score. <c>ZPOPMAX</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the member and its score, or null when the key does not exist.</returns>
    public static StoreCommand<SortedSetEntry?> PopMax(StoreKey key) => new(CommandTable.ZPopMax, SortedSetReplies.FirstEntry, StoreValue.FromKey(key));

    /// <summary>Removes the members with the highest scores. <c>ZPOPMAX</c> with a count.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">How many at most; 0 or more.</param>
    /// <returns>Answers members and scores, the highest first.</returns>
    public static StoreCommand<SortedSetEntry[]> PopMax(StoreKey key, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(CommandTable.ZPopMax, SortedSetReplies.Entries, StoreValue.FromKey(key), count);
    }

    /// <summary>Removes members from the first of several sorted sets that has some. <c>ZMPOP</c>.</summary>
    /// <param name="end">From which end.</param>
    /// <param name="count">How many at most; at least 1.</param>
    /// <param name="keys">The keys in the order in which they are tried; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers what was removed and from where, or null when all are empty.</returns>
    public static StoreCommand<SortedSetPop?> PopFirst(ScoreEnd end, long count, params ReadOnlySpan<StoreKey> keys)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var arguments = new ArgumentList(4 + keys.Length).Add(keys.Length).AddAll(Require.Some(keys))
            .Add(end == ScoreEnd.Min ? "MIN" : "MAX").Add("COUNT").Add(count);
        return new(CommandTable.ZMPop, SortedSetReplies.Pop, arguments.ToArray());
    }
}
