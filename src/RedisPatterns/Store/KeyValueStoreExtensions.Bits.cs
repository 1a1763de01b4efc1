using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Bits.Set(StoreKey, long, bool)"/>
    public static ValueTask<bool> BitSetAsync(
        this IKeyValueStore store, StoreKey key, long offset, bool bit, CancellationToken cancellationToken = default) =>
        store.SendAsync(Bits.Set(key, offset, bit), cancellationToken);

    /// <inheritdoc cref="Bits.Get(StoreKey, long)"/>
    public static ValueTask<bool> BitGetAsync(this IKeyValueStore store, StoreKey key, long offset, CancellationToken cancellationToken = default) =>
        store.SendAsync(Bits.Get(key, offset), cancellationToken);

    /// <inheritdoc cref="Bits.Count(StoreKey)"/>
    public static ValueTask<long> BitCountAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(Bits.Count(key), cancellationToken);

    /// <inheritdoc cref="Bits.Count(StoreKey, long, long, BitUnit)"/>
    public static ValueTask<long> BitCountAsync(
        this IKeyValueStore store, StoreKey key, long start, long end, BitUnit unit = BitUnit.Byte, CancellationToken cancellationToken = default) =>
        store.SendAsync(Bits.Count(key, start, end, unit), cancellationToken);

    /// <inheritdoc cref="Bits.Position(StoreKey, bool, long)"/>
    public static ValueTask<long> BitPositionAsync(
        this IKeyValueStore store, StoreKey key, bool bit, long start = 0, CancellationToken cancellationToken = default) =>
        store.SendAsync(Bits.Position(key, bit, start), cancellationToken);

    /// <inheritdoc cref="Bits.Position(StoreKey, bool, long, long, BitUnit)"/>
    public static ValueTask<long> BitPositionAsync(
        this IKeyValueStore store, StoreKey key, bool bit, long start, long end, BitUnit unit = BitUnit.Byte, CancellationToken cancellationToken = default) =>
        store.SendAsync(Bits.Position(key, bit, start, end, unit), cancellationToken);

    /// <inheritdoc cref="Bits.Combine(BitOperation, StoreKey, ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> BitCombineAsync(
        this IKeyValueStore store, BitOperation operation, StoreKey destination, ReadOnlySpan<StoreKey> sources, CancellationToken cancellationToken = default) =>
        store.SendAsync(Bits.Combine(operation, destination, sources), cancellationToken);

    /// <inheritdoc cref="Bits.Field(StoreKey, ReadOnlySpan{BitFieldOperation})"/>
    public static ValueTask<long?[]> BitFieldAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<BitFieldOperation> operations, CancellationToken cancellationToken = default) =>
        store.SendAsync(Bits.Field(key, operations), cancellationToken);

    /// <inheritdoc cref="Bits.ReadField(StoreKey, ReadOnlySpan{BitFieldOperation})"/>
    public static ValueTask<long[]> BitFieldReadAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<BitFieldOperation> operations, CancellationToken cancellationToken = default) =>
        store.SendAsync(Bits.ReadField(key, operations), cancellationToken);
}
