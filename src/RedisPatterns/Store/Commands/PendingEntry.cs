namespace RedisPatterns.Commands;

/// <summary>An entry that was delivered to a consumer and is not acknowledged.</summary>
/// <param name="Id">The id of the entry.</param>
/// <param name="Consumer">The consumer.</param>
/// <param name="Idle">The time since the last delivery; to the millisecond.</param>
/// <param name="DeliveryCount">How often it was delivered.</param>
public readonly record struct PendingEntry(StreamId Id, StoreValue Consumer, TimeSpan Idle, long DeliveryCount);
