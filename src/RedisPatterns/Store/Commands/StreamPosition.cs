namespace RedisPatterns.Commands;

/// <summary>A stream, and the place in it from which entries are read.</summary>
public readonly record struct StreamPosition
{
    private StreamPosition(StoreKey key, StreamId? after)
    {
        Key = key;
        After = after;
    }

    /// <summary>The key of the stream.</summary>
    public StoreKey Key { get; }

    /// <summary>The id after which entries are read; null for those that the group has not delivered yet.</summary>
    public StreamId? After { get; }

    /// <summary>The entries after an id; for a group, those of them that are pending for the consumer.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="id">The id, itself not read; <see cref="StreamId.Zero"/> reads from the beginning.</param>
    public static StreamPosition Behind(StoreKey key, StreamId id) => new(key, id);

    /// <summary>For a group: the entries that it has delivered to no consumer yet.</summary>
    /// <param name="key">The key of the stream.</param>
    public static StreamPosition Undelivered(StoreKey key) => new(key, null);
}
