using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Keys.Exists(StoreKey)"/>
    public static ValueTask<bool> ExistsAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Exists(key), cancellationToken);

    /// <inheritdoc cref="Keys.Exists(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> ExistsAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Exists(keys), cancellationToken);

    /// <inheritdoc cref="Keys.Delete(StoreKey)"/>
    public static ValueTask<bool> DeleteAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Delete(key), cancellationToken);

    /// <inheritdoc cref="Keys.Delete(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> DeleteAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Delete(keys), cancellationToken);

    /// <inheritdoc cref="Keys.Unlink(StoreKey)"/>
    public static ValueTask<bool> UnlinkAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Unlink(key), cancellationToken);

    /// <inheritdoc cref="Keys.Unlink(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> UnlinkAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Unlink(keys), cancellationToken);

    /// <inheritdoc cref="Keys.Touch(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> TouchAsync(this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Touch(keys), cancellationToken);

    /// <inheritdoc cref="Keys.Expire(StoreKey, TimeSpan, ExpireWhen)"/>
    public static ValueTask<bool> ExpireAsync(
        this IKeyValueStore store, StoreKey key, TimeSpan after, ExpireWhen when = ExpireWhen.Always, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Expire(key, after, when), cancellationToken);

    /// <inheritdoc cref="Keys.ExpireAt(StoreKey, DateTimeOffset, ExpireWhen)"/>
    public static ValueTask<bool> ExpireAtAsync(
        this IKeyValueStore store, StoreKey key, DateTimeOffset moment, ExpireWhen when = ExpireWhen.Always, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.ExpireAt(key, moment, when), cancellationToken);

    /// <inheritdoc cref="Keys.TimeToLive(StoreKey)"/>
    public static ValueTask<TimeToLive> TimeToLiveAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.TimeToLive(key), cancellationToken);

    /// <inheritdoc cref="Keys.ExpireTime(StoreKey)"/>
    public static ValueTask<ExpireTime> ExpireTimeAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.ExpireTime(key), cancellationToken);

    /// <inheritdoc cref="Keys.Persist(StoreKey)"/>
    public static ValueTask<bool> PersistAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Persist(key), cancellationToken);

    /// <inheritdoc cref="Keys.Type(StoreKey)"/>
    public static ValueTask<DataType> TypeAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Type(key), cancellationToken);

    /// <inheritdoc cref="Keys.Rename(StoreKey, StoreKey)"/>
    public static ValueTask<bool> RenameAsync(
        this IKeyValueStore store, StoreKey key, StoreKey newKey, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Rename(key, newKey), cancellationToken);

    /// <inheritdoc cref="Keys.RenameIfAbsent(StoreKey, StoreKey)"/>
    public static ValueTask<bool> RenameIfAbsentAsync(
        this IKeyValueStore store, StoreKey key, StoreKey newKey, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.RenameIfAbsent(key, newKey), cancellationToken);

    /// <inheritdoc cref="Keys.Copy(StoreKey, StoreKey, bool)"/>
    public static ValueTask<bool> CopyAsync(
        this IKeyValueStore store, StoreKey source, StoreKey destination, bool replace = false, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Copy(source, destination, replace), cancellationToken);

    /// <inheritdoc cref="Keys.Random()"/>
    public static ValueTask<StoreKey> RandomKeyAsync(this IKeyValueStore store, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Random(), cancellationToken);

    /// <inheritdoc cref="Keys.Count()"/>
    public static ValueTask<long> CountKeysAsync(this IKeyValueStore store, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Count(), cancellationToken);

    /// <inheritdoc cref="Keys.Scan(ulong, string?, int?, DataType)"/>
    public static ValueTask<ScanPage<StoreKey>> ScanPageAsync(
        this IKeyValueStore store, ulong cursor = 0, string? pattern = null, int? count = null, DataType type = DataType.None, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Scan(cursor, pattern, count, type), cancellationToken);

    /// <inheritdoc cref="Keys.Range(StoreKey, StoreKey, int, bool)"/>
    public static ValueTask<KeyEntry[]> KeyRangeAsync(
        this IKeyValueStore store, StoreKey from, StoreKey to, int limit, bool descending = false, CancellationToken cancellationToken = default) =>
        store.SendAsync(Keys.Range(from, to, limit, descending), cancellationToken);
}
