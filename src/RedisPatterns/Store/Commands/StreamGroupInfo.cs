namespace RedisPatterns.Commands;

/// <summary>A consumer group's state.</summary>
/// <param name="Name">The name.</param>
/// <param name="ConsumerCount">The number of consumers.</param>
/// <param name="PendingCount">The number of entries delivered and not acknowledged.</param>
/// <param name="LastDeliveredId">The id of the last entry that was delivered.</param>
/// <param name="EntriesRead">How many entries of the stream lie up to that id; null when it is not known.</param>
/// <param name="Lag">How many entries are to be delivered still; null when it is not known.</param>
public sealed record StreamGroupInfo(StoreValue Name, long ConsumerCount, long PendingCount, StreamId LastDeliveredId, long? EntriesRead, long? Lag);
