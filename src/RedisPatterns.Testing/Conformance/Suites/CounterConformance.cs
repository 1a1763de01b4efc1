using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about counters, estimates of distinct elements, and leaderboards.</summary>
public sealed class CounterConformance : ConformanceSuite
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 30, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Counters_count_for_each_subject),
        new(Counters_at_once_lose_nothing),
        new(A_counter_that_would_leave_its_range_stays),
        new(Counters_by_period_are_apart_and_end),
        new(Distinct_elements_are_counted_once),
        new(Distinct_elements_of_several_periods_are_counted_once),
        new(A_leaderboard_is_what_a_sorted_list_is, StoreFeatures.Scripts),
        new(Ties_share_a_rank_and_come_together, StoreFeatures.Scripts),
        new(Better_scores_alone_are_taken, StoreFeatures.Scripts),
        new(Leaderboards_by_period_are_apart_and_end, StoreFeatures.Scripts),
        new(Bad_input_is_refused),
    ];

    private static async Task Counters_count_for_each_subject(ConformanceContext c)
    {
        var views = c.Store.Keyspace(c.Tag).Counter("views");
        Equal(0L, await views.GetAsync("a:b", c.CancellationToken));
        Equal(1L, await views.IncrementAsync("a:b", cancellationToken: c.CancellationToken));
        Equal(-4L, await views.IncrementAsync("a:b", -5, c.CancellationToken));
        Equal(7L, await views.IncrementAsync("a%3Ab", 7, c.CancellationToken));
        Equal(3L, await c.Store.Keyspace(c.Tag).Counter("others").IncrementAsync("a:b", 3, c.CancellationToken));
        Equal([-4L, 0L, 7L], await views.GetManyAsync(["a:b", "none", "a%3Ab"], c.CancellationToken));
        Equal([], await views.GetManyAsync([], c.CancellationToken));
        Equal(-4L, await views.ResetAsync("a:b", c.CancellationToken));
        Equal(0L, await views.ResetAsync("a:b", c.CancellationToken));
        Equal(1L, await views.IncrementAsync("a:b", cancellationToken: c.CancellationToken));
        await c.Expect(Strings.Get($"{{{c.Tag}}}:count:views:a%3Ab")).AnswersAsync("1");
    }

    private static async Task Counters_at_once_lose_nothing(ConformanceContext c)
    {
        var now = c.Now;
        var views = c.Store.Keyspace(c.Tag).Counter("views", Period.Year, TimeSpan.FromDays(400)).In(now);
        var values = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => views.IncrementAsync("a", 2, c.CancellationToken).AsTask()));
        EqualInAnyOrder(Enumerable.Range(1, 40).Select(i => 2L * i), values);
    }

    private static async Task A_counter_that_would_leave_its_range_stays(ConformanceContext c)
    {
        var now = c.Now;
        var views = c.Store.Keyspace(c.Tag).Counter("views");
        await views.IncrementAsync("a", long.MaxValue, c.CancellationToken);
        await ThrowsAsync<StoreException>(async () => await views.IncrementAsync("a", cancellationToken: c.CancellationToken));
        Equal(long.MaxValue, await views.GetAsync("a", c.CancellationToken));
        var kept = c.Store.Keyspace(c.Tag).Counter("views", Period.Year, TimeSpan.FromDays(400)).In(now);
        await kept.IncrementAsync("a", long.MaxValue, c.CancellationToken);
        await ThrowsAsync<StoreException>(async () => await kept.IncrementAsync("a", cancellationToken: c.CancellationToken));
        Equal(long.MaxValue, await kept.GetAsync("a", c.CancellationToken));
    }

    private static async Task Counters_by_period_are_apart_and_end(ConformanceContext c)
    {
        var now = c.Now;
        var clock = new ManualTimeProvider(Monday);
        var daily = c.Store.Keyspace(c.Tag).Counter("views", Period.Day, timeProvider: clock);
        await daily.Current.IncrementAsync("a", 5, c.CancellationToken);
        clock.Advance(TimeSpan.FromDays(2));
        await daily.Current.IncrementAsync("a", 2, c.CancellationToken);
        await daily.In(Monday.AddHours(13)).IncrementAsync("a", 1, c.CancellationToken);
        Equal(
            [new PeriodValue<long>(Period.Day.StartOf(Monday), 6), new(Period.Day.StartOf(Monday).AddDays(1), 0), new(Period.Day.StartOf(Monday).AddDays(2), 2)],
            await daily.GetAsync("a", Monday, clock.GetUtcNow(), c.CancellationToken));
        Equal(0L, await c.Store.Keyspace(c.Tag).Counter("views").GetAsync("a", c.CancellationToken));
        await c.Expect(Strings.Get($"{{{c.Tag}}}:count:views:a:2026-11-23")).AnswersAsync("6");
        await c.Expect(Keys.ExpireTime($"{{{c.Tag}}}:count:views:a:2026-11-23")).AnswersAsync(new ExpireTime(true, null));

        var kept = c.Store.Keyspace(c.Tag).Counter("kept", Period.Hour, TimeSpan.FromDays(3));
        await kept.In(now).IncrementAsync("a", cancellationToken: c.CancellationToken);
        await kept.In(now).IncrementAsync("a", cancellationToken: c.CancellationToken);
        Equal(2L, await kept.In(now).GetAsync("a", c.CancellationToken));
        await c.Expect(Keys.ExpireTime($"{{{c.Tag}}}:count:kept:a:{now.UtcDateTime:yyyy-MM-dd'T'HH}")).AnswersAsync(new ExpireTime(true, Period.Hour.StartOf(now).AddHours(1).AddDays(3)));

        // What need not be kept any more is not counted.
        await kept.In(now.AddDays(-4)).IncrementAsync("a", cancellationToken: c.CancellationToken);
        Equal(0L, await kept.In(now.AddDays(-4)).GetAsync("a", c.CancellationToken));
    }

    private static async Task Distinct_elements_are_counted_once(ConformanceContext c)
    {
        var visitors = c.Store.Keyspace(c.Tag).DistinctCounter("visitors");
        Equal(0L, await visitors.CountAsync("home", c.CancellationToken));
        True(await visitors.AddAsync("home", ["ann", "bob", "ann"], c.CancellationToken));
        True(!await visitors.AddAsync("home", ["bob"], c.CancellationToken));
        await visitors.AddAsync("about", ["bob", "cid"], c.CancellationToken);
        Equal(2L, await visitors.CountAsync("home", c.CancellationToken));
        Equal(3L, await visitors.CountAnyAsync(["home", "about", "none"], c.CancellationToken));
        for (var i = 0; i < 20; i++)
        {
            await visitors.AddAsync("many", [.. Enumerable.Range(i * 450, 500).Select(number => $"visitor {number}")], c.CancellationToken);
        }

        var count = await visitors.CountAsync("many", c.CancellationToken);
        True(Math.Abs(count - 9_050) < 9_050 * 0.04, $"{count} of 9050");
        True(await visitors.ResetAsync("home", c.CancellationToken));
        Equal(0L, await visitors.CountAsync("home", c.CancellationToken));
    }

    private static async Task Distinct_elements_of_several_periods_are_counted_once(ConformanceContext c)
    {
        var now = c.Now;
        var clock = new ManualTimeProvider(Monday);
        var weekly = c.Store.Keyspace(c.Tag).DistinctCounter("visitors", Period.Week, timeProvider: clock);
        await weekly.Current.AddAsync("home", ["ann", "bob"], c.CancellationToken);
        clock.Advance(TimeSpan.FromDays(7));
        await weekly.Current.AddAsync("home", ["bob", "cid"], c.CancellationToken);
        Equal(2L, await weekly.Current.CountAsync("home", c.CancellationToken));
        Equal(2L, await weekly.In(Monday).CountAsync("home", c.CancellationToken));
        Equal(3L, await weekly.CountAsync("home", Monday, clock.GetUtcNow(), c.CancellationToken));
        var kept = c.Store.Keyspace(c.Tag).DistinctCounter("kept", Period.Day, TimeSpan.FromDays(1)).In(now);
        await kept.AddAsync("home", ["ann"], c.CancellationToken);
        await c.Expect(Keys.ExpireTime($"{{{c.Tag}}}:distinct:kept:home:{now.UtcDateTime:yyyy-MM-dd}")).AnswersAsync(new ExpireTime(true, Period.Day.StartOf(now).AddDays(2)));
    }

    private static async Task A_leaderboard_is_what_a_sorted_list_is(ConformanceContext c)
    {
        foreach (var order in (Order[])[Order.Descending, Order.Ascending])
        {
            var board = c.Store.Keyspace(c.Tag).Leaderboard("scores-" + order, order);
            Equal([], await board.TopAsync(3, cancellationToken: c.CancellationToken));
            Equal(null, await board.GetAsync("a", c.CancellationToken));
            var (random, scores) = (new Random(5), new Dictionary<string, double>(StringComparer.Ordinal));
            for (var i = 0; i < 120; i++)
            {
                var (member, score) = ("m" + random.Next(30), random.Next(-10, 10) / 2.0);
                switch (random.Next(4))
                {
                    case 0:
                        Equal(!scores.ContainsKey(member), await board.SetAsync(member, score, c.CancellationToken));
                        scores[member] = score;
                        break;
                    case 1:
                        scores[member] = scores.GetValueOrDefault(member) + score;
                        Equal(scores[member], await board.AddAsync(member, score, c.CancellationToken));
                        break;
                    case 2:
                        var isBetter = !scores.TryGetValue(member, out var old) || (order == Order.Descending ? score > old : score < old);
                        Equal(isBetter, await board.SetIfBetterAsync(member, score, c.CancellationToken));
                        scores[member] = isBetter ? score : old;
                        break;
                    default:
                        Equal(scores.Remove(member), await board.RemoveAsync(member, c.CancellationToken));
                        break;
                }
            }

            var list = Sorted(scores, order);
            Equal((long)list.Count, await board.CountAsync(c.CancellationToken));
            foreach (var (skip, count) in ((int, int)[])[(0, 1), (0, 7), (3, 5), (list.Count - 2, 10), (list.Count, 5), (0, 1_000)])
            {
                Equal(list.Skip(skip).Take(count), await board.TopAsync(count, skip: skip, cancellationToken: c.CancellationToken));
            }

            for (var i = 0; i < list.Count; i++)
            {
                Equal(list[i], await board.GetAsync(list[i].Member, c.CancellationToken));
                Equal(list.Skip(Math.Max(0, i - 2)).Take(Math.Min(i, 2) + 3), await board.AroundAsync(list[i].Member, 2, c.CancellationToken));
            }

            Equal([], await board.AroundAsync("nobody", 2, c.CancellationToken));
            True(await board.ClearAsync(c.CancellationToken));
            Equal(0L, await board.CountAsync(c.CancellationToken));
        }
    }

    private static List<LeaderboardEntry> Sorted(Dictionary<string, double> scores, Order order)
    {
        var rows = order == Order.Descending
            ? scores.OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key, StringComparer.Ordinal)
            : scores.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal);
        return [.. rows.Select(pair => new LeaderboardEntry(pair.Key, pair.Value, 1 + scores.Values.Count(score => order == Order.Descending ? score > pair.Value : score < pair.Value)))];
    }

    private static async Task Ties_share_a_rank_and_come_together(ConformanceContext c)
    {
        var board = c.Store.Keyspace(c.Tag).Leaderboard("scores");
        foreach (var (member, score) in ((string, double)[])[("a", 9), ("b", 7), ("c", 7), ("d", 7), ("e", 1), ("f", double.PositiveInfinity)])
        {
            await board.SetAsync(member, score, c.CancellationToken);
        }

        Equal([("f", 1L), ("a", 2L), ("d", 3L), ("c", 3L), ("b", 3L), ("e", 6L)], (await board.TopAsync(6, cancellationToken: c.CancellationToken)).Select(entry => (entry.Member, entry.Rank)));
        Equal(["f", "a", "d", "c", "b"], (await board.TopAsync(3, withTies: true, cancellationToken: c.CancellationToken)).Select(entry => entry.Member));
        Equal(["f", "a"], (await board.TopAsync(2, withTies: true, cancellationToken: c.CancellationToken)).Select(entry => entry.Member));
        Equal(["c", "b"], (await board.TopAsync(1, withTies: true, skip: 3, cancellationToken: c.CancellationToken)).Select(entry => entry.Member));
        Equal(6, (await board.TopAsync(1_000, withTies: true, cancellationToken: c.CancellationToken)).Count);
        Equal([("d", 3L), ("c", 3L), ("b", 3L)], (await board.AroundAsync("c", 1, c.CancellationToken)).Select(entry => (entry.Member, entry.Rank)));
    }

    private static async Task Better_scores_alone_are_taken(ConformanceContext c)
    {
        var laps = c.Store.Keyspace(c.Tag).Leaderboard("laps", Order.Ascending);
        True(await laps.SetIfBetterAsync("ann", 61.5, c.CancellationToken));
        True(!await laps.SetIfBetterAsync("ann", 62, c.CancellationToken));
        True(!await laps.SetIfBetterAsync("ann", 61.5, c.CancellationToken));
        True(await laps.SetIfBetterAsync("ann", 60.25, c.CancellationToken));
        Equal(new LeaderboardEntry("ann", 60.25, 1), await laps.GetAsync("ann", c.CancellationToken));
    }

    private static async Task Leaderboards_by_period_are_apart_and_end(ConformanceContext c)
    {
        var now = c.Now;
        var clock = new ManualTimeProvider(Monday);
        var monthly = c.Store.Keyspace(c.Tag).Leaderboard("scores", Period.Month, timeProvider: clock);
        await monthly.Current.SetAsync("ann", 5, c.CancellationToken);
        clock.Advance(TimeSpan.FromDays(20));
        await monthly.Current.AddAsync("bob", 7, c.CancellationToken);
        Equal([new LeaderboardEntry("bob", 7, 1)], await monthly.Current.TopAsync(10, cancellationToken: c.CancellationToken));
        Equal([new LeaderboardEntry("ann", 5, 1)], await monthly.In(Monday).TopAsync(10, cancellationToken: c.CancellationToken));
        var kept = c.Store.Keyspace(c.Tag).Leaderboard("kept", Period.Week, TimeSpan.FromDays(7)).In(now);
        await kept.SetIfBetterAsync("ann", 1, c.CancellationToken);
        await kept.AddAsync("ann", 2, c.CancellationToken);
        Equal(new LeaderboardEntry("ann", 3, 1), await kept.GetAsync("ann", c.CancellationToken));
        await c.Expect(Keys.ExpireTime($"{{{c.Tag}}}:ranks:kept:{System.Globalization.ISOWeek.GetYear(now.UtcDateTime):D4}-W{System.Globalization.ISOWeek.GetWeekOfYear(now.UtcDateTime):D2}"))
            .AnswersAsync(new ExpireTime(true, Period.Week.StartOf(now).AddDays(14)));
    }

    private static async Task Bad_input_is_refused(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.Counter("a:b")));
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.Leaderboard("a b")));
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.DistinctCounter("", Period.Day)));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(keyspace.Counter("a", Period.Day, TimeSpan.FromTicks(-1))));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(keyspace.Counter("a", (Period)50)));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.Counter("a").IncrementAsync("", cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.Counter("a", Period.Hour).GetAsync("x", Monday, Monday.AddDays(60), c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.DistinctCounter("a").AddAsync("x", [], c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.DistinctCounter("a").CountAnyAsync([], c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.Leaderboard("a").SetAsync("x", double.NaN, c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.Leaderboard("a").SetAsync("", 1, c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Leaderboard("a").TopAsync(0, cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Leaderboard("a").TopAsync(1_001, cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Leaderboard("a").AroundAsync("x", 501, c.CancellationToken));
        Equal([], await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken));
    }
}
