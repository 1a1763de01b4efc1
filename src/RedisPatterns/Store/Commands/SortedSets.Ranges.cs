namespace RedisPatterns.Commands;

public static partial class SortedSets
{
    /// <summary>The members of a range of ranks. <c>ZRANGE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The ranks, counted in the given order.</param>
    /// <param name="order">The order.</param>
    /// <returns>Answers the members in that order.</returns>
    public static StoreCommand<StoreValue[]> Range(StoreKey key, RankRange range, Order order = Order.Ascending) =>
        new(CommandTable.ZRange, Replies.Values, ByRank(new ArgumentList(4).AddKey(key), range, order).ToArray());

    /// <summary>The members of a range of ranks with their scores. <c>ZRANGE</c> with <c>WITHSCORES</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The ranks, counted in the given order.</param>
    /// <param name="order">The order.</param>
    /// <returns>Answers members and scores in that order.</returns>
    public static StoreCommand<SortedSetEntry[]> RangeWithScores(StoreKey key, RankRange range, Order order = Order.Ascending) =>
        new(CommandTable.ZRange, SortedSetReplies.Entries, ByRank(new ArgumentList(5).AddKey(key), range, order).Add("WITHSCORES").ToArray());

    /// <summary>The members of a range of scores. <c>ZRANGE</c> with <c>BYSCORE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The scores.</param>
    /// <param name="order">The order.</param>
    /// <param name="limit">Which part of the range, counted in that order.</param>
    /// <returns>Answers the members in that order.</returns>
    public static StoreCommand<StoreValue[]> RangeByScore(StoreKey key, ScoreRange range, Order order = Order.Ascending, RangeLimit limit = default) =>
        new(CommandTable.ZRange, Replies.Values, ByScore(new ArgumentList(8).AddKey(key), range, order, limit).ToArray());

    /// <summary>The members of a range of scores with their scores. <c>ZRANGE</c> with <c>BYSCORE</c> and <c>WITHSCORES</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The scores.</param>
    /// <param name="order">The order.</param>
    /// <param name="limit">Which part of the range, counted in that order.</param>
    /// <returns>Answers members and scores in that order.</returns>
    public static StoreCommand<SortedSetEntry[]> RangeByScoreWithScores(StoreKey key, ScoreRange range, Order order = Order.Ascending, RangeLimit limit = default) =>
        new(CommandTable.ZRange, SortedSetReplies.Entries, ByScore(new ArgumentList(9).AddKey(key), range, order, limit).Add("WITHSCORES").ToArray());

    /// <summary>The members of a range of bytes, in a sorted set whose members all have the same score. <c>ZRANGE</c> with <c>BYLEX</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The members.</param>
    /// <param name="order">The order.</param>
    /// <param name="limit">Which part of the range, counted in that order.</param>
    /// <returns>Answers the members in that order.</returns>
    public static StoreCommand<StoreValue[]> RangeByLex(StoreKey key, LexRange range, Order order = Order.Ascending, RangeLimit limit = default) =>
        new(CommandTable.ZRange, Replies.Values, ByLex(new ArgumentList(8).AddKey(key), range, order, limit).ToArray());

    /// <summary>Stores a range of ranks of one sorted set as another. <c>ZRANGESTORE</c>.</summary>
    /// <param name="destination">The key that is overwritten, whatever it held; deleted when the range is empty.</param>
    /// <param name="source">The key that is read.</param>
    /// <param name="range">The ranks, counted in the given order.</param>
    /// <param name="order">The order in which ranks are counted.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> RangeStore(StoreKey destination, StoreKey source, RankRange range, Order order = Order.Ascending) =>
        new(CommandTable.ZRangeStore, Replies.Int64, ByRank(new ArgumentList(5).AddKey(destination).AddKey(source), range, order).ToArray());

    /// <summary>Stores a range of scores of one sorted set as another. <c>ZRANGESTORE</c> with <c>BYSCORE</c>.</summary>
    /// <param name="destination">The key that is overwritten, whatever it held; deleted when the range is empty.</param>
    /// <param name="source">The key that is read.</param>
    /// <param name="range">The scores.</param>
    /// <param name="order">The order in which the limit counts.</param>
    /// <param name="limit">Which part of the range.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> RangeByScoreStore(StoreKey destination, StoreKey source, ScoreRange range, Order order = Order.Ascending, RangeLimit limit = default) =>
        new(CommandTable.ZRangeStore, Replies.Int64, ByScore(new ArgumentList(9).AddKey(destination).AddKey(source), range, order, limit).ToArray());

