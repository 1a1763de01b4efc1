namespace RedisPatterns.Commands;

/// <summary>What is pending in a consumer group.</summary>
/// <param name="Count">The number of pending entries.</param>
/// <param name="Lowest">The lowest pending id, or null when nothing is pending.</param>
/// <param name="Highest">The highest pending id, or null when nothing is pending.</param>
/// <param name="Consumers">The consumers that have pending entries, with their number.</param>
public sealed record PendingSummary(long Count, StreamId? Lowest, StreamId? Highest, IReadOnlyList<KeyValuePair<StoreValue, long>> Consumers);
