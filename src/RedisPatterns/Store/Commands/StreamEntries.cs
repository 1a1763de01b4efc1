namespace RedisPatterns.Commands;

/// <summary>What was read from one of several streams.</summary>
/// <param name="Key">The key of the stream.</param>
/// <param name="Entries">The entries in the order of their ids.</param>
public sealed record StreamEntries(StoreKey Key, IReadOnlyList<StreamEntry> Entries);
