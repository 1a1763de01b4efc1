namespace RedisPatterns;

/// <summary>What one call of the query script gives.</summary>
/// <param name="Plan">The plan it followed, to go on with.</param>
/// <param name="IsDone">Whether there is nothing to go on with.</param>
/// <param name="Touched">How many index entries it went through.</param>
/// <param name="Cursor1">The first half of the place to go on from.</param>
/// <param name="Cursor2">The second half of the place to go on from.</param>
/// <param name="Found">How many rows it found.</param>
/// <param name="HasMore">Whether there may be more behind the last row.</param>
/// <param name="Last">The place of the last row in the order.</param>
/// <param name="Rows">What it found.</param>
/// <param name="Told">What it was asked to tell beside the rows: what it knew when it chose the plan, or the rows' keys; else empty.</param>
internal sealed record QueryReply(
    string Plan,
    bool IsDone,
    long Touched,
    StoreValue Cursor1,
    StoreValue Cursor2,
    long Found,
    bool HasMore,
    QueryPosition Last,
    QueryReplyRows Rows,
    StoreReply[] Told)
{
    private const int Length = 11;

    /// <summary>The answer when an index that the query needs is not known to be ready.</summary>
    public static QueryReply Stale { get; } = new("", true, 0, StoreValue.Empty, StoreValue.Empty, 0, false, QueryPosition.Start, QueryReplyRows.None, []);

    public static QueryReply Read(StoreReply reply)
    {
        var items = reply.Items;
        if (items.Length == 1)
        {
            return Stale;
        }

        if (items.Length is not (Length or Length + 1))
        {
            throw Replies.Unexpected(reply);
        }

        return new(
            items[0].Value.AsText()!,
            items[1].Value.AsInt64() != 0,
            items[2].Value.AsInt64(),
            items[3].Value,
            items[4].Value,
            items[5].Value.AsInt64(),
            items[6].Value.AsInt64() != 0,
            new QueryPosition(items[7].Value, items[8].Value),
            new QueryReplyRows(items[9].Value.AsText()!, items[10], reply),
            items.Length == Length ? [] : items[^1].Items.ToArray());
    }
}
