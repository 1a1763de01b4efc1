using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="SortedSets.PopMin(StoreKey)"/>
    public static ValueTask<SortedSetEntry?> SortedSetPopMinAsync(
        this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.PopMin(key), cancellationToken);

    /// <inheritdoc cref="SortedSets.PopMin(StoreKey, long)"/>
    public static ValueTask<SortedSetEntry[]> SortedSetPopMinAsync(
        this IKeyValueStore store, StoreKey key, long count, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.PopMin(key, count), cancellationToken);

    /// <inheritdoc cref="SortedSets.PopMax(StoreKey)"/>
    public static ValueTask<SortedSetEntry?> SortedSetPopMaxAsync(
        this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.PopMax(key), cancellationToken);

    /// <inheritdoc cref="SortedSets.PopMax(StoreKey, long)"/>
    public static ValueTask<SortedSetEntry[]> SortedSetPopMaxAsync(
        this IKeyValueStore store, StoreKey key, long count, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.PopMax(key, count), cancellationToken);

    /// <inheritdoc cref="SortedSets.PopFirst(ScoreEnd, long, ReadOnlySpan{StoreKey})"/>
    public static ValueTask<SortedSetPop?> SortedSetPopFirstAsync(
        this IKeyValueStore store, ScoreEnd end, long count, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.PopFirst(end, count, keys), cancellationToken);

    /// <inheritdoc cref="SortedSets.Union(ReadOnlySpan{StoreKey}, ReadOnlySpan{double}, Aggregate)"/>
    public static ValueTask<StoreValue[]> SortedSetUnionAsync(
        this IKeyValueStore store,
        ReadOnlySpan<StoreKey> keys,
        ReadOnlySpan<double> weights = default,
        Aggregate aggregate = Aggregate.Sum,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Union(keys, weights, aggregate), cancellationToken);

    /// <inheritdoc cref="SortedSets.UnionWithScores(ReadOnlySpan{StoreKey}, ReadOnlySpan{double}, Aggregate)"/>
    public static ValueTask<SortedSetEntry[]> SortedSetUnionWithScoresAsync(
        this IKeyValueStore store,
        ReadOnlySpan<StoreKey> keys,
        ReadOnlySpan<double> weights = default,
        Aggregate aggregate = Aggregate.Sum,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.UnionWithScores(keys, weights, aggregate), cancellationToken);

    /// <inheritdoc cref="SortedSets.Intersect(ReadOnlySpan{StoreKey}, ReadOnlySpan{double}, Aggregate)"/>
    public static ValueTask<StoreValue[]> SortedSetIntersectAsync(
        this IKeyValueStore store,
        ReadOnlySpan<StoreKey> keys,
        ReadOnlySpan<double> weights = default,
        Aggregate aggregate = Aggregate.Sum,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Intersect(keys, weights, aggregate), cancellationToken);

    /// <inheritdoc cref="SortedSets.IntersectWithScores(ReadOnlySpan{StoreKey}, ReadOnlySpan{double}, Aggregate)"/>
    public static ValueTask<SortedSetEntry[]> SortedSetIntersectWithScoresAsync(
        this IKeyValueStore store,
        ReadOnlySpan<StoreKey> keys,
        ReadOnlySpan<double> weights = default,
        Aggregate aggregate = Aggregate.Sum,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.IntersectWithScores(keys, weights, aggregate), cancellationToken);

    /// <inheritdoc cref="SortedSets.IntersectLength(ReadOnlySpan{StoreKey}, long)"/>
    public static ValueTask<long> SortedSetIntersectLengthAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, long limit = 0, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.IntersectLength(keys, limit), cancellationToken);

    /// <inheritdoc cref="SortedSets.Difference(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<StoreValue[]> SortedSetDifferenceAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Difference(keys), cancellationToken);

    /// <inheritdoc cref="SortedSets.DifferenceWithScores(ReadOnlySpan{StoreKey})"/>
    public static ValueTask<SortedSetEntry[]> SortedSetDifferenceWithScoresAsync(
        this IKeyValueStore store, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.DifferenceWithScores(keys), cancellationToken);

    /// <inheritdoc cref="SortedSets.UnionStore(StoreKey, ReadOnlySpan{StoreKey}, ReadOnlySpan{double}, Aggregate)"/>
    public static ValueTask<long> SortedSetUnionStoreAsync(
        this IKeyValueStore store,
        StoreKey destination,
        ReadOnlySpan<StoreKey> keys,
        ReadOnlySpan<double> weights = default,
        Aggregate aggregate = Aggregate.Sum,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.UnionStore(destination, keys, weights, aggregate), cancellationToken);

    /// <inheritdoc cref="SortedSets.IntersectStore(StoreKey, ReadOnlySpan{StoreKey}, ReadOnlySpan{double}, Aggregate)"/>
    public static ValueTask<long> SortedSetIntersectStoreAsync(
        this IKeyValueStore store,
        StoreKey destination,
        ReadOnlySpan<StoreKey> keys,
        ReadOnlySpan<double> weights = default,
        Aggregate aggregate = Aggregate.Sum,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.IntersectStore(destination, keys, weights, aggregate), cancellationToken);

    /// <inheritdoc cref="SortedSets.DifferenceStore(StoreKey, ReadOnlySpan{StoreKey})"/>
    public static ValueTask<long> SortedSetDifferenceStoreAsync(
        this IKeyValueStore store, StoreKey destination, ReadOnlySpan<StoreKey> keys, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.DifferenceStore(destination, keys), cancellationToken);
}
