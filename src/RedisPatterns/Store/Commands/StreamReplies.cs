namespace RedisPatterns.Commands;

/// <summary>The readers of replies with stream entries.</summary>
internal static class StreamReplies
{
    public static ReplyReader<StreamId> Id { get; } = static reply => ReadId(reply);

    public static ReplyReader<StreamId?> NullableId { get; } = static reply => reply.IsNull ? null : ReadId(reply);

    public static ReplyReader<StreamId[]> Ids { get; } = static reply => Replies.ToArray(reply, ReadId);

    public static ReplyReader<StreamEntry[]> Entries { get; } = static reply => ReadEntries(reply);

    // A map in RESP3, a list of pairs in RESP2: both are read as pairs.
    public static ReplyReader<StreamEntries[]> Streams { get; } = static reply =>
        Replies.ToPairs(reply, static (key, entries) => new StreamEntries(SortedSetReplies.Key(key), ReadEntries(entries)));

    public static ReplyReader<StreamEntry[]> OnlyStream { get; } = static reply => Streams(reply) is [var only, ..] ? (StreamEntry[])only.Entries : [];

    public static ReplyReader<PendingSummary> Summary { get; } = static reply => reply is { Kind: StoreReplyKind.Array, Items.Length: 4 }
        ? new(
            Replies.ToInt64(reply.Items[0]),
            NullableId(reply.Items[1]),
            NullableId(reply.Items[2]),
            Replies.ToPairs(reply.Items[3], static (name, count) => KeyValuePair.Create(Replies.ToValue(name), Replies.ToInt64(count))))
        : throw Replies.Unexpected(reply);

    public static ReplyReader<PendingEntry[]> Pending { get; } = static reply => Replies.ToArray(reply, static item =>
        item is { Kind: StoreReplyKind.Array, Items.Length: 4 }
            ? new PendingEntry(ReadId(item.Items[0]), Replies.ToValue(item.Items[1]), Span(item.Items[2]), Replies.ToInt64(item.Items[3]))
            : throw Replies.Unexpected(item));

    public static ReplyReader<StreamAutoClaim<StreamEntry>> AutoClaim { get; } = static reply => ReadAutoClaim(reply, Entries);

    public static ReplyReader<StreamAutoClaim<StreamId>> AutoClaimIds { get; } = static reply => ReadAutoClaim(reply, Ids);

    public static ReplyReader<StreamInfo> Info { get; } = static reply => new(
        Replies.ToInt64(Field(reply, "length")),
        ReadId(Field(reply, "last-generated-id")),
        NullableId(Field(reply, "max-deleted-entry-id")) ?? default,
        Replies.NullableInt64(Field(reply, "entries-added")) ?? 0,
        Replies.ToInt64(Field(reply, "groups")),
        NullableEntry(Field(reply, "first-entry")),
        NullableEntry(Field(reply, "last-entry")));

    public static ReplyReader<StreamGroupInfo[]> Groups { get; } = static reply => Replies.ToArray(reply, static item => new StreamGroupInfo(
        Replies.ToValue(Field(item, "name")),
        Replies.ToInt64(Field(item, "consumers")),
        Replies.ToInt64(Field(item, "pending")),
        ReadId(Field(item, "last-delivered-id")),
        Replies.NullableInt64(Field(item, "entries-read")),
        Replies.NullableInt64(Field(item, "lag"))));

    public static ReplyReader<StreamConsumerInfo[]> Consumers { get; } = static reply => Replies.ToArray(reply, static item =>
        new StreamConsumerInfo(Replies.ToValue(Field(item, "name")), Replies.ToInt64(Field(item, "pending")), Span(Field(item, "idle"))));

    private static StreamId ReadId(StoreReply reply) =>
        StreamId.TryParse(Replies.ToValue(reply).AsText(), out var id) ? id : throw Replies.Unexpected(reply);

    private static TimeSpan Span(StoreReply reply) => TimeSpan.FromMilliseconds(Replies.ToInt64(reply));

    // Servers before 7 answer nothing in the place of an entry that was deleted meanwhile.
    private static StreamEntry[] ReadEntries(StoreReply reply) =>
        Array.FindAll(Replies.ToArray(reply, NullableEntry), static entry => entry is not null)!;

    private static StreamEntry? NullableEntry(StoreReply reply) => reply switch
    {
        { IsNull: true } => null,
        { Kind: StoreReplyKind.Array, Items.Length: 2 } => new(
            ReadId(reply.Items[0]),
            Replies.ToPairs(reply.Items[1], static (field, value) => KeyValuePair.Create(Replies.ToValue(field), Replies.ToValue(value)))),
        _ => throw Replies.Unexpected(reply),
    };

    private static StreamAutoClaim<T> ReadAutoClaim<T>(StoreReply reply, ReplyReader<T[]> claimed) =>
        reply is { Kind: StoreReplyKind.Array, Items.Length: 2 or 3 }
            ? new(ReadId(reply.Items[0]), claimed(reply.Items[1]), reply.Items.Length == 3 ? Ids(reply.Items[2]) : [])
            : throw Replies.Unexpected(reply);

    private static StoreReply Field(StoreReply map, string name)
    {
        var items = map.Items;
        for (var i = 0; i + 1 < items.Length; i += 2)
        {
            if (items[i].Value == name)
            {
                return items[i + 1];
            }
        }

        return map.Kind == StoreReplyKind.Array ? default : throw Replies.Unexpected(map);
    }
}
