using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Strings.Get(StoreKey)"/>
    public static ValueTask<StoreValue> GetAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.Get(key), cancellationToken);

    /// <inheritdoc cref="Strings.GetMany(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<StoreValue[]> GetManyAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.GetMany(keys), cancellationToken);

    /// <inheritdoc cref="Strings.Set(StoreKey, StoreValue)"/>
    public static ValueTask<bool> SetAsync(
        this IKeyValueStore store, StoreKey key, StoreValue value, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.Set(key, value), cancellationToken);

    /// <inheritdoc cref="Strings.Set(StoreKey, StoreValue, Expiry, SetWhen)"/>
    public static ValueTask<bool> SetAsync(
        this IKeyValueStore store, StoreKey key, StoreValue value, Expiry expiry, SetWhen when = SetWhen.Always, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.Set(key, value, expiry, when), cancellationToken);

    /// <inheritdoc cref="Strings.GetAndSet(StoreKey, StoreValue, Expiry, SetWhen)"/>
    public static ValueTask<StoreValue> GetAndSetAsync(
        this IKeyValueStore store, StoreKey key, StoreValue value, Expiry expiry = default, SetWhen when = SetWhen.Always, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.GetAndSet(key, value, expiry, when), cancellationToken);

    /// <inheritdoc cref="Strings.SetMany(ReadOnlySpan{KeyValuePair{StoreKey, StoreValue}})"/>
    public static ValueTask<bool> SetManyAsync(
        this IKeyValueStore store, ReadOnlySpan<KeyValuePair<StoreKey, StoreValue>> entries, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.SetMany(entries), cancellationToken);

    /// <inheritdoc cref="Strings.SetManyIfAbsent(ReadOnlySpan{KeyValuePair{StoreKey, StoreValue}})"/>
    public static ValueTask<bool> SetManyIfAbsentAsync(
        this IKeyValueStore store, ReadOnlySpan<KeyValuePair<StoreKey, StoreValue>> entries, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.SetManyIfAbsent(entries), cancellationToken);

    /// <inheritdoc cref="Strings.GetAndDelete(StoreKey)"/>
    public static ValueTask<StoreValue> GetAndDeleteAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.GetAndDelete(key), cancellationToken);

    /// <inheritdoc cref="Strings.GetAndExpire(StoreKey, Expiry)"/>
    public static ValueTask<StoreValue> GetAndExpireAsync(
        this IKeyValueStore store, StoreKey key, Expiry expiry, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.GetAndExpire(key, expiry), cancellationToken);

    /// <inheritdoc cref="Strings.Increment(StoreKey, long)"/>
    public static ValueTask<long> IncrementAsync(
        this IKeyValueStore store, StoreKey key, long increment = 1, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.Increment(key, increment), cancellationToken);

    /// <inheritdoc cref="Strings.IncrementFloat(StoreKey, double)"/>
    public static ValueTask<double> IncrementFloatAsync(
        this IKeyValueStore store, StoreKey key, double increment, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.IncrementFloat(key, increment), cancellationToken);

    /// <inheritdoc cref="Strings.Append(StoreKey, StoreValue)"/>
    public static ValueTask<long> AppendAsync(
        this IKeyValueStore store, StoreKey key, StoreValue value, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.Append(key, value), cancellationToken);

    /// <inheritdoc cref="Strings.GetRange(StoreKey, long, long)"/>
    public static ValueTask<StoreValue> GetRangeAsync(
        this IKeyValueStore store, StoreKey key, long start, long end, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.GetRange(key, start, end), cancellationToken);

    /// <inheritdoc cref="Strings.SetRange(StoreKey, long, StoreValue)"/>
    public static ValueTask<long> SetRangeAsync(
        this IKeyValueStore store, StoreKey key, long offset, StoreValue value, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.SetRange(key, offset, value), cancellationToken);

    /// <inheritdoc cref="Strings.Length(StoreKey)"/>
    public static ValueTask<long> StringLengthAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Strings.Length(key), cancellationToken);
}
