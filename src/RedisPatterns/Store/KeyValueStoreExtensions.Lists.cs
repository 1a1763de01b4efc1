using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Lists.LeftPush(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<long> ListLeftPushAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> elements, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.LeftPush(key, elements), cancellationToken);

    /// <inheritdoc cref="Lists.RightPush(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<long> ListRightPushAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> elements, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.RightPush(key, elements), cancellationToken);

    /// <inheritdoc cref="Lists.LeftPushIfExists(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<long> ListLeftPushIfExistsAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> elements, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.LeftPushIfExists(key, elements), cancellationToken);

    /// <inheritdoc cref="Lists.RightPushIfExists(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<long> ListRightPushIfExistsAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> elements, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.RightPushIfExists(key, elements), cancellationToken);

    /// <inheritdoc cref="Lists.LeftPop(StoreKey)"/>
    public static ValueTask<StoreValue> ListLeftPopAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.LeftPop(key), cancellationToken);

    /// <inheritdoc cref="Lists.LeftPop(StoreKey, int)"/>
    public static ValueTask<StoreValue[]> ListLeftPopAsync(
        this IKeyValueStore store, StoreKey key, int count, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.LeftPop(key, count), cancellationToken);

    /// <inheritdoc cref="Lists.RightPop(StoreKey)"/>
    public static ValueTask<StoreValue> ListRightPopAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.RightPop(key), cancellationToken);

    /// <inheritdoc cref="Lists.RightPop(StoreKey, int)"/>
    public static ValueTask<StoreValue[]> ListRightPopAsync(
        this IKeyValueStore store, StoreKey key, int count, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.RightPop(key, count), cancellationToken);

    /// <inheritdoc cref="Lists.PopFirst(ReadOnlySpan{StoreKey}, ListSide, int)"/>
    public static ValueTask<PoppedElements?> ListPopFirstAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, ListSide side, int count = 1, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.PopFirst(keys, side, count), cancellationToken);

    /// <inheritdoc cref="Lists.Move(StoreKey, StoreKey, ListSide, ListSide)"/>
    public static ValueTask<StoreValue> ListMoveAsync(
        this IKeyValueStore store, StoreKey source, StoreKey destination, ListSide from, ListSide to, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.Move(source, destination, from, to), cancellationToken);

    /// <inheritdoc cref="Lists.Range(StoreKey, long, long)"/>
    public static ValueTask<StoreValue[]> ListRangeAsync(
        this IKeyValueStore store, StoreKey key, long start = 0, long stop = -1, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.Range(key, start, stop), cancellationToken);

    /// <inheritdoc cref="Lists.Get(StoreKey, long)"/>
    public static ValueTask<StoreValue> ListGetAsync(
        this IKeyValueStore store, StoreKey key, long index, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.Get(key, index), cancellationToken);

    /// <inheritdoc cref="Lists.Length(StoreKey)"/>
    public static ValueTask<long> ListLengthAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.Length(key), cancellationToken);

    /// <inheritdoc cref="Lists.Set(StoreKey, long, StoreValue)"/>
    public static ValueTask<bool> ListSetAsync(
        this IKeyValueStore store, StoreKey key, long index, StoreValue element, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.Set(key, index, element), cancellationToken);

    /// <inheritdoc cref="Lists.InsertBefore(StoreKey, StoreValue, StoreValue)"/>
    public static ValueTask<long> ListInsertBeforeAsync(
        this IKeyValueStore store, StoreKey key, StoreValue pivot, StoreValue element, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.InsertBefore(key, pivot, element), cancellationToken);

    /// <inheritdoc cref="Lists.InsertAfter(StoreKey, StoreValue, StoreValue)"/>
    public static ValueTask<long> ListInsertAfterAsync(
        this IKeyValueStore store, StoreKey key, StoreValue pivot, StoreValue element, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.InsertAfter(key, pivot, element), cancellationToken);

    /// <inheritdoc cref="Lists.Remove(StoreKey, StoreValue, long)"/>
    public static ValueTask<long> ListRemoveAsync(
        this IKeyValueStore store, StoreKey key, StoreValue element, long count = 0, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.Remove(key, element, count), cancellationToken);

    /// <inheritdoc cref="Lists.Trim(StoreKey, long, long)"/>
    public static ValueTask<bool> ListTrimAsync(
        this IKeyValueStore store, StoreKey key, long start, long stop, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.Trim(key, start, stop), cancellationToken);

    /// <inheritdoc cref="Lists.Position(StoreKey, StoreValue, long, long)"/>
    public static ValueTask<long?> ListPositionAsync(
        this IKeyValueStore store, StoreKey key, StoreValue element, long rank = 1, long maxLength = 0, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.Position(key, element, rank, maxLength), cancellationToken);

    /// <inheritdoc cref="Lists.Positions(StoreKey, StoreValue, long, long, long)"/>
    public static ValueTask<long[]> ListPositionsAsync(
        this IKeyValueStore store, StoreKey key, StoreValue element, long count = 0, long rank = 1, long maxLength = 0, CancellationToken cancellationToken = default) =>
        store.SendAsync(Lists.Positions(key, element, count, rank, maxLength), cancellationToken);
}
