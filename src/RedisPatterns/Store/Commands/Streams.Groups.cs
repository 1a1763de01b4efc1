namespace RedisPatterns.Commands;

public static partial class Streams
{
    /// <summary>Makes a consumer group. <c>XGROUP CREATE</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="after">The id after which it reads, <see cref="StreamId.Zero"/> for everything, or null for what is added from now on.</param>
    /// <param name="makeStream">Whether an empty stream is made when the key does not exist.</param>
    /// <param name="entriesRead">How many entries of the stream lie up to <paramref name="after"/>, or null when not known.</param>
    /// <returns>Answers true. Fails with <see cref="GroupExistsException"/>, or <see cref="NoSuchKeyException"/>.</returns>
    public static StoreCommand<bool> CreateGroup(StoreKey key, StoreValue group, StreamId? after = null, bool makeStream = false, long? entriesRead = null)
    {
        var arguments = new ArgumentList(6).AddKey(key).Add(group).Add(after?.ToString() ?? "$").AddIf(makeStream, "MKSTREAM");
        return new(CommandTable.XGroupCreate, Replies.Ok, WithEntriesRead(arguments, entriesRead).ToArray());
    }

    /// <summary>Moves the place from which a consumer group reads. <c>XGROUP SETID</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="after">The id after which it reads, <see cref="StreamId.Zero"/> for everything, or null for what is added from now on.</param>
    /// <param name="entriesRead">How many entries of the stream lie up to <paramref name="after"/>, or null when not known.</param>
    /// <returns>Answers true. Fails with <see cref="NoSuchGroupException"/> or <see cref="NoSuchKeyException"/>.</returns>
    public static StoreCommand<bool> SetGroupPosition(StoreKey key, StoreValue group, StreamId? after = null, long? entriesRead = null)
    {
        var arguments = new ArgumentList(5).AddKey(key).Add(group).Add(after?.ToString() ?? "$");
        return new(CommandTable.XGroupSetId, Replies.Ok, WithEntriesRead(arguments, entriesRead).ToArray());
    }

    /// <summary>Removes a consumer group with everything that is pending in it. <c>XGROUP DESTROY</c>.</summary>
    /// <param name="key">The key of the stream; it must exist.</param>
    /// <param name="group">The group.</param>
    /// <returns>Answers whether there was one.</returns>
    public static StoreCommand<bool> DestroyGroup(StoreKey key, StoreValue group) =>
        new(CommandTable.XGroupDestroy, Replies.Boolean, StoreValue.FromKey(key), group);

    /// <summary>Makes a consumer; reading and claiming make it too. <c>XGROUP CREATECONSUMER</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="consumer">The consumer.</param>
    /// <returns>Answers whether it was made, rather than being there. Fails with <see cref="NoSuchGroupException"/>.</returns>
    public static StoreCommand<bool> CreateConsumer(StoreKey key, StoreValue group, StoreValue consumer) =>
        new(CommandTable.XGroupCreateConsumer, Replies.Boolean, [StoreValue.FromKey(key), group, consumer]);

    /// <summary>Removes a consumer; what is pending for it is forgotten. <c>XGROUP DELCONSUMER</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="consumer">The consumer.</param>
    /// <returns>Answers how many entries were pending for it. Fails with <see cref="NoSuchGroupException"/>.</returns>
    public static StoreCommand<long> DeleteConsumer(StoreKey key, StoreValue group, StoreValue consumer) =>
        new(CommandTable.XGroupDelConsumer, Replies.Int64, [StoreValue.FromKey(key), group, consumer]);

    /// <summary>Delivers to a consumer what its group has not delivered yet. <c>XREADGROUP</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="consumer">The consumer; made when it does not exist.</param>
    /// <param name="count">How many entries at most, or null for all; at least 1.</param>
    /// <param name="noAck">Whether the entries count as acknowledged at once: they are lost when the consumer fails.</param>
    /// <returns>Answers the entries. Fails with <see cref="NoSuchGroupException"/>.</returns>
    public static StoreCommand<StreamEntry[]> ReadGroup(StoreKey key, StoreValue group, StoreValue consumer, long? count = null, bool noAck = false) =>
        new(CommandTable.XReadGroup, StreamReplies.OnlyStream, GroupArguments(group, consumer, count, noAck, [StreamPosition.Undelivered(key)]));

    /// <summary>Reads several streams for a consumer: undelivered entries, or those that are pending for it. <c>XREADGROUP</c>.</summary>
    /// <param name="group">The group; every stream must have it.</param>
    /// <param name="consumer">The consumer; made when it does not exist.</param>
    /// <param name="count">How many entries of each stream at most, or null for all; at least 1.</param>
    /// <param name="noAck">Whether undelivered entries count as acknowledged at once.</param>
    /// <param name="positions">The streams; at least one. In a cluster they must share a hash slot.</param>
    /// <returns>
    /// Answers the streams that have such entries, and each of those whose pending entries were asked for. A pending entry that
    /// is no longer in the stream is <see cref="StreamEntry.IsDeleted"/>. Fails with <see cref="NoSuchGroupException"/>.
    /// </returns>
    public static StoreCommand<StreamEntries[]> ReadGroup(StoreValue group, StoreValue consumer, long? count, bool noAck, params ReadOnlySpan<StreamPosition> positions) =>
        new(CommandTable.XReadGroup, StreamReplies.Streams, GroupArguments(group, consumer, count, noAck, positions));

    /// <summary>Acknowledges entries: they are pending no more. <c>XACK</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <param name="ids">The ids; at least one.</param>
    /// <returns>Answers how many of them were pending; 0 when there is no such group.</returns>
    public static StoreCommand<long> Acknowledge(StoreKey key, StoreValue group, params ReadOnlySpan<StreamId> ids) =>
        new(CommandTable.XAck, Replies.Int64, WithIds(new ArgumentList(2 + ids.Length).AddKey(key).Add(group), ids).ToArray());

    /// <summary>The state of the consumer groups of a stream. <c>XINFO GROUPS</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <returns>Answers the groups. Fails with <see cref="NoSuchKeyException"/>.</returns>
    public static StoreCommand<StreamGroupInfo[]> Groups(StoreKey key) => new(CommandTable.XInfoGroups, StreamReplies.Groups, StoreValue.FromKey(key));

    /// <summary>The state of the consumers of a group. <c>XINFO CONSUMERS</c>.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="group">The group.</param>
    /// <returns>Answers the consumers. Fails with <see cref="NoSuchGroupException"/> or <see cref="NoSuchKeyException"/>.</returns>
    public static StoreCommand<StreamConsumerInfo[]> Consumers(StoreKey key, StoreValue group) =>
        new(CommandTable.XInfoConsumers, StreamReplies.Consumers, StoreValue.FromKey(key), group);

    private static StoreValue[] GroupArguments(StoreValue group, StoreValue consumer, long? count, bool noAck, ReadOnlySpan<StreamPosition> positions)
    {
        var arguments = new ArgumentList(7 + (2 * positions.Length)).Add("GROUP").Add(group).Add(consumer);
        return ReadArguments(arguments, count, noAck, positions);
    }

    private static ArgumentList WithEntriesRead(ArgumentList arguments, long? entriesRead)
    {
        if (entriesRead is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(entriesRead));
            arguments.Add("ENTRIESREAD").Add(number);
        }

        return arguments;
    }
}
