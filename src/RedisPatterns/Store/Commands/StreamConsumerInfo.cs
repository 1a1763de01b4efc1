namespace RedisPatterns.Commands;

/// <summary>A consumer's state.</summary>
/// <param name="Name">The name.</param>
/// <param name="PendingCount">The number of entries delivered to it and not acknowledged.</param>
/// <param name="Idle">The time since its last call; to the millisecond.</param>
public sealed record StreamConsumerInfo(StoreValue Name, long PendingCount, TimeSpan Idle);
