namespace RedisPatterns.Commands;

/// <summary>Commands on HyperLogLogs: the number of different elements seen, within about 0.81 %, in at most 12 kB.</summary>
public static class HyperLogLogs
{
    /// <summary>Adds elements. <c>PFADD</c>.</summary>
    /// <param name="key">The key; a HyperLogLog or nothing.</param>
    /// <param name="elements">The elements; without any, an empty HyperLogLog is made if the key does not exist.</param>
    /// <returns>Answers whether anything changed: the estimate may have, or the key is new.</returns>
    public static StoreCommand<bool> Add(StoreKey key, params ReadOnlySpan<StoreValue> elements) =>
        new(CommandTable.PfAdd, Replies.Boolean, new ArgumentList(1 + elements.Length).AddKey(key).AddAll(elements).ToArray());

    /// <summary>Estimates how many different elements were added to any of some HyperLogLogs. <c>PFCOUNT</c>.</summary>
    /// <param name="keys">The keys; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>Answers the estimate; 0 when no key exists.</returns>
    public static StoreCommand<long> Count(params ReadOnlySpan<StoreKey> keys) =>
        new(CommandTable.PfCount, Replies.Int64, new ArgumentList(keys.Length).AddAll(Require.Some(keys)).ToArray());

    /// <summary>Merges HyperLogLogs into one. <c>PFMERGE</c>.</summary>
    /// <param name="destination">The one that is written; what it held counts in.</param>
    /// <param name="sources">The others. In a cluster all keys must share a hash slot.</param>
    /// <returns>Answers true.</returns>
    public static StoreCommand<bool> Merge(StoreKey destination, params ReadOnlySpan<StoreKey> sources) =>
        new(CommandTable.PfMerge, Replies.Ok, new ArgumentList(1 + sources.Length).AddKey(destination).AddAll(sources).ToArray());
}
