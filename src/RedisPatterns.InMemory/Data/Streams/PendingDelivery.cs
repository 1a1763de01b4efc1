using RedisPatterns.Commands;

namespace RedisPatterns.InMemory;

/// <summary>An entry that was delivered and is not acknowledged. Changed by its <see cref="StreamGroup"/> only.</summary>
internal sealed class PendingDelivery(StreamId id, StreamConsumer consumer, long deliveredAt, long count)
{
    public StreamId Id { get; } = id;

    public StreamConsumer Consumer { get; set; } = consumer;

    /// <summary>In milliseconds since 1970.</summary>
    public long DeliveredAt { get; set; } = deliveredAt;

    /// <summary>How often it was delivered.</summary>
    public long Count { get; set; } = count;
}