    /// <summary>Stores a range of members of one sorted set as another. <c>ZRANGESTORE</c> with <c>BYLEX</c>.</summary>
    /// <param name="destination">The key that is overwritten, whatever it held; deleted when the range is empty.</param>
    /// <param name="source">The key that is read; its members all have the same score.</param>
    /// <param name="range">The members.</param>
    /// <param name="order">The order in which the limit counts.</param>
    /// <param name="limit">Which part of the range.</param>
    /// <returns>Answers the number of members stored.</returns>
    public static StoreCommand<long> RangeByLexStore(StoreKey destination, StoreKey source, LexRange range, Order order = Order.Ascending, RangeLimit limit = default) =>
        new(CommandTable.ZRangeStore, Replies.Int64, ByLex(new ArgumentList(9).AddKey(destination).AddKey(source), range, order, limit).ToArray());

    /// <summary>The number of members in a range of scores. <c>ZCOUNT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The scores.</param>
    /// <returns>Answers the number.</returns>
    public static StoreCommand<long> CountByScore(StoreKey key, ScoreRange range) =>
        new(CommandTable.ZCount, Replies.Int64, [StoreValue.FromKey(key), range.MinArgument, range.MaxArgument]);

    /// <summary>The number of members in a range of bytes, in a sorted set whose members all have the same score. <c>ZLEXCOUNT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The members.</param>
    /// <returns>Answers the number.</returns>
    public static StoreCommand<long> CountByLex(StoreKey key, LexRange range) =>
        new(CommandTable.ZLexCount, Replies.Int64, [StoreValue.FromKey(key), range.MinArgument, range.MaxArgument]);

    /// <summary>Removes a range of ranks. <c>ZREMRANGEBYRANK</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The ranks, from the lowest score.</param>
    /// <returns>Answers how many members were removed.</returns>
    public static StoreCommand<long> RemoveRange(StoreKey key, RankRange range) =>
        new(CommandTable.ZRemRangeByRank, Replies.Int64, [StoreValue.FromKey(key), range.Start, range.Stop]);

    /// <summary>Removes a range of scores. <c>ZREMRANGEBYSCORE</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The scores.</param>
    /// <returns>Answers how many members were removed.</returns>
    public static StoreCommand<long> RemoveRangeByScore(StoreKey key, ScoreRange range) =>
        new(CommandTable.ZRemRangeByScore, Replies.Int64, [StoreValue.FromKey(key), range.MinArgument, range.MaxArgument]);

    /// <summary>Removes a range of members, in a sorted set whose members all have the same score. <c>ZREMRANGEBYLEX</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="range">The members.</param>
    /// <returns>Answers how many members were removed.</returns>
    public static StoreCommand<long> RemoveRangeByLex(StoreKey key, LexRange range) =>
        new(CommandTable.ZRemRangeByLex, Replies.Int64, [StoreValue.FromKey(key), range.MinArgument, range.MaxArgument]);

    private static ArgumentList ByRank(ArgumentList arguments, RankRange range, Order order) =>
        arguments.Add(range.Start).Add(range.Stop).AddIf(order == Order.Descending, "REV");

    private static ArgumentList ByScore(ArgumentList arguments, ScoreRange range, Order order, RangeLimit limit) =>
        Bounded(arguments, range.MinArgument, range.MaxArgument, "BYSCORE", order, limit);

    private static ArgumentList ByLex(ArgumentList arguments, LexRange range, Order order, RangeLimit limit) =>
        Bounded(arguments, range.MinArgument, range.MaxArgument, "BYLEX", order, limit);

    // Going down, the server wants the upper end first.
    private static ArgumentList Bounded(ArgumentList arguments, StoreValue min, StoreValue max, string by, Order order, RangeLimit limit)
    {
        var descending = order == Order.Descending;
        arguments.Add(descending ? max : min).Add(descending ? min : max).Add(by).AddIf(descending, "REV");
        limit.AddTo(arguments);
        return arguments;
    }
}
