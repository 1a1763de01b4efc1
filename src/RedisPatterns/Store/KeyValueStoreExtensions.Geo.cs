using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Geo.Add(StoreKey, ReadOnlySpan{GeoEntry})"/>
    public static ValueTask<long> GeoAddAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<GeoEntry> entries, CancellationToken cancellationToken = default) =>
        store.SendAsync(Geo.Add(key, entries), cancellationToken);

    /// <inheritdoc cref="Geo.Add(StoreKey, GeoWhen, ReadOnlySpan{GeoEntry})"/>
    public static ValueTask<long> GeoAddAsync(
        this IKeyValueStore store, StoreKey key, GeoWhen when, ReadOnlySpan<GeoEntry> entries, CancellationToken cancellationToken = default) =>
        store.SendAsync(Geo.Add(key, when, entries), cancellationToken);

    /// <inheritdoc cref="Geo.AddOrUpdate(StoreKey, GeoWhen, ReadOnlySpan{GeoEntry})"/>
    public static ValueTask<long> GeoAddOrUpdateAsync(
        this IKeyValueStore store, StoreKey key, GeoWhen when, ReadOnlySpan<GeoEntry> entries, CancellationToken cancellationToken = default) =>
        store.SendAsync(Geo.AddOrUpdate(key, when, entries), cancellationToken);

    /// <inheritdoc cref="Geo.Distance(StoreKey, StoreValue, StoreValue, GeoUnit)"/>
    public static ValueTask<double?> GeoDistanceAsync(
        this IKeyValueStore store,
        StoreKey key,
        StoreValue first,
        StoreValue second,
        GeoUnit unit = GeoUnit.Meters,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Geo.Distance(key, first, second, unit), cancellationToken);

    /// <inheritdoc cref="Geo.Hashes(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<StoreValue[]> GeoHashesAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> members, CancellationToken cancellationToken = default) =>
        store.SendAsync(Geo.Hashes(key, members), cancellationToken);

    /// <inheritdoc cref="Geo.Positions(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<GeoPosition?[]> GeoPositionsAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> members, CancellationToken cancellationToken = default) =>
        store.SendAsync(Geo.Positions(key, members), cancellationToken);

    /// <inheritdoc cref="Geo.Search(StoreKey, GeoOrigin, GeoShape, Order?, GeoLimit)"/>
    public static ValueTask<StoreValue[]> GeoSearchAsync(
        this IKeyValueStore store,
        StoreKey key,
        GeoOrigin origin,
        GeoShape shape,
        Order? order = null,
        GeoLimit limit = default,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Geo.Search(key, origin, shape, order, limit), cancellationToken);

    /// <inheritdoc cref="Geo.SearchWithDetails(StoreKey, GeoOrigin, GeoShape, GeoDetails, Order?, GeoLimit)"/>
    public static ValueTask<GeoMatch[]> GeoSearchWithDetailsAsync(
        this IKeyValueStore store,
        StoreKey key,
        GeoOrigin origin,
        GeoShape shape,
        GeoDetails details,
        Order? order = null,
        GeoLimit limit = default,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Geo.SearchWithDetails(key, origin, shape, details, order, limit), cancellationToken);

    /// <inheritdoc cref="Geo.SearchStore(StoreKey, StoreKey, GeoOrigin, GeoShape, Order?, GeoLimit, bool)"/>
    public static ValueTask<long> GeoSearchStoreAsync(
        this IKeyValueStore store,
        StoreKey destination,
        StoreKey source,
        GeoOrigin origin,
        GeoShape shape,
        Order? order = null,
        GeoLimit limit = default,
        bool storeDistances = false,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Geo.SearchStore(destination, source, origin, shape, order, limit, storeDistances), cancellationToken);
}
