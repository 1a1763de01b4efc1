using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Commands;

public sealed class SortedSetsTests
{
    private static readonly StoreKey K = "k";

    public static TheoryData<string, StoreCommand> Forms => new()
    {
        { "ZADD @k 1.5 m", SortedSets.Add(K, "m", 1.5) },
        { "ZADD @k inf m", SortedSets.Add(K, "m", double.PositiveInfinity) },
        { "ZADD @k 1 a 2 b", SortedSets.Add(K, new SortedSetEntry("a", 1), new SortedSetEntry("b", 2)) },
        { "ZADD @k NX 1 a", SortedSets.Add(K, ScoreWhen.Absent, new SortedSetEntry("a", 1)) },
        { "ZADD @k XX 1 a", SortedSets.Add(K, ScoreWhen.Exists, new SortedSetEntry("a", 1)) },
        { "ZADD @k GT 1 a", SortedSets.Add(K, ScoreWhen.AbsentOrGreater, new SortedSetEntry("a", 1)) },
        { "ZADD @k LT 1 a", SortedSets.Add(K, ScoreWhen.AbsentOrLess, new SortedSetEntry("a", 1)) },
        { "ZADD @k XX GT CH 1 a", SortedSets.AddOrUpdate(K, ScoreWhen.ExistsAndGreater, new SortedSetEntry("a", 1)) },
        { "ZADD @k XX LT CH 1 a", SortedSets.AddOrUpdate(K, ScoreWhen.ExistsAndLess, new SortedSetEntry("a", 1)) },
        { "ZADD @k CH 1 a", SortedSets.AddOrUpdate(K, ScoreWhen.Always, new SortedSetEntry("a", 1)) },
        { "ZINCRBY @k -2 m", SortedSets.Increment(K, "m", -2) },
        { "ZADD @k XX INCR 2 m", SortedSets.Increment(K, "m", 2, ScoreWhen.Exists) },
        { "ZREM @k m", SortedSets.Remove(K, "m") },
        { "ZREM @k a b", SortedSets.Remove(K, "a", "b") },
        { "ZSCORE @k m", SortedSets.Score(K, "m") },
        { "ZMSCORE @k a b", SortedSets.Scores(K, "a", "b") },
        { "ZCARD @k", SortedSets.Length(K) },
        { "ZRANK @k m", SortedSets.Rank(K, "m") },
        { "ZREVRANK @k m", SortedSets.Rank(K, "m", Order.Descending) },
        { "ZRANDMEMBER @k", SortedSets.RandomMember(K) },
        { "ZRANDMEMBER @k -3", SortedSets.RandomMembers(K, -3) },
        { "ZRANDMEMBER @k 3 WITHSCORES", SortedSets.RandomMembersWithScores(K, 3) },
        { "ZSCAN @k 0", SortedSets.Scan(K) },
        { "ZSCAN @k 7 MATCH a* COUNT 5", SortedSets.Scan(K, 7, "a*", 5) },
        { "ZRANGE @k 0 -1", SortedSets.Range(K, RankRange.All) },
        { "ZRANGE @k 0 9 REV", SortedSets.Range(K, RankRange.First(10), Order.Descending) },
        { "ZRANGE @k 1 2 REV WITHSCORES", SortedSets.RangeWithScores(K, new(1, 2), Order.Descending) },
        { "ZRANGE @k -inf inf BYSCORE", SortedSets.RangeByScore(K, ScoreRange.All) },
        { "ZRANGE @k (2 (1 BYSCORE REV LIMIT 5 10", SortedSets.RangeByScore(K, new(1, 2, true, true), Order.Descending, RangeLimit.Page(5, 10)) },
        { "ZRANGE @k 1 2 BYSCORE LIMIT 0 3 WITHSCORES", SortedSets.RangeByScoreWithScores(K, ScoreRange.Between(1, 2), limit: RangeLimit.Take(3)) },
        { "ZRANGE @k - + BYLEX", SortedSets.RangeByLex(K, LexRange.All) },
        { "ZRANGE @k (b [a BYLEX REV LIMIT 2 -1", SortedSets.RangeByLex(K, LexRange.StartingWith("a"), Order.Descending, RangeLimit.Skip(2)) },
        { "ZRANGESTORE @d @k 0 -1 REV", SortedSets.RangeStore("d", K, RankRange.All, Order.Descending) },
        { "ZRANGESTORE @d @k (1 inf BYSCORE LIMIT 0 2", SortedSets.RangeByScoreStore("d", K, ScoreRange.MoreThan(1), limit: RangeLimit.Take(2)) },
        { "ZRANGESTORE @d @k [a (c BYLEX", SortedSets.RangeByLexStore("d", K, new("a", "c", excludeMax: true)) },
        { "ZCOUNT @k 1 inf", SortedSets.CountByScore(K, ScoreRange.AtLeast(1)) },
        { "ZCOUNT @k -inf 1", SortedSets.CountByScore(K, ScoreRange.AtMost(1)) },
        { "ZCOUNT @k -inf (1", SortedSets.CountByScore(K, ScoreRange.LessThan(1)) },
        { "ZCOUNT @k 0.1 0.1", SortedSets.CountByScore(K, ScoreRange.Exactly(0.1)) },
        { "ZLEXCOUNT @k [a [b", SortedSets.CountByLex(K, LexRange.Between("a", "b")) },
        { "ZREMRANGEBYRANK @k 0 -11", SortedSets.RemoveRange(K, new(0, -11)) },
        { "ZREMRANGEBYSCORE @k -inf (1", SortedSets.RemoveRangeByScore(K, ScoreRange.LessThan(1)) },
        { "ZREMRANGEBYLEX @k [a +", SortedSets.RemoveRangeByLex(K, new("a", StoreValue.Null)) },
        { "ZPOPMIN @k", SortedSets.PopMin(K) },
        { "ZPOPMIN @k 2", SortedSets.PopMin(K, 2) },
        { "ZPOPMAX @k", SortedSets.PopMax(K) },
        { "ZPOPMAX @k 2", SortedSets.PopMax(K, 2) },
        { "ZMPOP 2 @k @l MAX COUNT 3", SortedSets.PopFirst(ScoreEnd.Max, 3, K, "l") },
        { "ZUNION 2 @k @l", SortedSets.Union([K, "l"]) },
        { "ZUNION 2 @k @l WEIGHTS 1 0.5 AGGREGATE MAX WITHSCORES", SortedSets.UnionWithScores([K, "l"], [1, 0.5], Aggregate.Max) },
        { "ZINTER 1 @k AGGREGATE MIN", SortedSets.Intersect([K], aggregate: Aggregate.Min) },
        { "ZINTER 1 @k WITHSCORES", SortedSets.IntersectWithScores([K]) },
        { "ZINTERCARD 2 @k @l", SortedSets.IntersectLength([K, "l"]) },
        { "ZINTERCARD 2 @k @l LIMIT 5", SortedSets.IntersectLength([K, "l"], 5) },
        { "ZDIFF 2 @k @l", SortedSets.Difference(K, "l") },
        { "ZDIFF 2 @k @l WITHSCORES", SortedSets.DifferenceWithScores(K, "l") },
        { "ZUNIONSTORE @d 2 @k @l WEIGHTS 2 3", SortedSets.UnionStore("d", [K, "l"], [2, 3]) },
        { "ZINTERSTORE @d 2 @k @l", SortedSets.IntersectStore("d", [K, "l"]) },
        { "ZDIFFSTORE @d 2 @k @l", SortedSets.DifferenceStore("d", K, "l") },
    };

