using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="HyperLogLogs.Add(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<bool> HyperLogLogAddAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> elements, CancellationToken cancellationToken = default) =>
        store.SendAsync(HyperLogLogs.Add(key, elements), cancellationToken);

    /// <inheritdoc cref="HyperLogLogs.Count(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> HyperLogLogCountAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(HyperLogLogs.Count(keys), cancellationToken);

    /// <inheritdoc cref="HyperLogLogs.Merge(StoreKey, ReadOnlySpan{StoreKey})"/>
    public static ValueTask<bool> HyperLogLogMergeAsync(
        this IKeyValueStore store, StoreKey destination, ReadOnlySpan<StoreKey> sources, CancellationToken cancellationToken = default) =>
        store.SendAsync(HyperLogLogs.Merge(destination, sources), cancellationToken);
}
