using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Streams.CreateGroup(StoreKey, StoreValue, StreamId?, bool, long?)"/>
    public static ValueTask<bool> StreamCreateGroupAsync(
        this IKeyValueStore store,
        StoreKey key,
        StoreValue group,
        StreamId? after = null,
        bool makeStream = false,
        long? entriesRead = null,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.CreateGroup(key, group, after, makeStream, entriesRead), cancellationToken);

    /// <inheritdoc cref="Streams.SetGroupPosition(StoreKey, StoreValue, StreamId?, long?)"/>
    public static ValueTask<bool> StreamSetGroupPositionAsync(
        this IKeyValueStore store,
        StoreKey key,
        StoreValue group,
        StreamId? after = null,
        long? entriesRead = null,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.SetGroupPosition(key, group, after, entriesRead), cancellationToken);

    /// <inheritdoc cref="Streams.DestroyGroup(StoreKey, StoreValue)"/>
    public static ValueTask<bool> StreamDestroyGroupAsync(
        this IKeyValueStore store, StoreKey key, StoreValue group, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.DestroyGroup(key, group), cancellationToken);

    /// <inheritdoc cref="Streams.CreateConsumer(StoreKey, StoreValue, StoreValue)"/>
    public static ValueTask<bool> StreamCreateConsumerAsync(
        this IKeyValueStore store, StoreKey key, StoreValue group, StoreValue consumer, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.CreateConsumer(key, group, consumer), cancellationToken);

    /// <inheritdoc cref="Streams.DeleteConsumer(StoreKey, StoreValue, StoreValue)"/>
    public static ValueTask<long> StreamDeleteConsumerAsync(
        this IKeyValueStore store, StoreKey key, StoreValue group, StoreValue consumer, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.DeleteConsumer(key, group, consumer), cancellationToken);

    /// <inheritdoc cref="Streams.ReadGroup(StoreKey, StoreValue, StoreValue, long?, bool)"/>
    public static ValueTask<StreamEntry[]> StreamReadGroupAsync(
        this IKeyValueStore store,
        StoreKey key,
        StoreValue group,
        StoreValue consumer,
        long? count = null,
        bool noAck = false,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.ReadGroup(key, group, consumer, count, noAck), cancellationToken);

    /// <inheritdoc cref="Streams.ReadGroup(StoreValue, StoreValue, long?, bool, ReadOnlySpan{StreamPosition})"/>
    public static ValueTask<StreamEntries[]> StreamReadGroupAsync(
        this IKeyValueStore store,
        StoreValue group,
        StoreValue consumer,
        long? count,
        bool noAck,
        ReadOnlySpan<StreamPosition> positions,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.ReadGroup(group, consumer, count, noAck, positions), cancellationToken);

    /// <inheritdoc cref="Streams.Acknowledge(StoreKey, StoreValue, ReadOnlySpan{StreamId})"/>
    public static ValueTask<long> StreamAcknowledgeAsync(
        this IKeyValueStore store, StoreKey key, StoreValue group, ReadOnlySpan<StreamId> ids, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Acknowledge(key, group, ids), cancellationToken);

    /// <inheritdoc cref="Streams.Groups(StoreKey)"/>
    public static ValueTask<StreamGroupInfo[]> StreamGroupsAsync(
        this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Groups(key), cancellationToken);

    /// <inheritdoc cref="Streams.Consumers(StoreKey, StoreValue)"/>
    public static ValueTask<StreamConsumerInfo[]> StreamConsumersAsync(
        this IKeyValueStore store, StoreKey key, StoreValue group, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Consumers(key, group), cancellationToken);

    /// <inheritdoc cref="Streams.Pending(StoreKey, StoreValue)"/>
    public static ValueTask<PendingSummary> StreamPendingAsync(
        this IKeyValueStore store, StoreKey key, StoreValue group, CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Pending(key, group), cancellationToken);

    /// <inheritdoc cref="Streams.Pending(StoreKey, StoreValue, StreamRange, long, StoreValue, TimeSpan)"/>
    public static ValueTask<PendingEntry[]> StreamPendingAsync(
        this IKeyValueStore store,
        StoreKey key,
        StoreValue group,
        StreamRange range,
        long count,
        StoreValue consumer = default,
        TimeSpan minIdle = default,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Pending(key, group, range, count, consumer, minIdle), cancellationToken);

    /// <inheritdoc cref="Streams.Claim(StoreKey, StoreValue, StoreValue, TimeSpan, ReadOnlySpan{StreamId}, StreamClaimOptions?)"/>
    public static ValueTask<StreamEntry[]> StreamClaimAsync(
        this IKeyValueStore store,
        StoreKey key,
        StoreValue group,
        StoreValue consumer,
        TimeSpan minIdle,
        ReadOnlySpan<StreamId> ids,
        StreamClaimOptions? options = null,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.Claim(key, group, consumer, minIdle, ids, options), cancellationToken);

    /// <inheritdoc cref="Streams.ClaimIds(StoreKey, StoreValue, StoreValue, TimeSpan, ReadOnlySpan{StreamId}, StreamClaimOptions?)"/>
    public static ValueTask<StreamId[]> StreamClaimIdsAsync(
        this IKeyValueStore store,
        StoreKey key,
        StoreValue group,
        StoreValue consumer,
        TimeSpan minIdle,
        ReadOnlySpan<StreamId> ids,
        StreamClaimOptions? options = null,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.ClaimIds(key, group, consumer, minIdle, ids, options), cancellationToken);

    /// <inheritdoc cref="Streams.AutoClaim(StoreKey, StoreValue, StoreValue, TimeSpan, StreamId, long?)"/>
    public static ValueTask<StreamAutoClaim<StreamEntry>> StreamAutoClaimAsync(
        this IKeyValueStore store,
        StoreKey key,
        StoreValue group,
        StoreValue consumer,
        TimeSpan minIdle,
        StreamId start = default,
        long? count = null,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.AutoClaim(key, group, consumer, minIdle, start, count), cancellationToken);

    /// <inheritdoc cref="Streams.AutoClaimIds(StoreKey, StoreValue, StoreValue, TimeSpan, StreamId, long?)"/>
    public static ValueTask<StreamAutoClaim<StreamId>> StreamAutoClaimIdsAsync(
        this IKeyValueStore store,
        StoreKey key,
        StoreValue group,
        StoreValue consumer,
        TimeSpan minIdle,
        StreamId start = default,
        long? count = null,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(Streams.AutoClaimIds(key, group, consumer, minIdle, start, count), cancellationToken);
}
