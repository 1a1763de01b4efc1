namespace RedisPatterns.Commands;

/// <summary>Commands on geo indexes: sorted sets whose scores are places.</summary>
/// <remarks>Everything of <see cref="SortedSets"/> works on them too; that is how a member is removed.</remarks>
public static class Geo
{
    /// <summary>Sets the places of members. <c>GEOADD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entries">Members and places; at least one.</param>
    /// <returns>Answers how many members were added; those that were there do not count.</returns>
    public static StoreCommand<long> Add(StoreKey key, params ReadOnlySpan<GeoEntry> entries) => Add(key, GeoWhen.Always, countChanges: false, entries);

    /// <summary>Sets the places of members under a condition. <c>GEOADD</c> with <c>NX</c>, <c>XX</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="when">When a place is set; looked at for each member by itself.</param>
    /// <param name="entries">Members and places; at least one.</param>
    /// <returns>Answers how many members were added.</returns>
    public static StoreCommand<long> Add(StoreKey key, GeoWhen when, params ReadOnlySpan<GeoEntry> entries) => Add(key, when, countChanges: false, entries);

    /// <summary>Sets the places of members under a condition and counts every change. <c>GEOADD</c> with <c>CH</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="when">When a place is set; looked at for each member by itself.</param>
    /// <param name="entries">Members and places; at least one.</param>
    /// <returns>Answers how many members were added or got another place.</returns>
    public static StoreCommand<long> AddOrUpdate(StoreKey key, GeoWhen when, params ReadOnlySpan<GeoEntry> entries) => Add(key, when, countChanges: true, entries);

    /// <summary>The distance between two members along the surface of a sphere. <c>GEODIST</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="first">A member.</param>
    /// <param name="second">Another.</param>
    /// <param name="unit">The unit.</param>
    /// <returns>Answers the distance to four decimals, or null when a member is absent.</returns>
    public static StoreCommand<double?> Distance(StoreKey key, StoreValue first, StoreValue second, GeoUnit unit = GeoUnit.Meters) =>
        new(CommandTable.GeoDist, Replies.NullableDouble, [StoreValue.FromKey(key), first, second, unit.Word()]);

    /// <summary>The standard geohash texts of members. <c>GEOHASH</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="members">The members; at least one.</param>
    /// <returns>Answers texts of 11 letters and digits, in the order of the members; <see cref="StoreValue.Null"/> for one that is absent.</returns>
    public static StoreCommand<StoreValue[]> Hashes(StoreKey key, params ReadOnlySpan<StoreValue> members) =>
        new(CommandTable.GeoHash, Replies.Values, new ArgumentList(1 + members.Length).AddKey(key).AddAll(Require.Some(members)).ToArray());

    /// <summary>The places of members. <c>GEOPOS</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="members">The members; at least one.</param>
    /// <returns>Answers the places as they are kept, in the order of the members; null for one that is absent.</returns>
    public static StoreCommand<GeoPosition?[]> Positions(StoreKey key, params ReadOnlySpan<StoreValue> members) =>
        new(CommandTable.GeoPos, GeoReplies.Positions, new ArgumentList(1 + members.Length).AddKey(key).AddAll(Require.Some(members)).ToArray());

    /// <summary>The members within an area. <c>GEOSEARCH</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="origin">The centre.</param>
    /// <param name="shape">The area.</param>
    /// <param name="order">By distance, or null for no particular order.</param>
    /// <param name="limit">How many.</param>
    /// <returns>Answers the members.</returns>
    public static StoreCommand<StoreValue[]> Search(StoreKey key, GeoOrigin origin, GeoShape shape, Order? order = null, GeoLimit limit = default) =>
        new(CommandTable.GeoSearch, Replies.Values, SearchArguments(new ArgumentList(12).AddKey(key), origin, shape, order, limit).ToArray());

    /// <summary>The members within an area with what is known of them. <c>GEOSEARCH</c> with <c>WITHDIST</c>, <c>WITHHASH</c>, <c>WITHCOORD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="origin">The centre.</param>
    /// <param name="shape">The area.</param>
    /// <param name="details">What is told of each member.</param>
    /// <param name="order">By distance, or null for no particular order.</param>
    /// <param name="limit">How many.</param>
    /// <returns>Answers the members.</returns>
    public static StoreCommand<GeoMatch[]> SearchWithDetails(
        StoreKey key, GeoOrigin origin, GeoShape shape, GeoDetails details, Order? order = null, GeoLimit limit = default)
    {
        var arguments = SearchArguments(new ArgumentList(15).AddKey(key), origin, shape, order, limit)
            .AddIf((details & GeoDetails.Distance) != 0, "WITHDIST")
            .AddIf((details & GeoDetails.Hash) != 0, "WITHHASH")
            .AddIf((details & GeoDetails.Position) != 0, "WITHCOORD");
        return new(CommandTable.GeoSearch, GeoReplies.Matches(details), arguments.ToArray());
    }

    /// <summary>Stores the members within an area as a geo index, or as a sorted set by distance. <c>GEOSEARCHSTORE</c>.</summary>
    /// <param name="destination">The key that is overwritten, whatever it held; deleted when nothing is found.</param>
    /// <param name="source">The key that is searched.</param>
    /// <param name="origin">The centre.</param>
    /// <param name="shape">The area.</param>
    /// <param name="order">Which are taken when there is a limit: the nearest or the farthest; null for the nearest.</param>
    /// <param name="limit">How many.</param>
    /// <param name="storeDistances">Whether the scores are the distances, in the unit of the shape, rather than the places.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> SearchStore(
        StoreKey destination,
        StoreKey source,
        GeoOrigin origin,
        GeoShape shape,
        Order? order = null,
        GeoLimit limit = default,
        bool storeDistances = false)
    {
        var arguments = SearchArguments(new ArgumentList(14).AddKey(destination).AddKey(source), origin, shape, order, limit);
        return new(CommandTable.GeoSearchStore, Replies.Int64, arguments.AddIf(storeDistances, "STOREDIST").ToArray());
    }

    private static StoreCommand<long> Add(StoreKey key, GeoWhen when, bool countChanges, ReadOnlySpan<GeoEntry> entries)
    {
        var arguments = new ArgumentList(3 + (3 * entries.Length)).AddKey(key)
            .AddIf(when == GeoWhen.Absent, "NX").AddIf(when == GeoWhen.Exists, "XX").AddIf(countChanges, "CH");
        foreach (var (member, position) in Require.Some(entries))
        {
            arguments.Add(position.Longitude).Add(position.Latitude).Add(member);
        }

        var options = (when == GeoWhen.Always ? 0 : 1) + (countChanges ? 1 : 0);
        return new(CommandTable.GeoAddWith(options), Replies.Int64, arguments.ToArray());
    }

    private static ArgumentList SearchArguments(ArgumentList arguments, GeoOrigin origin, GeoShape shape, Order? order, GeoLimit limit)
    {
        origin.AddTo(arguments);
        shape.AddTo(arguments);
        arguments.AddIf(order == Order.Ascending, "ASC").AddIf(order == Order.Descending, "DESC");
        limit.AddTo(arguments);
        return arguments;
    }
}
