using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about the members of sorted sets and their scores. Ranges and algebra have suites of their own.</summary>
public sealed class SortedSetConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<SendMode> Modes => EveryMode;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Members_are_ordered_by_score_and_then_by_bytes),
        new(An_absent_sorted_set_is_empty),
        new(Adding_again_changes_the_score),
        new(Conditions_on_adding),
        new(Changes_may_be_counted),
        new(Scores_are_exact),
        new(Scores_may_be_infinite),
        new(Increment_adds_and_counts_absent_as_zero),
        new(Increment_under_a_condition),
        new(Opposite_infinities_do_not_add_up),
        new(Removing_the_last_member_deletes_the_sorted_set),
        new(Ranks_count_from_either_end),
        new(Pop_takes_from_either_end),
        new(Pop_first_takes_from_the_first_that_has_any),
        new(Random_members_stay),
        new(A_scan_sees_every_member),
        new(Another_type_is_refused),
    ];

    private static async Task Members_are_ordered_by_score_and_then_by_bytes(ConformanceContext c)
    {
        await c.Expect(SortedSets.Add(c.Key("z"), E("b", 1), E("a", 1), E("c", -1), E("B", 1), E("é", 1), E("d", 0.5))).AnswersAsync(6);
        await c.Expect(SortedSets.Range(c.Key("z"), RankRange.All)).AnswersAsync(["c", "d", "B", "a", "b", "é"]);
        await c.Expect(SortedSets.Length(c.Key("z"))).AnswersAsync(6);
    }

    private static async Task An_absent_sorted_set_is_empty(ConformanceContext c)
    {
        var z = c.Key("z");
        await c.Expect(SortedSets.Length(z)).AnswersAsync(0);
        await c.Expect(SortedSets.Score(z, "m")).AnswersAsync((double?)null);
        await c.Expect(SortedSets.Scores(z, "m", "n")).AnswersAsync([null, null]);
        await c.Expect(SortedSets.Rank(z, "m")).AnswersAsync((long?)null);
        await c.Expect(SortedSets.Remove(z, "m", "n")).AnswersAsync(0);
        await c.Expect(SortedSets.PopMin(z)).AnswersAsync((SortedSetEntry?)null);
        await c.Expect(SortedSets.PopMax(z, 2)).AnswersAsync([]);
        await c.Expect(SortedSets.PopFirst(ScoreEnd.Min, 1, z)).AnswersAsync((SortedSetPop?)null);
        await c.Expect(SortedSets.RandomMember(z)).AnswersAsync(StoreValue.Null);
        await c.Expect(SortedSets.RandomMembers(z, 2)).AnswersAsync([]);
        await c.Expect(SortedSets.Scan(z)).AnswersAsync(page => page is { IsLast: true, Items.Count: 0 }, "an empty last page");
    }

    private static async Task Adding_again_changes_the_score(ConformanceContext c)
    {
        await c.Expect(SortedSets.Add(c.Key("z"), "m", 1)).AnswersAsync(true);
        await c.Expect(SortedSets.Add(c.Key("z"), "m", 2)).AnswersAsync(false);
        await c.Expect(SortedSets.Score(c.Key("z"), "m")).AnswersAsync(2);
        await c.Expect(SortedSets.Add(c.Key("z"), E("n", 3), E("m", 4), E("n", 5))).AnswersAsync(1);
        await c.Expect(SortedSets.Scores(c.Key("z"), "n", "x", "m")).AnswersAsync([5, null, 4]);
    }

    private static async Task Conditions_on_adding(ConformanceContext c)
    {
        var z = c.Key("z");
        await c.GivenAsync(SortedSets.Add(z, "m", 5));
        await c.Expect(SortedSets.Add(z, ScoreWhen.Absent, E("m", 1), E("n", 1))).AnswersAsync(1);
        await c.Expect(SortedSets.Add(z, ScoreWhen.Exists, E("m", 6), E("o", 1))).AnswersAsync(0);
        await c.Expect(SortedSets.Scores(z, "m", "n", "o")).AnswersAsync([6, 1, null]);
        await c.Expect(SortedSets.Add(z, ScoreWhen.AbsentOrGreater, E("m", 5), E("n", 2), E("o", 3))).AnswersAsync(1);
        await c.Expect(SortedSets.Scores(z, "m", "n", "o")).AnswersAsync([6, 2, 3]);
        await c.Expect(SortedSets.Add(z, ScoreWhen.AbsentOrLess, E("m", 5), E("n", 3), E("p", 4))).AnswersAsync(1);
        await c.Expect(SortedSets.Scores(z, "m", "n", "p")).AnswersAsync([5, 2, 4]);
        await c.Expect(SortedSets.Add(z, ScoreWhen.ExistsAndGreater, E("m", 7), E("n", 1), E("q", 1))).AnswersAsync(0);
        await c.Expect(SortedSets.Add(z, ScoreWhen.ExistsAndLess, E("o", 1), E("n", 9), E("q", 1))).AnswersAsync(0);
        await c.Expect(SortedSets.Scores(z, "m", "n", "o", "q")).AnswersAsync([7, 2, 1, null]);
    }

    private static async Task Changes_may_be_counted(ConformanceContext c)
    {
        await c.GivenAsync(SortedSets.Add(c.Key("z"), E("m", 1), E("n", 1)));
        await c.Expect(SortedSets.AddOrUpdate(c.Key("z"), ScoreWhen.Always, E("m", 2), E("n", 1), E("o", 1))).AnswersAsync(2);
        await c.Expect(SortedSets.AddOrUpdate(c.Key("z"), ScoreWhen.Exists, E("m", 3), E("p", 1))).AnswersAsync(1);
    }

    private static async Task Scores_are_exact(ConformanceContext c)
    {
        double[] scores =
        [
            0, -1, 0.1, 1.0 / 3, 3.0000000000000004, 9007199254740992, -9007199254740991, 1e300, -1e300, 1e-300,
            double.Epsilon, double.MaxValue, double.MinValue, 1700000000000.123, 17179869184, 123456789012345680000.0,
        ];
        foreach (var score in scores)
        {
            await c.GivenAsync(SortedSets.Add(c.Key("z"), "m", score));
            await c.Expect(SortedSets.Score(c.Key("z"), "m")).AnswersAsync(score);
            await c.Expect(SortedSets.RangeWithScores(c.Key("z"), RankRange.All)).AnswersAsync([new("m", score)]);
            await c.Expect(SortedSets.RangeByScore(c.Key("z"), ScoreRange.Exactly(score))).AnswersAsync(["m"]);
        }
    }

    private static async Task Scores_may_be_infinite(ConformanceContext c)
    {
        var z = c.Key("z");
        await c.GivenAsync(SortedSets.Add(z, E("low", double.NegativeInfinity), E("high", double.PositiveInfinity), E("m", 0)));
        await c.Expect(SortedSets.RangeWithScores(z, RankRange.All)).AnswersAsync(
            [new("low", double.NegativeInfinity), new("m", 0), new("high", double.PositiveInfinity)]);
        await c.Expect(SortedSets.Score(z, "high")).AnswersAsync(double.PositiveInfinity);
        await c.Expect(SortedSets.Scores(z, "low")).AnswersAsync([double.NegativeInfinity]);
        await c.Expect(SortedSets.RangeByScore(z, ScoreRange.AtLeast(0))).AnswersAsync(["m", "high"]);
        await c.Expect(SortedSets.RangeByScore(z, new ScoreRange(double.NegativeInfinity, 0, excludeMin: true))).AnswersAsync(["m"]);
        await c.Expect(SortedSets.PopMax(z)).AnswersAsync(new SortedSetEntry("high", double.PositiveInfinity));
    }

    private static async Task Increment_adds_and_counts_absent_as_zero(ConformanceContext c)
    {
        await c.Expect(SortedSets.Increment(c.Key("z"), "m", 1.5)).AnswersAsync(1.5);
        await c.Expect(SortedSets.Increment(c.Key("z"), "m", -4)).AnswersAsync(-2.5);
        await c.Expect(SortedSets.Increment(c.Key("z"), "m", 0.1)).AnswersAsync(-2.5 + 0.1);
        await c.Expect(SortedSets.Score(c.Key("z"), "m")).AnswersAsync(-2.5 + 0.1);
    }

    private static async Task Increment_under_a_condition(ConformanceContext c)
    {
        var z = c.Key("z");
        await c.Expect(SortedSets.Increment(z, "m", 1, ScoreWhen.Exists)).AnswersAsync((double?)null);
        await c.Expect(SortedSets.Increment(z, "m", 5, ScoreWhen.Absent)).AnswersAsync(5);
        await c.Expect(SortedSets.Increment(z, "m", 1, ScoreWhen.Absent)).AnswersAsync((double?)null);
        await c.Expect(SortedSets.Increment(z, "m", -1, ScoreWhen.AbsentOrGreater)).AnswersAsync((double?)null);
        await c.Expect(SortedSets.Increment(z, "m", -1, ScoreWhen.AbsentOrLess)).AnswersAsync(4);
        await c.Expect(SortedSets.Increment(z, "m", 2, ScoreWhen.ExistsAndGreater)).AnswersAsync(6);
        await c.Expect(SortedSets.Increment(z, "n", 2, ScoreWhen.ExistsAndGreater)).AnswersAsync((double?)null);
        await c.Expect(SortedSets.Length(z)).AnswersAsync(1);
    }

    private static async Task Opposite_infinities_do_not_add_up(ConformanceContext c)
    {
        await c.GivenAsync(SortedSets.Add(c.Key("z"), "m", double.PositiveInfinity));
        await c.Expect(SortedSets.Increment(c.Key("z"), "m", double.NegativeInfinity)).FailsAsync<NumberOverflowException>();
        await c.Expect(SortedSets.Score(c.Key("z"), "m")).AnswersAsync(double.PositiveInfinity);
    }

    private static async Task Removing_the_last_member_deletes_the_sorted_set(ConformanceContext c)
    {
        await c.GivenAsync(SortedSets.Add(c.Key("z"), E("a", 1), E("b", 2), E("c", 3)));
        await c.Expect(SortedSets.Remove(c.Key("z"), "a", "x", "a")).AnswersAsync(1);
        await c.Expect(SortedSets.Remove(c.Key("z"), "b", "c")).AnswersAsync(2);
        await c.Expect(Keys.Exists(c.Key("z"))).AnswersAsync(false);
    }

    private static async Task Ranks_count_from_either_end(ConformanceContext c)
    {
        await c.GivenAsync(SortedSets.Add(c.Key("z"), E("a", 1), E("b", 2), E("c", 2)));
        await c.Expect(SortedSets.Rank(c.Key("z"), "a")).AnswersAsync(0);
        await c.Expect(SortedSets.Rank(c.Key("z"), "c")).AnswersAsync(2);
        await c.Expect(SortedSets.Rank(c.Key("z"), "c", Order.Descending)).AnswersAsync(0);
        await c.Expect(SortedSets.Rank(c.Key("z"), "x")).AnswersAsync((long?)null);
    }

    private static async Task Pop_takes_from_either_end(ConformanceContext c)
    {
        var z = c.Key("z");
        await c.GivenAsync(SortedSets.Add(z, E("a", 1), E("b", 2), E("c", 3), E("d", 4), E("e", 5)));
        await c.Expect(SortedSets.PopMin(z)).AnswersAsync(new SortedSetEntry("a", 1));
        await c.Expect(SortedSets.PopMax(z)).AnswersAsync(new SortedSetEntry("e", 5));
        await c.Expect(SortedSets.PopMin(z, 0)).AnswersAsync([]);
        await c.Expect(SortedSets.PopMax(z, 2)).AnswersAsync([new("d", 4), new("c", 3)]);
        await c.Expect(SortedSets.PopMin(z, 10)).AnswersAsync([new("b", 2)]);
        await c.Expect(Keys.Exists(z)).AnswersAsync(false);
    }

    private static async Task Pop_first_takes_from_the_first_that_has_any(ConformanceContext c)
    {
        await c.GivenAsync(SortedSets.Add(c.Key("b"), E("m", 1), E("n", 2), E("o", 3)), SortedSets.Add(c.Key("c"), "p", 4));
        StoreKey[] keys = [c.Key("a"), c.Key("b"), c.Key("c")];
        await c.Expect(SortedSets.PopFirst(ScoreEnd.Max, 2, keys)).AnswersAsync(IsPop(c.Key("b"), new("o", 3), new("n", 2)), "o and n of b");
        await c.Expect(SortedSets.PopFirst(ScoreEnd.Min, 2, keys)).AnswersAsync(IsPop(c.Key("b"), new SortedSetEntry("m", 1)), "m of b");
        await c.Expect(SortedSets.PopFirst(ScoreEnd.Min, 1, keys)).AnswersAsync(IsPop(c.Key("c"), new SortedSetEntry("p", 4)), "p of c");
        await c.Expect(SortedSets.PopFirst(ScoreEnd.Min, 1, keys)).AnswersAsync((SortedSetPop?)null);
    }

    private static async Task Random_members_stay(ConformanceContext c)
    {
        await c.GivenAsync(SortedSets.Add(c.Key("z"), E("a", 1), E("b", 2), E("c", 3)));
        await c.Expect(SortedSets.RandomMember(c.Key("z"))).AnswersAsync(member => member == "a" || member == "b" || member == "c", "a member");
        await c.Expect(SortedSets.RandomMembers(c.Key("z"), 10)).AnswersInAnyOrderAsync("a", "b", "c");
        await c.Expect(SortedSets.RandomMembers(c.Key("z"), -10)).AnswersAsync(members => members.Length == 10, "ten members");
        await c.Expect(SortedSets.RandomMembersWithScores(c.Key("z"), 5)).AnswersInAnyOrderAsync(new("a", 1), new("b", 2), new("c", 3));
        await c.Expect(SortedSets.Length(c.Key("z"))).AnswersAsync(3);
    }

    private static async Task A_scan_sees_every_member(ConformanceContext c)
    {
        var entries = Enumerable.Range(0, 1000).Select(i => new SortedSetEntry($"m{i}", i / 4.0)).ToArray();
        await c.Expect(SortedSets.Add(c.Key("z"), entries)).AnswersAsync(1000);
        var seen = new Dictionary<StoreValue, double>();
        ulong cursor = 0;
        do
        {
            var page = await c.SendAsync(SortedSets.Scan(c.Key("z"), cursor, count: 50));
            foreach (var entry in page.Items)
            {
                seen[entry.Member] = entry.Score;
            }

            cursor = page.Cursor;
        }
        while (cursor != 0);
        EqualInAnyOrder(entries, seen.Select(pair => new SortedSetEntry(pair.Key, pair.Value)));
    }

    private static async Task Another_type_is_refused(ConformanceContext c)
    {
        var k = c.Key("k");
        await c.GivenAsync(Strings.Set(k, "v"));
        await c.Expect(SortedSets.Add(k, "m", 1)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.Increment(k, "m", 1)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.Remove(k, "m")).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.Score(k, "m")).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.Scores(k, "m")).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.Length(k)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.Rank(k, "m")).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.PopMin(k)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.PopFirst(ScoreEnd.Min, 1, c.Key("none"), k)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.RandomMember(k)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.Range(k, RankRange.All)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.RangeByScore(k, ScoreRange.All)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.RangeByLex(k, LexRange.All)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.CountByScore(k, ScoreRange.All)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.RemoveRange(k, RankRange.All)).FailsAsync<WrongTypeException>();
        await c.Expect(SortedSets.Scan(k)).FailsAsync<WrongTypeException>();
        await c.Expect(Strings.Get(k)).AnswersAsync("v");
    }

    private static Func<SortedSetPop?, bool> IsPop(StoreKey key, params SortedSetEntry[] entries) =>
        popped => popped is not null && popped.Key == key && popped.Entries.SequenceEqual(entries);

    private static SortedSetEntry E(StoreValue member, double score) => new(member, score);
}
