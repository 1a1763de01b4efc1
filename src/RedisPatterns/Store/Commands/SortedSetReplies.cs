namespace RedisPatterns.Commands;

/// <summary>The readers of replies with members and scores.</summary>
internal static class SortedSetReplies
{
    public static ReplyReader<SortedSetEntry[]> Entries { get; } = static reply => Replies.ToPairs(reply, Entry);

    // With a count the server nests the pair even in RESP3 only; without one it never does.
    public static ReplyReader<SortedSetEntry?> FirstEntry { get; } = static reply =>
        Replies.ToPairs(reply, Entry) is [var first, ..] ? first : null;

    public static ReplyReader<SortedSetPop?> Pop { get; } = static reply => reply switch
    {
        { IsNull: true } => null,
        { Kind: StoreReplyKind.Array, Items.Length: 2 } => new(Key(reply.Items[0]), Replies.ToPairs(reply.Items[1], Entry)),
        _ => throw Replies.Unexpected(reply),
    };

    public static StoreKey Key(StoreReply reply) => Replies.ToValue(reply).ToArray() ?? throw Replies.Unexpected(reply);

    private static SortedSetEntry Entry(StoreReply member, StoreReply score) => new(Replies.ToValue(member), Replies.ToDouble(score));
}
