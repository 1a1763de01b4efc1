namespace RedisPatterns.InMemory;

/// <summary>A consumer of a group. Changed by its <see cref="StreamGroup"/> only.</summary>
internal sealed class StreamConsumer(StoreValue name, long seenAt)
{
    public StoreValue Name { get; } = name;

    /// <summary>When it last called, in milliseconds since 1970.</summary>
    public long SeenAt { get; set; } = seenAt;

    /// <summary>What is pending for it.</summary>
    public PendingList Pending { get; } = new();
}
