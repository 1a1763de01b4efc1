namespace RedisPatterns.Commands;

/// <summary>The readers of replies with places.</summary>
internal static class GeoReplies
{
    public static ReplyReader<GeoPosition?[]> Positions { get; } = static reply =>
        Replies.ToArray(reply, static item => item.IsNull ? (GeoPosition?)null : Position(item));

    public static ReplyReader<GeoMatch[]> Matches(GeoDetails details) => reply => Replies.ToArray(reply, item => Match(item, details));

    private static GeoMatch Match(StoreReply reply, GeoDetails details)
    {
        if (details == GeoDetails.None)
        {
            return new(Replies.ToValue(reply), null, null, null);
        }

        var items = reply.Items;
        var hasDistance = (details & GeoDetails.Distance) != 0;
        var hasHash = (details & GeoDetails.Hash) != 0;
        var hasPosition = (details & GeoDetails.Position) != 0;
        var count = 1 + (hasDistance ? 1 : 0) + (hasHash ? 1 : 0) + (hasPosition ? 1 : 0);
        if (items.Length != count)
        {
            throw Replies.Unexpected(reply);
        }

        var next = 1;
        return new(
            Replies.ToValue(items[0]),
            hasDistance ? Replies.ToDouble(items[next++]) : null,
            hasHash ? Replies.ToInt64(items[next++]) : null,
            hasPosition ? Position(items[next]) : null);
    }

    private static GeoPosition Position(StoreReply reply) => reply.Items is [var longitude, var latitude]
        ? new(Math.Clamp(Replies.ToDouble(longitude), -180, 180), Math.Clamp(Replies.ToDouble(latitude), -GeoPosition.MaxLatitude, GeoPosition.MaxLatitude))
        : throw Replies.Unexpected(reply);
}