    [Theory]
    [MemberData(nameof(Forms), DisableDiscoveryEnumeration = true)]
    public void Commands_have_the_form_that_the_server_expects(string expected, StoreCommand command) => Wire.Is(expected, command);

    [Fact]
    public void Options_before_the_pairs_move_the_place_where_a_command_may_be_cut()
    {
        var entry = new SortedSetEntry("m", 1);
        Assert.Equal(1, SortedSets.Add(K, entry).Definition.RepeatFrom);
        Assert.Equal(2, SortedSets.Add(K, ScoreWhen.Absent, entry).Definition.RepeatFrom);
        Assert.Equal(3, SortedSets.Add(K, ScoreWhen.ExistsAndLess, entry).Definition.RepeatFrom);
        Assert.Equal(4, SortedSets.AddOrUpdate(K, ScoreWhen.ExistsAndLess, entry).Definition.RepeatFrom);
        Assert.Equal(-1, SortedSets.Increment(K, "m", 1, ScoreWhen.Absent).Definition.RepeatFrom);
    }

    [Fact]
    public void What_is_no_score_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.Add(K, "m", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.Add(K, new SortedSetEntry("m", double.NaN)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.Increment(K, "m", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.Increment(K, "m", double.NaN, ScoreWhen.Exists));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreRange(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScoreRange(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.Union([K], [double.NaN]));
    }

    [Fact]
    public void What_names_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SortedSets.Add(K));
        Assert.Throws<ArgumentException>(() => SortedSets.Remove(K));
        Assert.Throws<ArgumentException>(() => SortedSets.Scores(K));
        Assert.Throws<ArgumentException>(() => SortedSets.Union([]));
        Assert.Throws<ArgumentException>(() => SortedSets.Difference());
        Assert.Throws<ArgumentException>(() => SortedSets.IntersectLength([]));
        Assert.Throws<ArgumentException>(() => SortedSets.PopFirst(ScoreEnd.Min, 1));
        Assert.Throws<ArgumentException>(() => SortedSets.Add(K, StoreValue.Null, 1));
        Assert.Throws<ArgumentException>(() => SortedSets.Score(default, "m"));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SortedSets.Union([K, "l"], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.PopMin(K, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.PopMax(K, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.PopFirst(ScoreEnd.Min, 0, K));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.IntersectLength([K], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.RandomMembers(K, long.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSets.Scan(K, count: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RangeLimit.Take(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RangeLimit.Skip(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankRange.First(0));
    }

    [Fact]
    public void A_prefix_range_ends_before_the_next_prefix()
    {
        Assert.Equal(LexRange.All, LexRange.StartingWith(""));
        Assert.Equal(new LexRange("a", "b", excludeMax: true), LexRange.StartingWith("a"));
        Assert.Equal(new LexRange(new byte[] { 1, 255 }, new byte[] { 2 }, excludeMax: true), LexRange.StartingWith(new byte[] { 1, 255 }));
        Assert.Equal(new LexRange(new byte[] { 255, 255 }, StoreValue.Null), LexRange.StartingWith(new byte[] { 255, 255 }));
    }

    [Fact]
    public void Members_with_scores_are_read_flat_or_nested()
    {
        SortedSetEntry[] expected = [new("a", 1), new("b", 2.5)];
        var reader = SortedSets.RangeWithScores(K, RankRange.All).Reader;
        Assert.Equal(expected, reader(StoreReply.Array(Text("a"), Text("1"), Text("b"), Text("2.5"))));
        Assert.Equal(expected, reader(StoreReply.Array(StoreReply.Array(Text("a"), Text(1.0)), StoreReply.Array(Text("b"), Text(2.5)))));
        Assert.Throws<UnexpectedReplyException>(() => reader(StoreReply.Array(Text("a"))));
    }

    [Fact]
    public void A_pop_of_one_is_read_in_both_shapes()
    {
        var reader = SortedSets.PopMin(K).Reader;
        Assert.Null(reader(StoreReply.Array()));
        Assert.Equal(new SortedSetEntry("a", 1), reader(StoreReply.Array(Text("a"), Text("1"))));
        var first = SortedSets.PopFirst(ScoreEnd.Min, 1, K).Reader;
        Assert.Null(first(StoreReply.Null));
        var popped = first(StoreReply.Array(Text("k"), StoreReply.Array(StoreReply.Array(Text("a"), Text("1")))));
        Assert.Equal(K, popped!.Key);
        Assert.Equal([new SortedSetEntry("a", 1)], popped.Entries);
    }

    private static StoreReply Text(StoreValue value) => StoreReply.FromValue(value);
}
