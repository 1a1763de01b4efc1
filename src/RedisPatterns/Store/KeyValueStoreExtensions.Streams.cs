using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Streams.Add(StoreKey, ReadOnlySpan{KeyValuePair{StoreValue, StoreValue}})"/>
    public static ValueTask<StreamId> StreamAddAsync(
        this IKeyValueStore store,
        StoreKey key,
        ReadOnlySpan<KeyValuePair<StoreValue, StoreValue>> fields,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Add(key, fields), cancellationToken);

    /// <inheritdoc cref="Streams.Add(StoreKey, StreamNewId, ReadOnlySpan{KeyValuePair{StoreValue, StoreValue}}, StreamTrim?, bool)"/>
    public static ValueTask<StreamId?> StreamAddAsync(
        this IKeyValueStore store,
        StoreKey key,
        StreamNewId id,
        ReadOnlySpan<KeyValuePair<StoreValue, StoreValue>> fields,
        StreamTrim? trim = null,
        bool onlyIfExists = false,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Add(key, id, fields, trim, onlyIfExists), cancellationToken);

    /// <inheritdoc cref="Streams.Trim(StoreKey, StreamTrim)"/>
    public static ValueTask<long> StreamTrimAsync(
        this IKeyValueStore store, StoreKey key, StreamTrim trim, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Trim(key, trim), cancellationToken);

    /// <inheritdoc cref="Streams.Delete(StoreKey, ReadOnlySpan{StreamId})"/>
    public static ValueTask<long> StreamDeleteAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StreamId> ids, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Delete(key, ids), cancellationToken);

    /// <inheritdoc cref="Streams.Length(StoreKey)"/>
    public static ValueTask<long> StreamLengthAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Length(key), cancellationToken);

    /// <inheritdoc cref="Streams.Range(StoreKey, StreamRange, Order, long?)"/>
    public static ValueTask<StreamEntry[]> StreamRangeAsync(
        this IKeyValueStore store,
        StoreKey key,
        StreamRange range,
        Order order = Order.Ascending,
        long? count = null,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Range(key, range, order, count), cancellationToken);

    /// <inheritdoc cref="Streams.Read(StoreKey, StreamId, long?)"/>
    public static ValueTask<StreamEntry[]> StreamReadAsync(
        this IKeyValueStore store, StoreKey key, StreamId after, long? count = null, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Read(key, after, count), cancellationToken);

    /// <inheritdoc cref="Streams.Read(long?, ReadOnlySpan{StreamPosition})"/>
    public static ValueTask<StreamEntries[]> StreamReadAsync(
        this IKeyValueStore store, long? count, ReadOnlySpan<StreamPosition> positions, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Read(count, positions), cancellationToken);

    /// <inheritdoc cref="Streams.SetLastId(StoreKey, StreamId, long?, StreamId?)"/>
    public static ValueTask<bool> StreamSetLastIdAsync(
        this IKeyValueStore store,
        StoreKey key,
        StreamId lastId,
        long? entriesAdded = null,
        StreamId? maxDeletedId = null,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.SetLastId(key, lastId, entriesAdded, maxDeletedId), cancellationToken);

    /// <inheritdoc cref="Streams.Info(StoreKey)"/>
    public static ValueTask<StreamInfo> StreamInfoAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Info(key), cancellationToken);
}
