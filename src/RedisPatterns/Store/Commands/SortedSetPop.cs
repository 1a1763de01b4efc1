namespace RedisPatterns.Commands;

/// <summary>What was popped from the first of several sorted sets that had something.</summary>
/// <param name="Key">The key of that sorted set.</param>
/// <param name="Entries">The popped members, in the order in which they were popped.</param>
public sealed record SortedSetPop(StoreKey Key, IReadOnlyList<SortedSetEntry> Entries);
