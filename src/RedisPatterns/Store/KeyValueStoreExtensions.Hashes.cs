using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Hashes.Get(StoreKey, StoreValue)"/>
    public static ValueTask<StoreValue> HashGetAsync(
        this IKeyValueStore store, StoreKey key, StoreValue field, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Get(key, field), cancellationToken);

    /// <inheritdoc cref="Hashes.GetMany(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<StoreValue[]> HashGetManyAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> fields, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.GetMany(key, fields), cancellationToken);

    /// <inheritdoc cref="Hashes.GetAll(StoreKey)"/>
    public static ValueTask<HashEntry[]> HashGetAllAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.GetAll(key), cancellationToken);

    /// <inheritdoc cref="Hashes.Set(StoreKey, StoreValue, StoreValue)"/>
    public static ValueTask<bool> HashSetAsync(
        this IKeyValueStore store, StoreKey key, StoreValue field, StoreValue value, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Set(key, field, value), cancellationToken);

    /// <inheritdoc cref="Hashes.Set(StoreKey, ReadOnlySpan{HashEntry})"/>
    public static ValueTask<long> HashSetAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<HashEntry> entries, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Set(key, entries), cancellationToken);

    /// <inheritdoc cref="Hashes.SetIfAbsent(StoreKey, StoreValue, StoreValue)"/>
    public static ValueTask<bool> HashSetIfAbsentAsync(
        this IKeyValueStore store, StoreKey key, StoreValue field, StoreValue value, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.SetIfAbsent(key, field, value), cancellationToken);

    /// <inheritdoc cref="Hashes.Delete(StoreKey, StoreValue)"/>
    public static ValueTask<bool> HashDeleteAsync(
        this IKeyValueStore store, StoreKey key, StoreValue field, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Delete(key, field), cancellationToken);

    /// <inheritdoc cref="Hashes.Delete(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<long> HashDeleteAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> fields, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Delete(key, fields), cancellationToken);

    /// <inheritdoc cref="Hashes.Exists(StoreKey, StoreValue)"/>
    public static ValueTask<bool> HashExistsAsync(
        this IKeyValueStore store, StoreKey key, StoreValue field, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Exists(key, field), cancellationToken);

    /// <inheritdoc cref="Hashes.Fields(StoreKey)"/>
    public static ValueTask<StoreValue[]> HashFieldsAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Fields(key), cancellationToken);

    /// <inheritdoc cref="Hashes.Values(StoreKey)"/>
    public static ValueTask<StoreValue[]> HashValuesAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Values(key), cancellationToken);

    /// <inheritdoc cref="Hashes.Length(StoreKey)"/>
    public static ValueTask<long> HashLengthAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Length(key), cancellationToken);

    /// <inheritdoc cref="Hashes.ValueLength(StoreKey, StoreValue)"/>
    public static ValueTask<long> HashValueLengthAsync(
        this IKeyValueStore store, StoreKey key, StoreValue field, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.ValueLength(key, field), cancellationToken);

    /// <inheritdoc cref="Hashes.Increment(StoreKey, StoreValue, long)"/>
    public static ValueTask<long> HashIncrementAsync(
        this IKeyValueStore store, StoreKey key, StoreValue field, long increment = 1, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Increment(key, field, increment), cancellationToken);

    /// <inheritdoc cref="Hashes.IncrementFloat(StoreKey, StoreValue, double)"/>
    public static ValueTask<double> HashIncrementFloatAsync(
        this IKeyValueStore store, StoreKey key, StoreValue field, double increment, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.IncrementFloat(key, field, increment), cancellationToken);

    /// <inheritdoc cref="Hashes.RandomField(StoreKey)"/>
    public static ValueTask<StoreValue> HashRandomFieldAsync(
        this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.RandomField(key), cancellationToken);

    /// <inheritdoc cref="Hashes.RandomFields(StoreKey, int)"/>
    public static ValueTask<StoreValue[]> HashRandomFieldsAsync(
        this IKeyValueStore store, StoreKey key, int count, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.RandomFields(key, count), cancellationToken);

    /// <inheritdoc cref="Hashes.RandomEntries(StoreKey, int)"/>
    public static ValueTask<HashEntry[]> HashRandomEntriesAsync(
        this IKeyValueStore store, StoreKey key, int count, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.RandomEntries(key, count), cancellationToken);

    /// <inheritdoc cref="Hashes.Scan(StoreKey, ulong, string?, int?)"/>
    public static ValueTask<ScanPage<HashEntry>> HashScanAsync(
        this IKeyValueStore store, StoreKey key, ulong cursor = 0, string? pattern = null, int? count = null, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Scan(key, cursor, pattern, count), cancellationToken);

    /// <inheritdoc cref="Hashes.Expire(StoreKey, TimeSpan, ReadOnlySpan{StoreValue}, ExpireWhen)"/>
    public static ValueTask<FieldExpireResult[]> HashExpireAsync(
        this IKeyValueStore store, StoreKey key, TimeSpan after, ReadOnlySpan<StoreValue> fields, ExpireWhen when = ExpireWhen.Always, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Expire(key, after, fields, when), cancellationToken);

    /// <inheritdoc cref="Hashes.ExpireAt(StoreKey, DateTimeOffset, ReadOnlySpan{StoreValue}, ExpireWhen)"/>
    public static ValueTask<FieldExpireResult[]> HashExpireAtAsync(
        this IKeyValueStore store, StoreKey key, DateTimeOffset moment, ReadOnlySpan<StoreValue> fields, ExpireWhen when = ExpireWhen.Always, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.ExpireAt(key, moment, fields, when), cancellationToken);

    /// <inheritdoc cref="Hashes.TimeToLive(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<TimeToLive[]> HashTimeToLiveAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> fields, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.TimeToLive(key, fields), cancellationToken);

    /// <inheritdoc cref="Hashes.ExpireTime(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<ExpireTime[]> HashExpireTimeAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> fields, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.ExpireTime(key, fields), cancellationToken);

    /// <inheritdoc cref="Hashes.Persist(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<FieldPersistResult[]> HashPersistAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> fields, CancellationToken cancellationToken = default) =>
        store.SendAsync(Hashes.Persist(key, fields), cancellationToken);
}
