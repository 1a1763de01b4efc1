using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="SortedSets.Add(StoreKey, StoreValue, double)"/>
    public static ValueTask<bool> SortedSetAddAsync(
        this IKeyValueStore store, StoreKey key, StoreValue member, double score, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Add(key, member, score), cancellationToken);

    /// <inheritdoc cref="SortedSets.Add(StoreKey, ReadOnlySpan{SortedSetEntry})"/>
    public static ValueTask<long> SortedSetAddAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<SortedSetEntry> entries, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Add(key, entries), cancellationToken);

    /// <inheritdoc cref="SortedSets.Add(StoreKey, ScoreWhen, ReadOnlySpan{SortedSetEntry})"/>
    public static ValueTask<long> SortedSetAddAsync(
        this IKeyValueStore store, StoreKey key, ScoreWhen when, ReadOnlySpan<SortedSetEntry> entries, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Add(key, when, entries), cancellationToken);

    /// <inheritdoc cref="SortedSets.AddOrUpdate(StoreKey, ScoreWhen, ReadOnlySpan{SortedSetEntry})"/>
    public static ValueTask<long> SortedSetAddOrUpdateAsync(
        this IKeyValueStore store, StoreKey key, ScoreWhen when, ReadOnlySpan<SortedSetEntry> entries, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.AddOrUpdate(key, when, entries), cancellationToken);

    /// <inheritdoc cref="SortedSets.Increment(StoreKey, StoreValue, double)"/>
    public static ValueTask<double> SortedSetIncrementAsync(
        this IKeyValueStore store, StoreKey key, StoreValue member, double increment, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Increment(key, member, increment), cancellationToken);

    /// <inheritdoc cref="SortedSets.Increment(StoreKey, StoreValue, double, ScoreWhen)"/>
    public static ValueTask<double?> SortedSetIncrementAsync(
        this IKeyValueStore store, StoreKey key, StoreValue member, double increment, ScoreWhen when, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Increment(key, member, increment, when), cancellationToken);

    /// <inheritdoc cref="SortedSets.Remove(StoreKey, StoreValue)"/>
    public static ValueTask<bool> SortedSetRemoveAsync(
        this IKeyValueStore store, StoreKey key, StoreValue member, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Remove(key, member), cancellationToken);

    /// <inheritdoc cref="SortedSets.Remove(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<long> SortedSetRemoveAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> members, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Remove(key, members), cancellationToken);

    /// <inheritdoc cref="SortedSets.Score(StoreKey, StoreValue)"/>
    public static ValueTask<double?> SortedSetScoreAsync(
        this IKeyValueStore store, StoreKey key, StoreValue member, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Score(key, member), cancellationToken);

    /// <inheritdoc cref="SortedSets.Scores(StoreKey, ReadOnlySpan{StoreValue})"/>
    public static ValueTask<double?[]> SortedSetScoresAsync(
        this IKeyValueStore store, StoreKey key, ReadOnlySpan<StoreValue> members, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Scores(key, members), cancellationToken);

    /// <inheritdoc cref="SortedSets.Length(StoreKey)"/>
    public static ValueTask<long> SortedSetLengthAsync(this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Length(key), cancellationToken);

    /// <inheritdoc cref="SortedSets.Rank(StoreKey, StoreValue, Order)"/>
    public static ValueTask<long?> SortedSetRankAsync(
        this IKeyValueStore store, StoreKey key, StoreValue member, Order order = Order.Ascending, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Rank(key, member, order), cancellationToken);

    /// <inheritdoc cref="SortedSets.RandomMember(StoreKey)"/>
    public static ValueTask<StoreValue> SortedSetRandomMemberAsync(
        this IKeyValueStore store, StoreKey key, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RandomMember(key), cancellationToken);

    /// <inheritdoc cref="SortedSets.RandomMembers(StoreKey, long)"/>
    public static ValueTask<StoreValue[]> SortedSetRandomMembersAsync(
        this IKeyValueStore store, StoreKey key, long count, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RandomMembers(key, count), cancellationToken);

    /// <inheritdoc cref="SortedSets.RandomMembersWithScores(StoreKey, long)"/>
    public static ValueTask<SortedSetEntry[]> SortedSetRandomMembersWithScoresAsync(
        this IKeyValueStore store, StoreKey key, long count, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RandomMembersWithScores(key, count), cancellationToken);

    /// <inheritdoc cref="SortedSets.Scan(StoreKey, ulong, string?, int?)"/>
    public static ValueTask<ScanPage<SortedSetEntry>> SortedSetScanAsync(
        this IKeyValueStore store,
        StoreKey key,
        ulong cursor = 0,
        string? pattern = null,
        int? count = null,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Scan(key, cursor, pattern, count), cancellationToken);

    /// <inheritdoc cref="SortedSets.Range(StoreKey, RankRange, Order)"/>
    public static ValueTask<StoreValue[]> SortedSetRangeAsync(
        this IKeyValueStore store, StoreKey key, RankRange range, Order order = Order.Ascending, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.Range(key, range, order), cancellationToken);

    /// <inheritdoc cref="SortedSets.RangeWithScores(StoreKey, RankRange, Order)"/>
    public static ValueTask<SortedSetEntry[]> SortedSetRangeWithScoresAsync(
        this IKeyValueStore store, StoreKey key, RankRange range, Order order = Order.Ascending, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RangeWithScores(key, range, order), cancellationToken);

    /// <inheritdoc cref="SortedSets.RangeByScore(StoreKey, ScoreRange, Order, RangeLimit)"/>
    public static ValueTask<StoreValue[]> SortedSetRangeByScoreAsync(
        this IKeyValueStore store,
        StoreKey key,
        ScoreRange range,
        Order order = Order.Ascending,
        RangeLimit limit = default,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RangeByScore(key, range, order, limit), cancellationToken);

    /// <inheritdoc cref="SortedSets.RangeByScoreWithScores(StoreKey, ScoreRange, Order, RangeLimit)"/>
    public static ValueTask<SortedSetEntry[]> SortedSetRangeByScoreWithScoresAsync(
        this IKeyValueStore store,
        StoreKey key,
        ScoreRange range,
        Order order = Order.Ascending,
        RangeLimit limit = default,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RangeByScoreWithScores(key, range, order, limit), cancellationToken);

    /// <inheritdoc cref="SortedSets.RangeByLex(StoreKey, LexRange, Order, RangeLimit)"/>
    public static ValueTask<StoreValue[]> SortedSetRangeByLexAsync(
        this IKeyValueStore store,
        StoreKey key,
        LexRange range,
        Order order = Order.Ascending,
        RangeLimit limit = default,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RangeByLex(key, range, order, limit), cancellationToken);

    /// <inheritdoc cref="SortedSets.RangeStore(StoreKey, StoreKey, RankRange, Order)"/>
    public static ValueTask<long> SortedSetRangeStoreAsync(
        this IKeyValueStore store,
        StoreKey destination,
        StoreKey source,
        RankRange range,
        Order order = Order.Ascending,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RangeStore(destination, source, range, order), cancellationToken);

    /// <inheritdoc cref="SortedSets.RangeByScoreStore(StoreKey, StoreKey, ScoreRange, Order, RangeLimit)"/>
    public static ValueTask<long> SortedSetRangeByScoreStoreAsync(
        this IKeyValueStore store,
        StoreKey destination,
        StoreKey source,
        ScoreRange range,
        Order order = Order.Ascending,
        RangeLimit limit = default,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RangeByScoreStore(destination, source, range, order, limit), cancellationToken);

    /// <inheritdoc cref="SortedSets.RangeByLexStore(StoreKey, StoreKey, LexRange, Order, RangeLimit)"/>
    public static ValueTask<long> SortedSetRangeByLexStoreAsync(
        this IKeyValueStore store,
        StoreKey destination,
        StoreKey source,
        LexRange range,
        Order order = Order.Ascending,
        RangeLimit limit = default,
        CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RangeByLexStore(destination, source, range, order, limit), cancellationToken);

    /// <inheritdoc cref="SortedSets.CountByScore(StoreKey, ScoreRange)"/>
    public static ValueTask<long> SortedSetCountByScoreAsync(
        this IKeyValueStore store, StoreKey key, ScoreRange range, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.CountByScore(key, range), cancellationToken);

    /// <inheritdoc cref="SortedSets.CountByLex(StoreKey, LexRange)"/>
    public static ValueTask<long> SortedSetCountByLexAsync(
        this IKeyValueStore store, StoreKey key, LexRange range, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.CountByLex(key, range), cancellationToken);

    /// <inheritdoc cref="SortedSets.RemoveRange(StoreKey, RankRange)"/>
    public static ValueTask<long> SortedSetRemoveRangeAsync(
        this IKeyValueStore store, StoreKey key, RankRange range, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RemoveRange(key, range), cancellationToken);

    /// <inheritdoc cref="SortedSets.RemoveRangeByScore(StoreKey, ScoreRange)"/>
    public static ValueTask<long> SortedSetRemoveRangeByScoreAsync(
        this IKeyValueStore store, StoreKey key, ScoreRange range, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RemoveRangeByScore(key, range), cancellationToken);

    /// <inheritdoc cref="SortedSets.RemoveRangeByLex(StoreKey, LexRange)"/>
    public static ValueTask<long> SortedSetRemoveRangeByLexAsync(
        this IKeyValueStore store, StoreKey key, LexRange range, CancellationToken cancellationToken = default) =>
        store.SendAsync(SortedSets.RemoveRangeByLex(key, range), cancellationToken);
}
