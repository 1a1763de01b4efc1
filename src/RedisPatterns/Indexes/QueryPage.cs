namespace RedisPatterns;

/// <summary>What one call of the query script gives.</summary>
/// <param name="Plan">The plan it followed, to go on with.</param>
/// <param name="IsDone">Whether there is nothing to go on with.</param>
/// <param name="Touched">How many index entries it went through.</param>
/// <param name="Cursor1">The first half of the place to go on from.</param>
/// <param name="Cursor2">The second half of the place to go on from.</param>
/// <param name="Rows">What it found.</param>
internal sealed record QueryPage(string Plan, bool IsDone, long Touched, StoreValue Cursor1, StoreValue Cursor2, IReadOnlyList<QueryRow> Rows)
{
    private const int HeadLength = 5;

    public static QueryPage Read(StoreReply reply)
    {
        var items = reply.Items;
        if (items.Length < HeadLength || (items.Length - HeadLength) % 3 != 0)
        {
            throw Replies.Unexpected(reply);
        }

        var rows = new QueryRow[(items.Length - HeadLength) / 3];
        for (var i = 0; i < rows.Length; i++)
        {
            var at = HeadLength + (3 * i);
            rows[i] = new QueryRow(items[at].Value.AsText()!, items[at + 1].Value, items[at + 2].Value);
        }

        return new(items[0].Value.AsText()!, items[1].Value.AsInt64() != 0, items[2].Value.AsInt64(), items[3].Value, items[4].Value, rows);
    }
}
