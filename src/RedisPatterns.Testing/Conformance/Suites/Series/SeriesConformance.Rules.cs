namespace RedisPatterns.Testing;

public abstract partial class SeriesConformance
{
    private TimeSeriesOptions Ruled(DuplicatePolicy duplicates = DuplicatePolicy.Last, params SeriesRule[] rules) =>
        new() { Engine = _engine, Period = TimeSpan.FromMinutes(10), Duplicates = duplicates, Rules = rules, Transactions = new() { MaximumAttempts = 200 } };

    private static SeriesRule Rule(string name, Aggregator aggregator, double minutes, string? from = null, double? window = null)
    {
        var aggregation = new Aggregation(aggregator, TimeSpan.FromMinutes(minutes)) { Window = window is { } length ? TimeSpan.FromMinutes(length) : null };
        return new(name, aggregation) { From = from };
    }

    private async Task Rules_follow_their_samples(ConformanceContext c)
    {
        var series = Series(c, options: Ruled(rules: [Rule("sum", Aggregator.Sum, 5), Rule("most", Aggregator.Maximum, 15, from: "sum"), Rule("rolling", Aggregator.Average, 5, window: 15)]));
        Task<SeriesData> ReadAsync(string rule) => series.Resolution(rule).RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken).AsTask();
        await series.AddAsync("a", Enumerable.Range(0, 10).Select(i => At(i, i)).ToArray(), c.CancellationToken);
        Equal([At(0, 10), At(5, 35)], await ReadAsync("sum"));
        Equal([At(0, 35)], await ReadAsync("most"));
        Equal([At(0, 2), At(5, 4.5), At(10, 4.5), At(15, 7)], await ReadAsync("rolling"));
        await series.AddAsync("a", At(2.5, 100), c.CancellationToken);
        await series.AddAsync("a", At(17, 1), c.CancellationToken);
        Equal([At(0, 110), At(5, 35), At(15, 1)], await ReadAsync("sum"));
        Equal([At(0, 110), At(15, 1)], await ReadAsync("most"));
        await series.AddAsync("a", At(2.5, 3), c.CancellationToken);
        Equal([At(0, 13), At(5, 35), At(15, 1)], await ReadAsync("sum"));
        Equal(5L, await series.DeleteAsync("a", Minutes(5, 10), c.CancellationToken));
        Equal([At(0, 13), At(15, 1)], await ReadAsync("sum"));
        Equal([At(0, 13), At(15, 1)], await ReadAsync("most"));
        await series.DeclareAsync("b", new Dictionary<string, string> { ["x"] = "1" }, c.CancellationToken);
        await series.AddAsync("b", At(0, 7), c.CancellationToken);
        var groups = await series.Resolution("most").GroupsAsync(SeriesFilter.All, TimeRange.All, "x", Aggregator.Sum, cancellationToken: c.CancellationToken);
        Equal([At(0, 7)], groups[0].Samples);
        Equal(0L, await series.RunRulesAsync(c.CancellationToken), "what was read is worked off");
        await series.AddAsync("b", At(1, 7), c.CancellationToken);
        True(await series.RunRulesAsync(c.CancellationToken) > 0, "there is a change");
        Equal(0L, await series.RunRulesAsync(c.CancellationToken));
        await series.RemoveAsync("a", c.CancellationToken);
        Equal([], await ReadAsync("most"));
        await series.RemoveAsync("b", c.CancellationToken);
        Equal(false, (await KeysAsync(c)).Exists(key => key.Contains(":a", StringComparison.Ordinal) || key.EndsWith(":b", StringComparison.Ordinal)), "keys that stayed");
    }

    private async Task Rules_are_worked_off_once_however_many_try(ConformanceContext c)
    {
        var series = Series(c, options: Ruled(DuplicatePolicy.Sum, Rule("sum", Aggregator.Sum, 5), Rule("all", Aggregator.Sum, 60, from: "sum")));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async worker =>
        {
            for (var i = 0; i < 10; i++)
            {
                await series.AddAsync("a", At(i, 1), c.CancellationToken);
                await series.RunRulesAsync(c.CancellationToken);
            }
        }));
        Equal([At(0, 30), At(5, 30)], await series.Resolution("sum").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal([At(0, 60)], await series.Resolution("all").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private async Task A_change_while_a_rule_is_worked_off_is_not_missed(ConformanceContext c)
    {
        // At each call of one who works it off, another works it off before, and a sample comes besides: what is marked looks as it did.
        var (options, interruptions) = (Ruled(DuplicatePolicy.Sum, Rule("sum", Aggregator.Sum, 5)), 0);
        var series = Series(c, options: options);
        for (var at = 1; at <= 8; at++)
        {
            var (name, calls) = ($"s{at}", 0);
            await series.AddAsync(name, At(0, 1), c.CancellationToken);
            await using var interrupted = new InterruptedKeyValueStore(c.Store, async () =>
            {
                if (++calls == at)
                {
                    interruptions++;
                    await series.RunRulesAsync(c.CancellationToken).ConfigureAwait(false);
                    await series.AddAsync(name, At(1, 2), c.CancellationToken).ConfigureAwait(false);
                }
            });
            await interrupted.Keyspace(c.Tag).TimeSeries("s", options).RunRulesAsync(c.CancellationToken);
            var samples = await series.RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken);
            Equal([At(0, samples.Sum(sample => sample.Value))], await series.Resolution("sum").RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken), name);
        }

        True(interruptions >= 5);
    }

    private async Task A_series_that_is_made_anew_while_a_rule_is_worked_off_keeps_nothing_of_the_old_one(ConformanceContext c)
    {
        var (options, interruptions) = (Ruled(DuplicatePolicy.Sum, Rule("sum", Aggregator.Sum, 5)), 0);
        var series = Series(c, options: options);
        for (var at = 1; at <= 8; at++)
        {
            var (name, calls) = ($"s{at}", 0);
            await series.AddAsync(name, At(0, 1), c.CancellationToken);
            await using var interrupted = new InterruptedKeyValueStore(c.Store, async () =>
            {
                if (++calls == at)
                {
                    interruptions++;
                    await series.RemoveAsync(name, c.CancellationToken).ConfigureAwait(false);
                    await series.AddAsync(name, At(0, 2), c.CancellationToken).ConfigureAwait(false);
                }
            });
            await interrupted.Keyspace(c.Tag).TimeSeries("s", options).RunRulesAsync(c.CancellationToken);
            var samples = await series.RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken);
            Equal(samples, await series.Resolution("sum").RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken), name);
        }

        True(interruptions >= 5);
    }

    private async Task A_rule_can_be_added_later(ConformanceContext c)
    {
        await Series(c).AddAsync("a", Enumerable.Range(0, 30).Select(i => At(i, 1)).ToArray(), c.CancellationToken);
        var series = Series(c, options: Ruled(rules: [Rule("count", Aggregator.Count, 10), Rule("sum", Aggregator.Sum, 20, from: "count")]));
        Equal([], await series.Resolution("sum").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        await series.AddAsync("a", At(10, 1), c.CancellationToken);
        Equal([At(10, 10)], await series.Resolution("count").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        True(await series.RebuildRulesAsync(SeriesFilter.All, c.CancellationToken) >= 3);
        Equal([At(0, 10), At(10, 10), At(20, 10)], await series.Resolution("count").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal([At(0, 20), At(20, 10)], await series.Resolution("sum").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private async Task Rules_that_do_not_fit_are_refused(ConformanceContext c)
    {
        await ThrowsAsync<ModelException>(() => Task.FromResult(Series(c, options: Ruled(rules: [Rule("x", Aggregator.Sum, 1), Rule("x", Aggregator.Sum, 2)]))));
        await ThrowsAsync<ModelException>(() => Task.FromResult(Series(c, options: Ruled(rules: [Rule("x", Aggregator.Sum, 1, from: "y"), Rule("y", Aggregator.Sum, 2)]))));
        await ThrowsAsync<ModelException>(() => Task.FromResult(Rule("a,b", Aggregator.Sum, 1)));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(new SeriesRule("x", new(Aggregator.Sum, Period.Month))));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(new SeriesRule("x", new(Aggregator.Sum, TimeSpan.FromMinutes(1)) { Empty = EmptyBuckets.Zero })));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(Series(c).Resolution("none")));
    }

    private async Task A_rule_that_is_kept_otherwise_is_refused_before_anything_is_written(ConformanceContext c)
    {
        var series = Series(c, options: Ruled(rules: [Rule("sum", Aggregator.Sum, 5), Rule("all", Aggregator.Sum, 60, from: "sum")]));
        await series.AddAsync("a", At(0, 1), c.CancellationToken);
        await series.RunRulesAsync(c.CancellationToken);
        var other = Series(c, options: Ruled(rules: [Rule("sum", Aggregator.Sum, 5) with { Period = TimeSpan.FromMinutes(7) }, Rule("all", Aggregator.Sum, 60, from: "sum")]));
        await other.AddAsync("a", At(1, 1), c.CancellationToken);
        await ThrowsAsync<SeriesOptionsException>(async () => await other.Resolution("all").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        await ThrowsAsync<SeriesOptionsException>(async () => await other.RunRulesAsync(c.CancellationToken));
        Equal([At(0, 2)], await series.Resolution("all").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private async Task Rules_follow_any_sequence_of_operations(ConformanceContext c)
    {
        foreach (var policy in (DuplicatePolicy[])[DuplicatePolicy.Last, DuplicatePolicy.Sum, DuplicatePolicy.Block])
        {
            var options = Ruled(
                policy,
                Rule("sum", Aggregator.Sum, 2),
                Rule("least", Aggregator.Minimum, 7, from: "sum"),
                Rule("last", Aggregator.Last, 3),
                Rule("rolling", Aggregator.Sum, 4, window: 12),
                Rule("count", Aggregator.Count, 16, from: "rolling"));
            await SeriesFuzz.RunAsync(
                Series(c, $"{policy}", options), new SeriesOracle(options), [.. options.Rules.Select(rule => rule.Name)], PeriodLength, seed: 31 + (int)policy, operations: 40, c.CancellationToken);
        }
    }

    private async Task The_coarsest_rule_answers_where_it_can(ConformanceContext c)
    {
        var series = Series(c, options: Ruled(rules:
        [
            Rule("sum5", Aggregator.Sum, 5), Rule("sum15", Aggregator.Sum, 15, from: "sum5"), Rule("mean10", Aggregator.Average, 10),
            Rule("count5", Aggregator.Count, 5), Rule("count30", Aggregator.Sum, 30, from: "count5"), Rule("most", Aggregator.Maximum, 15, from: "sum5"),
        ]));
        await series.AddAsync("a", Enumerable.Range(0, 180).Select(i => At(i, i % 7)).ToArray(), c.CancellationToken);
        (Aggregation Wanted, TimeRange Range, string? Rule)[] cases =
        [
            (new(Aggregator.Sum, TimeSpan.FromMinutes(30)), TimeRange.All, "sum15"), (new(Aggregator.Sum, TimeSpan.FromMinutes(10)), TimeRange.All, "sum5"),
            (new(Aggregator.Sum, TimeSpan.FromMinutes(30)), Minutes(5, 65), "sum5"), (new(Aggregator.Sum, TimeSpan.FromMinutes(30)), Minutes(1, 65), null),
            (new(Aggregator.Sum, Period.Hour), TimeRange.All, "sum15"), (new(Aggregator.Average, TimeSpan.FromMinutes(10)), TimeRange.All, "mean10"),
            (new(Aggregator.Average, TimeSpan.FromMinutes(20)), TimeRange.All, null), (new(Aggregator.Count, TimeSpan.FromMinutes(60)), TimeRange.All, "count30"),
            (new(Aggregator.Count, TimeSpan.FromMinutes(10)) { Window = TimeSpan.FromMinutes(30) }, Minutes(30, 100), "count5"),
            (new(Aggregator.Maximum, TimeSpan.FromMinutes(15)), TimeRange.All, null), (new(Aggregator.Sum, TimeSpan.FromMinutes(1)), TimeRange.All, null),
            (new(Aggregator.Sum, TimeSpan.FromMinutes(15)) { Origin = Noon.AddMinutes(1) }, TimeRange.All, null),
            (new(Aggregator.Sum, TimeSpan.FromMinutes(15)) { Origin = Noon.AddMinutes(5) }, TimeRange.All, "sum5"),
        ];
        foreach (var (wanted, range, rule) in cases)
        {
            var options = new SeriesRangeOptions { Aggregation = wanted, UsesRules = true };
            Equal(rule, series.Explain(range, options).Rule, $"{wanted}");
            Equal(await series.RangeAsync("a", range, options with { UsesRules = false }, c.CancellationToken), await series.RangeAsync("a", range, options, c.CancellationToken), $"{wanted}");
            Equal(
                await series.RangeAsync("a", range, options with { UsesRules = false, IsDescending = true }, c.CancellationToken),
                await StreamAsync(c, series, options with { IsDescending = true }, range),
                $"{wanted}");
        }
    }
}
