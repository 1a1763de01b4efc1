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
    IReadOnlyList<QueryRow> Rows,
    StoreReply[] Told)
{
    private const int HeadLength = 10;

    /// <summary>The answer when an index that the query needs is not known to be ready.</summary>
    public static QueryReply Stale { get; } = new("", true, 0, StoreValue.Empty, StoreValue.Empty, 0, false, QueryPosition.Start, [], []);

    public static QueryReply Read(StoreReply reply)
    {
        var items = reply.Items;
        if (items.Length == 1)
        {
            return Stale;
        }

        if (items.Length < HeadLength || items[9].Value.AsInt64() is var count && (count % 2 != 0 || items.Length - HeadLength - count is not (0 or 1)))
        {
            throw Replies.Unexpected(reply);
        }

        var rows = new QueryRow[items[9].Value.AsInt64() / 2];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new QueryRow(items[HeadLength + (2 * i)].Value.AsText()!, items[HeadLength + (2 * i) + 1]);
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
            rows,
            items.Length == HeadLength + (2 * rows.Length) ? [] : items[^1].Items.ToArray());
    }
}
