using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Sets.Add(StoreKey, StoreValue)"/>
    public static ValueTask<bool> SetAddAsync(
        this IKeyValueStore store, StoreKey key, StoreValue member, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Add(key, member), cancellationToken);

    /// <inheritdoc cref="Sets.Add(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<long> SetAddAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> members, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Add(key, members), cancellationToken);

    /// <inheritdoc cref="Sets.Remove(StoreKey, StoreValue)"/>
    public static ValueTask<bool> SetRemoveAsync(
        this IKeyValueStore store, StoreKey key, StoreValue member, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Remove(key, member), cancellationToken);

    /// <inheritdoc cref="Sets.Remove(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<long> SetRemoveAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> members, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Remove(key, members), cancellationToken);

    /// <inheritdoc cref="Sets.Members(StoreKey)"/>
    public static ValueTask<StoreValue[]> SetMembersAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Members(key), cancellationToken);

    /// <inheritdoc cref="Sets.Contains(StoreKey, StoreValue)"/>
    public static ValueTask<bool> SetContainsAsync(
        this IKeyValueStore store, StoreKey key, StoreValue member, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Contains(key, member), cancellationToken);

    /// <inheritdoc cref="Sets.ContainsMany(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<bool[]> SetContainsManyAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> members, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.ContainsMany(key, members), cancellationToken);

    /// <inheritdoc cref="Sets.Length(StoreKey)"/>
    public static ValueTask<long> SetLengthAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Length(key), cancellationToken);

    /// <inheritdoc cref="Sets.Pop(StoreKey)"/>
    public static ValueTask<StoreValue> SetPopAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Pop(key), cancellationToken);

    /// <inheritdoc cref="Sets.Pop(StoreKey, int)"/>
    public static ValueTask<StoreValue[]> SetPopAsync(
        this IKeyValueStore store, StoreKey key, int count, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Pop(key, count), cancellationToken);

    /// <inheritdoc cref="Sets.RandomMember(StoreKey)"/>
    public static ValueTask<StoreValue> SetRandomMemberAsync(
        this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.RandomMember(key), cancellationToken);

    /// <inheritdoc cref="Sets.RandomMembers(StoreKey, int)"/>
    public static ValueTask<StoreValue[]> SetRandomMembersAsync(
        this IKeyValueStore store, StoreKey key, int count, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.RandomMembers(key, count), cancellationToken);

    /// <inheritdoc cref="Sets.Move(StoreKey, StoreKey, StoreValue)"/>
    public static ValueTask<bool> SetMoveAsync(
        this IKeyValueStore store, StoreKey source, StoreKey destination, StoreValue member, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Move(source, destination, member), cancellationToken);

    /// <inheritdoc cref="Sets.Scan(StoreKey, ulong, string?, int?)"/>
    public static ValueTask<ScanPage<StoreValue>> SetScanAsync(
        this IKeyValueStore store, StoreKey key, ulong cursor = 0, string? pattern = null, int? count = null, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Scan(key, cursor, pattern, count), cancellationToken);

    /// <inheritdoc cref="Sets.Intersect(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<StoreValue[]> SetIntersectAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Intersect(keys), cancellationToken);

    /// <inheritdoc cref="Sets.Union(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<StoreValue[]> SetUnionAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Union(keys), cancellationToken);

    /// <inheritdoc cref="Sets.Difference(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<StoreValue[]> SetDifferenceAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.Difference(keys), cancellationToken);

    /// <inheritdoc cref="Sets.IntersectLength(ReadOnlySpan{StoreKey}, long)"/>
    public static ValueTask<long> SetIntersectLengthAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, long limit = 0, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.IntersectLength(keys, limit), cancellationToken);

    /// <inheritdoc cref="Sets.IntersectStore(StoreKey, ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> SetIntersectStoreAsync(
        this IKeyValueStore store, StoreKey destination, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.IntersectStore(destination, keys), cancellationToken);

    /// <inheritdoc cref="Sets.UnionStore(StoreKey, ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> SetUnionStoreAsync(
        this IKeyValueStore store, StoreKey destination, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.UnionStore(destination, keys), cancellationToken);

    /// <inheritdoc cref="Sets.DifferenceStore(StoreKey, ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> SetDifferenceStoreAsync(
        this IKeyValueStore store, StoreKey destination, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Sets.DifferenceStore(destination, keys), cancellationToken);
}
