using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about ranges of sorted sets and about the algebra of several.</summary>
public sealed class SortedSetRangeConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Ranks_include_both_ends_and_may_be_negative),
        new(Scores_include_or_exclude_their_ends),
        new(Limits_page_through_a_range),
        new(Bytes_include_or_exclude_their_ends),
        new(A_prefix_is_a_range_of_bytes),
        new(Ranges_are_counted),
        new(Ranges_are_removed),
        new(Ranges_are_stored),
        new(Unions_add_weighted_scores),
        new(Intersections_and_differences),
        new(Algebra_takes_sets_with_a_score_of_one),
        new(Stored_algebra_replaces_the_destination),
        new(Algebra_refuses_another_type_at_every_position),
    ];

    private static async Task Ranks_include_both_ends_and_may_be_negative(ConformanceContext c)
    {
        var z = await GivenFiveAsync(c);
        await c.Expect(SortedSets.Range(z, new RankRange(1, 2))).AnswersAsync(["b", "c"]);
        await c.Expect(SortedSets.Range(z, new RankRange(-2, -1))).AnswersAsync(["d", "e"]);
        await c.Expect(SortedSets.Range(z, new RankRange(3, 100))).AnswersAsync(["d", "e"]);
        await c.Expect(SortedSets.Range(z, new RankRange(-100, 0))).AnswersAsync(["a"]);
        await c.Expect(SortedSets.Range(z, new RankRange(2, 1))).AnswersAsync([]);
        await c.Expect(SortedSets.Range(z, new RankRange(5, 9))).AnswersAsync([]);
        await c.Expect(SortedSets.Range(z, RankRange.First(2), Order.Descending)).AnswersAsync(["e", "d"]);
        await c.Expect(SortedSets.RangeWithScores(z, new RankRange(0, 1), Order.Descending)).AnswersAsync([new("e", 5), new("d", 4)]);
        await c.Expect(SortedSets.RangeWithScores(c.Key("none"), RankRange.All)).AnswersAsync([]);
    }

    private static async Task Scores_include_or_exclude_their_ends(ConformanceContext c)
    {
        var z = await GivenFiveAsync(c);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.Between(2, 4))).AnswersAsync(["b", "c", "d"]);
        await c.Expect(SortedSets.RangeByScore(z, new ScoreRange(2, 4, excludeMin: true))).AnswersAsync(["c", "d"]);
        await c.Expect(SortedSets.RangeByScore(z, new ScoreRange(2, 4, excludeMax: true))).AnswersAsync(["b", "c"]);
        await c.Expect(SortedSets.RangeByScore(z, new ScoreRange(2, 2, excludeMin: true))).AnswersAsync([]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.AtLeast(4))).AnswersAsync(["d", "e"]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.LessThan(2))).AnswersAsync(["a"]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.Between(2, 4), Order.Descending)).AnswersAsync(["d", "c", "b"]);
        await c.Expect(SortedSets.RangeByScoreWithScores(z, ScoreRange.MoreThan(3.5), Order.Descending)).AnswersAsync([new("e", 5), new("d", 4)]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.Between(1.5, 2.5))).AnswersAsync(["b"]);
    }

    private static async Task Limits_page_through_a_range(ConformanceContext c)
    {
        var z = await GivenFiveAsync(c);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.All, limit: RangeLimit.Take(2))).AnswersAsync(["a", "b"]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.All, limit: RangeLimit.Page(2, 2))).AnswersAsync(["c", "d"]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.All, limit: RangeLimit.Skip(3))).AnswersAsync(["d", "e"]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.All, limit: RangeLimit.Page(9, 2))).AnswersAsync([]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.All, limit: RangeLimit.Take(0))).AnswersAsync([]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.All, Order.Descending, RangeLimit.Page(1, 2))).AnswersAsync(["d", "c"]);
        await c.Expect(SortedSets.RangeByScoreWithScores(z, ScoreRange.AtLeast(2), limit: RangeLimit.Page(1, 1))).AnswersAsync([new("c", 3)]);
    }

    private static async Task Bytes_include_or_exclude_their_ends(ConformanceContext c)
    {
        var z = c.Key("lex");
        await c.GivenAsync(SortedSets.Add(z, E("a", 0), E("b", 0), E("c", 0), E("d", 0), E("", 0)));
        await c.Expect(SortedSets.RangeByLex(z, LexRange.All)).AnswersAsync(["", "a", "b", "c", "d"]);
        await c.Expect(SortedSets.RangeByLex(z, LexRange.Between("b", "c"))).AnswersAsync(["b", "c"]);
        await c.Expect(SortedSets.RangeByLex(z, new LexRange("b", "d", excludeMin: true, excludeMax: true))).AnswersAsync(["c"]);
        await c.Expect(SortedSets.RangeByLex(z, new LexRange(default, "b"))).AnswersAsync(["", "a", "b"]);
        await c.Expect(SortedSets.RangeByLex(z, new LexRange("c", default))).AnswersAsync(["c", "d"]);
        await c.Expect(SortedSets.RangeByLex(z, LexRange.Between("b", "c"), Order.Descending)).AnswersAsync(["c", "b"]);
        await c.Expect(SortedSets.RangeByLex(z, LexRange.All, Order.Descending, RangeLimit.Page(1, 2))).AnswersAsync(["c", "b"]);
        await c.Expect(SortedSets.RangeByLex(z, LexRange.Between("c", "b"))).AnswersAsync([]);
    }

    private static async Task A_prefix_is_a_range_of_bytes(ConformanceContext c)
    {
        var z = c.Key("lex");
        byte[] last = [0xFF, 0xFF];
        await c.GivenAsync(SortedSets.Add(z, E("ab", 0), E("abc", 0), E("abd", 0), E("ac", 0), E("b", 0), E(last, 0)));
        await c.Expect(SortedSets.RangeByLex(z, LexRange.StartingWith("ab"))).AnswersAsync(["ab", "abc", "abd"]);
        await c.Expect(SortedSets.RangeByLex(z, LexRange.StartingWith("x"))).AnswersAsync([]);
        await c.Expect(SortedSets.RangeByLex(z, LexRange.StartingWith((byte[])[0xFF]))).AnswersAsync([last]);
    }

    private static async Task Ranges_are_counted(ConformanceContext c)
    {
        var z = await GivenFiveAsync(c);
        await c.Expect(SortedSets.CountByScore(z, ScoreRange.Between(2, 4))).AnswersAsync(3);
        await c.Expect(SortedSets.CountByScore(z, ScoreRange.MoreThan(5))).AnswersAsync(0);
        await c.Expect(SortedSets.CountByScore(c.Key("none"), ScoreRange.All)).AnswersAsync(0);
        await c.GivenAsync(SortedSets.Add(c.Key("lex"), E("a", 0), E("b", 0), E("c", 0)));
        await c.Expect(SortedSets.CountByLex(c.Key("lex"), new LexRange("a", "c", excludeMax: true))).AnswersAsync(2);
    }

    private static async Task Ranges_are_removed(ConformanceContext c)
    {
        var z = await GivenFiveAsync(c);
        await c.Expect(SortedSets.RemoveRange(z, new RankRange(-1, -1))).AnswersAsync(1);
        await c.Expect(SortedSets.RemoveRangeByScore(z, ScoreRange.AtMost(2))).AnswersAsync(2);
        await c.Expect(SortedSets.Range(z, RankRange.All)).AnswersAsync(["c", "d"]);
        await c.Expect(SortedSets.RemoveRange(z, RankRange.All)).AnswersAsync(2);
        await c.Expect(Keys.Exists(z)).AnswersAsync(false);
        await c.GivenAsync(SortedSets.Add(c.Key("lex"), E("a", 0), E("b", 0), E("c", 0)));
        await c.Expect(SortedSets.RemoveRangeByLex(c.Key("lex"), new LexRange("b", default))).AnswersAsync(2);
        await c.Expect(SortedSets.RemoveRangeByLex(c.Key("lex"), LexRange.All)).AnswersAsync(1);
        await c.Expect(Keys.Exists(c.Key("lex"))).AnswersAsync(false);
    }

    private static async Task Ranges_are_stored(ConformanceContext c)
    {
        var z = await GivenFiveAsync(c);
        var d = c.Key("d");
        await c.GivenAsync(Strings.Set(d, "v", TimeSpan.FromHours(1)));
        await c.Expect(SortedSets.RangeStore(d, z, new RankRange(0, 1), Order.Descending)).AnswersAsync(2);
        await c.Expect(SortedSets.RangeWithScores(d, RankRange.All)).AnswersAsync([new("d", 4), new("e", 5)]);
        await c.Expect(Keys.TimeToLive(d)).AnswersAsync(new TimeToLive(true, null));
        await c.Expect(SortedSets.RangeByScoreStore(d, z, ScoreRange.AtLeast(2), limit: RangeLimit.Page(1, 2))).AnswersAsync(2);
        await c.Expect(SortedSets.Range(d, RankRange.All)).AnswersAsync(["c", "d"]);
        await c.Expect(SortedSets.RangeByLexStore(d, c.Key("none"), LexRange.All)).AnswersAsync(0);
        await c.Expect(Keys.Exists(d)).AnswersAsync(false);
    }

    private static async Task Unions_add_weighted_scores(ConformanceContext c)
    {
        StoreKey[] keys = await GivenTwoAsync(c);
        await c.Expect(SortedSets.UnionWithScores(keys)).AnswersAsync([new("a", 1), new("c", 7), new("b", 22)]);
        await c.Expect(SortedSets.UnionWithScores(keys, [2, 0.5])).AnswersAsync([new("a", 2), new("c", 3.5), new("b", 14)]);
        await c.Expect(SortedSets.UnionWithScores(keys, aggregate: Aggregate.Min)).AnswersAsync([new("a", 1), new("b", 2), new("c", 7)]);
        await c.Expect(SortedSets.UnionWithScores(keys, aggregate: Aggregate.Max)).AnswersAsync([new("a", 1), new("c", 7), new("b", 20)]);
        await c.Expect(SortedSets.Union([keys[0], c.Key("none")])).AnswersAsync(["a", "b"]);
    }

    private static async Task Intersections_and_differences(ConformanceContext c)
    {
        StoreKey[] keys = await GivenTwoAsync(c);
        await c.Expect(SortedSets.IntersectWithScores(keys)).AnswersAsync([new("b", 22)]);
        await c.Expect(SortedSets.Intersect([keys[0], c.Key("none")])).AnswersAsync([]);
        await c.Expect(SortedSets.IntersectLength(keys)).AnswersAsync(1);
        await c.Expect(SortedSets.IntersectLength([keys[0], keys[0]], 1)).AnswersAsync(1);
        await c.Expect(SortedSets.DifferenceWithScores(keys)).AnswersAsync([new("a", 1)]);
        await c.Expect(SortedSets.Difference(keys[1], keys[0])).AnswersAsync(["c"]);
        await c.Expect(SortedSets.Difference(c.Key("none"), keys[0])).AnswersAsync([]);
    }

    private static async Task Algebra_takes_sets_with_a_score_of_one(ConformanceContext c)
    {
        StoreKey[] keys = await GivenTwoAsync(c);
        await c.GivenAsync(Sets.Add(c.Key("set"), "a", "x"));
        await c.Expect(SortedSets.UnionWithScores([keys[0], c.Key("set")])).AnswersAsync([new("x", 1), new("a", 2), new("b", 2)]);
        await c.Expect(SortedSets.IntersectWithScores([c.Key("set"), keys[0]], [3, 1])).AnswersAsync([new("a", 4)]);
    }

    private static async Task Stored_algebra_replaces_the_destination(ConformanceContext c)
    {
        StoreKey[] keys = await GivenTwoAsync(c);
        var d = c.Key("d");
        await c.GivenAsync(Strings.Set(d, "v", TimeSpan.FromHours(1)));
        await c.Expect(SortedSets.UnionStore(d, keys)).AnswersAsync(3);
        await c.Expect(SortedSets.RangeWithScores(d, RankRange.All)).AnswersAsync([new("a", 1), new("c", 7), new("b", 22)]);
        await c.Expect(Keys.TimeToLive(d)).AnswersAsync(new TimeToLive(true, null));
        await c.Expect(SortedSets.IntersectStore(d, keys, aggregate: Aggregate.Max)).AnswersAsync(1);
        await c.Expect(SortedSets.RangeWithScores(d, RankRange.All)).AnswersAsync([new("b", 20)]);
        await c.Expect(SortedSets.DifferenceStore(keys[1], keys)).AnswersAsync(1);
        await c.Expect(SortedSets.Range(keys[1], RankRange.All)).AnswersAsync(["a"]);
        await c.Expect(SortedSets.IntersectStore(d, [keys[0], c.Key("none")])).AnswersAsync(0);
        await c.Expect(Keys.Exists(d)).AnswersAsync(false);
    }

    private static async Task Algebra_refuses_another_type_at_every_position(ConformanceContext c)
    {
        StoreKey[] keys = await GivenTwoAsync(c);
        await c.GivenAsync(Strings.Set(c.Key("string"), "v"), SortedSets.Add(c.Key("d"), "before", 1));
        for (var i = 0; i < keys.Length; i++)
        {
            StoreKey[] mixed = [.. keys];
            mixed[i] = c.Key("string");
            await c.Expect(SortedSets.Union(mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(SortedSets.Intersect(mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(SortedSets.Difference(mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(SortedSets.UnionStore(c.Key("d"), mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(SortedSets.IntersectStore(c.Key("d"), mixed)).FailsAsync<WrongTypeException>();
            await c.Expect(SortedSets.DifferenceStore(c.Key("d"), mixed)).FailsAsync<WrongTypeException>();
        }

        await c.Expect(SortedSets.Range(c.Key("d"), RankRange.All)).AnswersAsync(["before"]);
    }

    private static async Task<StoreKey> GivenFiveAsync(ConformanceContext c)
    {
        await c.GivenAsync(SortedSets.Add(c.Key("z"), E("a", 1), E("b", 2), E("c", 3), E("d", 4), E("e", 5)));
        return c.Key("z");
    }

    private static async Task<StoreKey[]> GivenTwoAsync(ConformanceContext c)
    {
        await c.GivenAsync(
            SortedSets.Add(c.Key("y"), E("a", 1), E("b", 2)),
            SortedSets.Add(c.Key("z"), E("b", 20), E("c", 7)));
        return [c.Key("y"), c.Key("z")];
    }

    private static SortedSetEntry E(StoreValue member, double score) => new(member, score);
}
