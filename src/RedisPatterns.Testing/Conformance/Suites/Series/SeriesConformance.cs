using System.Runtime.CompilerServices;

namespace RedisPatterns.Testing;

/// <summary>What every engine of time series promises on every store.</summary>
public abstract partial class SeriesConformance : ConformanceSuite
{
    private const long PeriodLength = 600_000;
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly SeriesEngine _engine;

    private protected SeriesConformance(SeriesEngine engine, StoreFeatures features = StoreFeatures.Scripts, params ConformanceTest[] own)
    {
        _engine = engine;
        Tests =
        [
            new(Samples_come_back_in_the_order_of_time, features),
            new(Ranges_have_their_beginning_and_not_their_end, features),
            new(A_duplicate_becomes_what_the_policy_says, features),
            new(A_duplicate_that_is_blocked_is_refused_and_told, features),
            new(Small_changes_are_left_out, features),
            new(Bad_samples_are_refused_before_anything_is_written, features),
            new(Any_text_can_be_a_name, features),
            new(Series_are_found_by_their_labels, features),
            new(Labels_can_be_replaced, features),
            new(Adding_declares_a_series_unless_it_must_be_declared, features),
            new(Buckets_are_aggregated, features),
            new(Buckets_can_be_calendar_periods_and_gaps_filled, features),
            new(Rolling_values_are_of_a_window, features),
            new(The_latest_sample_is_found, features),
            new(Many_series_are_read_and_grouped, features),
            new(Increments_add_to_the_latest_value, features),
            new(A_range_is_deleted, features),
            new(A_removed_series_leaves_nothing, features),
            new(A_long_series_comes_page_by_page, features),
            new(Other_options_are_refused, features),
            new(Adders_at_once_lose_nothing, features),
            new(Any_sequence_of_operations_ends_as_in_the_model, features),
            new(Rules_follow_their_samples, features),
            new(Rules_are_worked_off_once_however_many_try, features),
            new(A_change_while_a_rule_is_worked_off_is_not_missed, features),
            new(A_series_that_is_made_anew_while_a_rule_is_worked_off_keeps_nothing_of_the_old_one, features),
            new(A_rule_can_be_added_later, features),
            new(Rules_that_do_not_fit_are_refused, features),
            new(A_rule_that_is_kept_otherwise_is_refused_before_anything_is_written, features),
            new(Rules_follow_any_sequence_of_operations, features),
            new(Periods_are_dropped_by_age_and_by_count, features),
            new(Nothing_is_dropped_that_the_archive_has_not_got, features),
            new(What_rules_keep_outlives_the_samples, features),
            new(Retention_follows_any_sequence_of_operations, features),
            new(The_coarsest_rule_answers_where_it_can, features),
            new(A_crash_at_any_call_loses_and_doubles_nothing, features),
            .. own,
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; }

    private TimeSeriesOptions Options(DuplicatePolicy duplicates = DuplicatePolicy.Last, SmallChange? ignore = null) =>
        new() { Engine = _engine, Period = TimeSpan.FromMinutes(10), Duplicates = duplicates, Ignore = ignore };

    private KeyspaceTimeSeries Series(ConformanceContext c, string name = "s", TimeSeriesOptions? options = null) =>
        c.Store.Keyspace(c.Tag).TimeSeries(name, options ?? Options());

    private protected static SeriesSample At(double minutes, double value) => new(Noon.AddMinutes(minutes), value);

    private static TimeRange Minutes(double from, double to) => TimeRange.Between(Noon.AddMinutes(from), Noon.AddMinutes(to));

    private async Task Samples_come_back_in_the_order_of_time(ConformanceContext c)
    {
        var series = Series(c);
        True(await series.AddAsync("a", At(3, 0.1), c.CancellationToken));
        True(await series.AddAsync("a", At(1, -2.5e300), c.CancellationToken));
        var report = await series.AddAsync("a", new[] { At(25, 4), At(2, double.Epsilon), At(-40, -0.0) }, c.CancellationToken);
        Equal(3L, report.Written);
        Equal(0, report.Refused.Count);
        await series.AddAsync([new("b", At(1, 7)), new("a", At(4, 1.0 / 3)), new("b", At(0, 8))], c.CancellationToken);
        Equal([At(-40, -0.0), At(1, -2.5e300), At(2, double.Epsilon), At(3, 0.1), At(4, 1.0 / 3), At(25, 4)], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal([At(0, 8), At(1, 7)], await series.RangeAsync("b", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal([], await series.RangeAsync("none", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal(true, double.IsNegative((await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken))[0].Value));
        Equal([new SeriesSample(0, 1), new SeriesSample(253_402_300_799_999, 2)], await EdgesAsync(c, series));
    }

    private static async Task<SeriesData> EdgesAsync(ConformanceContext c, KeyspaceTimeSeries series)
    {
        await series.AddAsync("edges", new SeriesSample[] { new(253_402_300_799_999, 2), new(0, 1) }, c.CancellationToken);
        return await series.RangeAsync("edges", TimeRange.All, cancellationToken: c.CancellationToken);
    }

    private async Task Ranges_have_their_beginning_and_not_their_end(ConformanceContext c)
    {
        var series = Series(c);
        var samples = Enumerable.Range(0, 60).Select(i => At(i, i)).ToArray();
        await series.AddAsync("a", samples, c.CancellationToken);
        Equal(samples[5..25], await series.RangeAsync("a", Minutes(5, 25), cancellationToken: c.CancellationToken));
        Equal(samples[..30], await series.RangeAsync("a", TimeRange.Until(Noon.AddMinutes(30)), cancellationToken: c.CancellationToken));
        Equal(samples[30..], await series.RangeAsync("a", TimeRange.Since(Noon.AddMinutes(30)), cancellationToken: c.CancellationToken));
        Equal([], await series.RangeAsync("a", Minutes(5, 5), cancellationToken: c.CancellationToken));
        Equal([], await series.RangeAsync("a", Minutes(70, 90), cancellationToken: c.CancellationToken));
        Equal(samples[5..25].Reverse(), await series.RangeAsync("a", Minutes(5, 25), new() { IsDescending = true }, c.CancellationToken));
        Equal(samples[5..8], await series.RangeAsync("a", Minutes(5, 25), new() { Limit = 3 }, c.CancellationToken));
        Equal(samples[13..25].Reverse(), await series.RangeAsync("a", Minutes(5, 25), new() { Limit = 12, IsDescending = true }, c.CancellationToken));
        Equal(samples[9..30].Reverse(), await StreamAsync(c, series, new() { Limit = 21, IsDescending = true }, TimeRange.Until(Noon.AddMinutes(30))));
    }

    private static async Task<List<SeriesSample>> StreamAsync(ConformanceContext c, KeyspaceTimeSeries series, SeriesRangeOptions options, TimeRange range)
    {
        var samples = new List<SeriesSample>();
        await foreach (var sample in series.StreamAsync("a", range, options, c.CancellationToken))
        {
            samples.Add(sample);
        }

        return samples;
    }

    private async Task A_duplicate_becomes_what_the_policy_says(ConformanceContext c)
    {
        (DuplicatePolicy, double)[] policies =
        [
            (DuplicatePolicy.Last, 5), (DuplicatePolicy.First, 4), (DuplicatePolicy.Minimum, -1), (DuplicatePolicy.Maximum, 9), (DuplicatePolicy.Sum, 17),
        ];
        foreach (var (policy, expected) in policies)
        {
            var series = Series(c, policy.ToString(), Options(policy));
            foreach (var value in (double[])[4, 9, -1])
            {
                True(await series.AddAsync("a", At(0, value), c.CancellationToken));
            }

            await series.AddAsync("a", new[] { At(1, 1), At(0, 0), At(0, 5) }, c.CancellationToken);
            Equal([At(0, expected), At(1, 1)], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken), policy.ToString());
        }
    }

    private async Task A_duplicate_that_is_blocked_is_refused_and_told(ConformanceContext c)
    {
        var series = Series(c, options: Options(DuplicatePolicy.Block));
        True(await series.AddAsync("a", At(0, 1), c.CancellationToken));
        var error = await ThrowsAsync<DuplicateSampleException>(async () => await series.AddAsync("a", At(0, 1), c.CancellationToken));
        True(error.Message.StartsWith("s: ", StringComparison.Ordinal));
        var report = await series.AddAsync([new("b", At(0, 2)), new("a", At(0, 3)), new("a", At(1, 4)), new("b", At(0, 5)), new("a", At(1, 6))], c.CancellationToken);
        Equal(2L, report.Written);
        Equal([1, 3, 4], report.Refused);
        Equal([At(0, 1), At(1, 4)], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal([At(0, 2)], await series.RangeAsync("b", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private async Task Small_changes_are_left_out(ConformanceContext c)
    {
        var series = Series(c, options: Options(ignore: new SmallChange(TimeSpan.FromMinutes(15), 0.5)));
        True(await series.AddAsync("a", At(0, 10), c.CancellationToken));
        True(!await series.AddAsync("a", At(15, 10.5), c.CancellationToken));
        True(!await series.AddAsync("a", At(0, 9.5), c.CancellationToken));
        True(await series.AddAsync("a", At(16, 10.5), c.CancellationToken));
        True(await series.AddAsync("a", At(17, 11.25), c.CancellationToken));
        True(await series.AddAsync("a", At(12, 11.25), c.CancellationToken), "a late sample is kept");
        var report = await series.AddAsync("a", new[] { At(18, 11), At(19, 12), At(20, 12) }, c.CancellationToken);
        Equal((1L, 2L), (report.Written, report.Ignored));
        Equal([At(0, 10), At(12, 11.25), At(16, 10.5), At(17, 11.25), At(19, 12)], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private async Task Bad_samples_are_refused_before_anything_is_written(ConformanceContext c)
    {
        var series = Series(c);
        foreach (var bad in (SeriesSample[])[At(1, double.NaN), At(1, double.PositiveInfinity), At(1, double.NegativeInfinity), new(-1, 1), new(253_402_300_800_000, 1)])
        {
            await ThrowsAsync<SampleException>(async () => await series.AddAsync("a", bad, c.CancellationToken));
            await ThrowsAsync<SampleException>(async () => await series.AddAsync("a", new[] { At(0, 1), bad }, c.CancellationToken));
            var error = await ThrowsAsync<SampleException>(async () => await series.AddAsync([new("a", At(0, 1)), new("b", bad)], c.CancellationToken));
            True(error.Message.Contains("sample 1", StringComparison.Ordinal));
            await ThrowsAsync<SampleException>(async () => await series.IncrementAsync("a", bad.Value, bad.Timestamp, c.CancellationToken));
        }

        await ThrowsAsync<ArgumentException>(async () => await series.AddAsync("", At(0, 1), c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await series.AddAsync([new("a", At(0, 1)), new("", At(0, 1))], c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await series.DeclareAsync("a", new Dictionary<string, string> { [""] = "x" }, c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await series.DeclareAsync("a", new Dictionary<string, string> { ["x"] = "" }, c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await series.GroupsAsync(SeriesFilter.All, TimeRange.All, "x", Aggregator.First, cancellationToken: c.CancellationToken));
        await ThrowsAsync<ModelException>(() => Task.FromResult(c.Store.Keyspace(c.Tag).TimeSeries("a:b")));
        Equal([], await KeysAsync(c), "keys");
    }

    private async Task Any_text_can_be_a_name(ConformanceContext c)
    {
        var series = Series(c);
        string[] names = ["a", "a:b", "a%3Ab", "a:buckets", "{x}", "é☃\ud83d\ude00", " ", "%", "A"];
        for (var i = 0; i < names.Length; i++)
        {
            await series.DeclareAsync(names[i], new Dictionary<string, string> { ["name/of:it"] = names[i] }, c.CancellationToken);
            await series.AddAsync(names[i], At(0, i), c.CancellationToken);
        }

        for (var i = 0; i < names.Length; i++)
        {
            Equal([At(0, i)], await series.RangeAsync(names[i], TimeRange.All, cancellationToken: c.CancellationToken));
            Equal([names[i]], await NamesAsync(c, series, SeriesFilter.Is("name/of:it", names[i])));
        }
    }

    private async Task Series_are_found_by_their_labels(ConformanceContext c)
    {
        var series = Series(c);
        await DeclareAsync(c, series, "oslo-t", ("city", "oslo"), ("kind", "temperature"));
        await DeclareAsync(c, series, "oslo-r", ("city", "oslo"), ("kind", "rain"), ("unit", "mm"));
        await DeclareAsync(c, series, "rome-t", ("city", "rome"), ("kind", "temperature"));
        await DeclareAsync(c, series, "rome-r", ("city", "rome"), ("kind", "rain"));
        await DeclareAsync(c, series, "bare");
        Equal(["oslo-r", "oslo-t"], await NamesAsync(c, series, SeriesFilter.Is("city", "oslo")));
        Equal(["bare", "rome-r", "rome-t"], await NamesAsync(c, series, SeriesFilter.IsNot("city", "oslo")));
        Equal(["oslo-r", "oslo-t", "rome-r", "rome-t"], await NamesAsync(c, series, SeriesFilter.In("city", "oslo", "rome", "paris")));
        Equal([], await NamesAsync(c, series, SeriesFilter.In("city")));
        Equal(["oslo-r"], await NamesAsync(c, series, SeriesFilter.Has("unit")));
        Equal(["bare", "oslo-t", "rome-r", "rome-t"], await NamesAsync(c, series, SeriesFilter.Lacks("unit")));
        Equal(["rome-t"], await NamesAsync(c, series, SeriesFilter.Is("kind", "temperature") & SeriesFilter.IsNot("city", "oslo")));
        Equal(["oslo-r", "rome-t"], await NamesAsync(c, series, SeriesFilter.Has("unit") | (SeriesFilter.Is("city", "rome") & !SeriesFilter.Is("kind", "rain"))));
        Equal(["bare", "oslo-r", "oslo-t", "rome-r", "rome-t"], await NamesAsync(c, series, SeriesFilter.All));
        Equal([], await NamesAsync(c, series, !SeriesFilter.All));
        Equal(["oslo-r"], await NamesAsync(c, series, SeriesFilter.All & SeriesFilter.Has("unit")));
        Equal([], await NamesAsync(c, Series(c, "others"), SeriesFilter.All));
    }

    private async Task Labels_can_be_replaced(ConformanceContext c)
    {
        var series = Series(c);
        True(await series.DeclareAsync("a", new Dictionary<string, string> { ["city"] = "oslo", ["x"] = "1" }, c.CancellationToken));
        await series.AddAsync("a", At(0, 1), c.CancellationToken);
        True(!await series.DeclareAsync("a", new Dictionary<string, string> { ["city"] = "rome" }, c.CancellationToken));
        await series.AddAsync("a", At(1, 2), c.CancellationToken);
        Equal([], await NamesAsync(c, series, SeriesFilter.Is("city", "oslo") | SeriesFilter.Has("x")));
        Equal(["a"], await NamesAsync(c, series, SeriesFilter.Is("city", "rome")));
        var info = await series.InfoAsync("a", c.CancellationToken);
        Equal("city=rome", string.Join(',', info!.Series.Labels.Select(label => $"{label.Key}={label.Value}")));
        Equal((_engine, 2L, At(0, 1).Timestamp, At(1, 2).Timestamp), (info.Engine, info.Samples, info.First!.Value, info.Last!.Value));
        Equal(null, await series.InfoAsync("none", c.CancellationToken));
    }

    private async Task Adding_declares_a_series_unless_it_must_be_declared(ConformanceContext c)
    {
        var series = Series(c);
        await series.AddAsync("a", At(0, 1), c.CancellationToken);
        Equal(["a"], await NamesAsync(c, series, SeriesFilter.All));
        var strict = Series(c, "strict", new() { Engine = _engine, MustBeDeclared = true });
        var error = await ThrowsAsync<SeriesNotFoundException>(async () => await strict.AddAsync("secret", At(0, 1), c.CancellationToken));
        True(!error.Message.Contains("secret", StringComparison.Ordinal));
        await ThrowsAsync<SeriesNotFoundException>(async () => await strict.IncrementAsync("secret", 1, At(0, 1).Timestamp, c.CancellationToken));
        Equal([], await strict.RangeAsync("secret", TimeRange.All, cancellationToken: c.CancellationToken));
        await strict.DeclareAsync("secret", cancellationToken: c.CancellationToken);
        True(await strict.AddAsync("secret", At(0, 1), c.CancellationToken));
        True(await strict.RemoveAsync("secret", c.CancellationToken));
        await ThrowsAsync<SeriesNotFoundException>(async () => await strict.AddAsync("secret", At(0, 1), c.CancellationToken));
    }

    private async Task Buckets_are_aggregated(ConformanceContext c)
    {
        var series = Series(c);
        await series.AddAsync("a", new[] { At(0, 2), At(1, 4), At(3, 9), At(5, 1), At(21, 6), At(24, -6) }, c.CancellationToken);
        (Aggregator, double[])[] expected =
        [
            (Aggregator.Average, [5, 1, 0]), (Aggregator.Sum, [15, 1, 0]), (Aggregator.Minimum, [2, 1, -6]), (Aggregator.Maximum, [9, 1, 6]),
            (Aggregator.Count, [3, 1, 2]), (Aggregator.First, [2, 1, 6]), (Aggregator.Last, [9, 1, -6]), (Aggregator.Range, [7, 0, 12]),
            (Aggregator.PopulationVariance, [26.0 / 3, 0, 36]), (Aggregator.SampleVariance, [13, 0, 72]),
            (Aggregator.PopulationDeviation, [Math.Sqrt(26.0 / 3), 0, 6]), (Aggregator.SampleDeviation, [Math.Sqrt(13), 0, Math.Sqrt(72)]),
            (Aggregator.TimeWeightedAverage, [16.0 / 3, 1, 0]),
        ];
        foreach (var (aggregator, values) in expected)
        {
            var buckets = await series.RangeAsync("a", TimeRange.All, new() { Aggregation = new(aggregator, TimeSpan.FromMinutes(5)) }, c.CancellationToken);
            Equal([At(0, 0).Timestamp, At(5, 0).Timestamp, At(20, 0).Timestamp], buckets.Timestamps.ToArray(), aggregator.ToString());
            Near(values, buckets.Values.ToArray(), aggregator.ToString());
        }

        var shifted = new Aggregation(Aggregator.Sum, TimeSpan.FromMinutes(5)) { Origin = Noon.AddMinutes(1), At = BucketTime.End };
        Equal([At(1, 2), At(6, 14), At(26, 0)], await series.RangeAsync("a", TimeRange.All, new() { Aggregation = shifted }, c.CancellationToken));
        Equal([At(26, 0), At(6, 10)], await series.RangeAsync("a", Minutes(2, 40), new() { Aggregation = shifted, IsDescending = true, Limit = 2 }, c.CancellationToken));
    }

    private async Task Buckets_can_be_calendar_periods_and_gaps_filled(ConformanceContext c)
    {
        var series = Series(c);
        DateTimeOffset Day(int month, int day) => new(2026, month, day, 7, 0, 0, TimeSpan.Zero);
        await series.AddAsync("a", new SeriesSample[] { new(Day(1, 31), 1), new(Day(2, 1), 2), new(Day(2, 28), 4), new(Day(5, 5), 12) }, c.CancellationToken);
        SeriesSample Month(int month, double value) => new(new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero), value);
        (EmptyBuckets, SeriesSample[])[] fills =
        [
            (EmptyBuckets.Skip, [Month(1, 1), Month(2, 6), Month(5, 12)]),
            (EmptyBuckets.Zero, [Month(1, 1), Month(2, 6), Month(3, 0), Month(4, 0), Month(5, 12)]),
            (EmptyBuckets.Previous, [Month(1, 1), Month(2, 6), Month(3, 6), Month(4, 6), Month(5, 12)]),
            (EmptyBuckets.NaN, [Month(1, 1), Month(2, 6), Month(3, double.NaN), Month(4, double.NaN), Month(5, 12)]),
        ];
        foreach (var (empty, expected) in fills)
        {
            var aggregation = new Aggregation(Aggregator.Sum, Period.Month) { Empty = empty };
            Equal(expected, await series.RangeAsync("a", TimeRange.All, new() { Aggregation = aggregation }, c.CancellationToken), empty.ToString());
            Equal(expected.Reverse(), await series.RangeAsync("a", TimeRange.All, new() { Aggregation = aggregation, IsDescending = true }, c.CancellationToken), empty.ToString());
            Equal(expected.Reverse(), await StreamAsync(c, series, new() { Aggregation = aggregation, IsDescending = true }, TimeRange.All), empty.ToString());
        }

        var line = new Aggregation(Aggregator.Sum, TimeSpan.FromDays(1)) { Empty = EmptyBuckets.Linear };
        var days = await series.RangeAsync("a", TimeRange.Until(Day(2, 28).AddDays(1)), new() { Aggregation = line }, c.CancellationToken);
        Equal(29, days.Count);
        Near([1, 2, 2 + (2.0 / 27)], days.Values[..3].ToArray(), "the straight line");
    }

    private async Task Rolling_values_are_of_a_window(ConformanceContext c)
    {
        var series = Series(c);
        await series.AddAsync("a", Enumerable.Range(0, 30).Where(i => i % 10 < 7).Select(i => At(i, i)).ToArray(), c.CancellationToken);
        var rolling = new Aggregation(Aggregator.Sum, TimeSpan.FromMinutes(1)) { Window = TimeSpan.FromMinutes(3) };
        var values = await series.RangeAsync("a", Minutes(2, 13), new() { Aggregation = rolling }, c.CancellationToken);
        Equal([At(2, 3), At(3, 6), At(4, 9), At(5, 12), At(6, 15), At(7, 11), At(8, 6), At(10, 10), At(11, 21), At(12, 33)], values);
        Equal(values.Reverse(), await series.RangeAsync("a", Minutes(2, 13), new() { Aggregation = rolling, IsDescending = true }, c.CancellationToken));
    }

    private async Task The_latest_sample_is_found(ConformanceContext c)
    {
        var series = Series(c);
        Equal(null, await series.LatestAsync("a", c.CancellationToken));
        await series.AddAsync("a", new[] { At(5, 1), At(500, 2), At(100, 3) }, c.CancellationToken);
        await DeclareAsync(c, series, "b", ("x", "1"));
        Equal(At(500, 2), await series.LatestAsync("a", c.CancellationToken));
        await series.AddAsync("a", At(200, 4), c.CancellationToken);
        Equal(At(500, 2), await series.LatestAsync("a", c.CancellationToken));
        var latest = new List<(string, SeriesSample?)>();
        await foreach (var one in series.LatestAsync(SeriesFilter.All, c.CancellationToken))
        {
            latest.Add((one.Series.Name, one.Sample));
        }

        EqualInAnyOrder([("a", At(500, 2)), ("b", null)], latest);
        await series.DeleteAsync("a", Minutes(150, 600), c.CancellationToken);
        Equal(At(100, 3), await series.LatestAsync("a", c.CancellationToken));
    }

    private async Task Many_series_are_read_and_grouped(ConformanceContext c)
    {
        var series = Series(c);
        for (var i = 0; i < 6; i++)
        {
            await DeclareAsync(c, series, $"s{i}", ("region", i % 2 == 0 ? "north" : "south"), ("rack", $"{i}"));
            await series.AddAsync($"s{i}", Enumerable.Range(0, 40).Select(minute => At(minute, (10 * i) + (minute % 5))).ToArray(), c.CancellationToken);
        }

        await DeclareAsync(c, series, "elsewhere", ("rack", "9"));
        var aggregation = new SeriesRangeOptions { Aggregation = new(Aggregator.Maximum, TimeSpan.FromMinutes(20)) };
        var ranges = new List<(string, double[])>();
        await foreach (var range in series.RangesAsync(SeriesFilter.Is("region", "south"), TimeRange.All, aggregation, c.CancellationToken))
        {
            ranges.Add((range.Series.Name, range.Samples.Values.ToArray()));
        }

        Equal("s1:14,14 s3:34,34 s5:54,54", string.Join(' ', ranges.OrderBy(range => range.Item1, StringComparer.Ordinal).Select(range => $"{range.Item1}:{string.Join(',', range.Item2)}")));
        var groups = await series.GroupsAsync(SeriesFilter.All, Minutes(0, 30), "region", Aggregator.Sum, aggregation, c.CancellationToken);
        Equal(["north", "south"], groups.Select(group => group.Value));
        Equal(["s0", "s2", "s4"], groups[0].Series);
        Equal([At(0, 72), At(20, 72)], groups[0].Samples);
        Equal([At(0, 102), At(20, 102)], groups[1].Samples);
        var descending = await series.GroupsAsync(SeriesFilter.All, Minutes(0, 30), "region", Aggregator.Count, aggregation with { IsDescending = true }, c.CancellationToken);
        Equal([At(20, 3), At(0, 3)], descending[0].Samples);
        var raw = await series.GroupsAsync(SeriesFilter.In("rack", "0", "1"), Minutes(3, 6), "rack", Aggregator.Average, cancellationToken: c.CancellationToken);
        Equal([At(3, 13), At(4, 14), At(5, 10)], raw[1].Samples);
        Equal([], await series.GroupsAsync(SeriesFilter.All, TimeRange.All, "nothing", Aggregator.Sum, cancellationToken: c.CancellationToken));
    }

    private async Task Increments_add_to_the_latest_value(ConformanceContext c)
    {
        foreach (var policy in Enum.GetValues<DuplicatePolicy>())
        {
            var series = Series(c, policy.ToString(), Options(policy));
            Equal(2.5, await series.IncrementAsync("a", 2.5, At(0, 0).Timestamp, c.CancellationToken), policy.ToString());
            Equal(4.5, await series.IncrementAsync("a", 2, At(15, 0).Timestamp, c.CancellationToken), policy.ToString());
            Equal(3.5, await series.IncrementAsync("a", -1, At(15, 0).Timestamp, c.CancellationToken), policy.ToString());
            await ThrowsAsync<SampleException>(async () => await series.IncrementAsync("a", 1, At(14, 0).Timestamp, c.CancellationToken));
            Equal([At(0, 2.5), At(15, 3.5)], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken), policy.ToString());
            await series.AddAsync("big", At(0, double.MaxValue), c.CancellationToken);
            await ThrowsAsync<NumberOverflowException>(async () => await series.IncrementAsync("big", double.MaxValue, At(1, 0).Timestamp, c.CancellationToken));
        }

        var counted = Series(c, "counted", new() { Engine = _engine, Transactions = new() { MaximumAttempts = 200 } });
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => counted.IncrementAsync("n", 1, At(0, 0).Timestamp, c.CancellationToken).AsTask()));
        Equal(16, (await counted.LatestAsync("n", c.CancellationToken))!.Value.Value);
    }

    private async Task A_range_is_deleted(ConformanceContext c)
    {
        var series = Series(c);
        var samples = Enumerable.Range(0, 60).Select(i => At(i, i)).ToArray();
        await series.AddAsync("a", samples, c.CancellationToken);
        Equal(20L, await series.DeleteAsync("a", Minutes(5, 25), c.CancellationToken));
        Equal(0L, await series.DeleteAsync("a", Minutes(5, 25), c.CancellationToken));
        Equal(0L, await series.DeleteAsync("none", TimeRange.All, c.CancellationToken));
        Equal([.. samples[..5], .. samples[25..]], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        await series.AddAsync("a", At(12, 99), c.CancellationToken);
        Equal([.. samples[..5], At(12, 99), .. samples[25..]], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal(41L, await series.DeleteAsync("a", TimeRange.All, c.CancellationToken));
        Equal([], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal(["a"], await NamesAsync(c, series, SeriesFilter.All));
    }

    private async Task A_removed_series_leaves_nothing(ConformanceContext c)
    {
        var series = Series(c);
        await DeclareAsync(c, series, "kept", ("x", "1"));
        await series.AddAsync("kept", At(0, 1), c.CancellationToken);
        var before = await KeysAsync(c);
        await DeclareAsync(c, series, "gone", ("x", "1"), ("y", "2"));
        await series.AddAsync("gone", Enumerable.Range(0, 100).Select(i => At(i * 7, i)).ToArray(), c.CancellationToken);
        await series.AddAsync("gone", At(50, 1), c.CancellationToken);
        True(await series.RemoveAsync("gone", c.CancellationToken));
        True(!await series.RemoveAsync("gone", c.CancellationToken));
        Equal(before, await KeysAsync(c));
        await series.AddAsync("gone", At(3, 3), c.CancellationToken);
        Equal([At(3, 3)], await series.RangeAsync("gone", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal(0, (await series.InfoAsync("gone", c.CancellationToken))!.Series.Labels.Count);
    }

    private async Task A_long_series_comes_page_by_page(ConformanceContext c)
    {
        var series = Series(c);
        var samples = Enumerable.Range(0, 9_000).Select(i => At(i * 0.5, i % 100)).ToArray();
        await series.AddAsync("a", samples, c.CancellationToken);
        Equal(samples, await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal(samples.Reverse(), await StreamAsync(c, series, new() { IsDescending = true }, TimeRange.All));
        Equal(samples[4_500..], await StreamAsync(c, series, new(), TimeRange.Since(samples[4_500].Time)));
        var hours = await series.RangeAsync("a", TimeRange.All, new() { Aggregation = new(Aggregator.Count, TimeSpan.FromHours(1)) }, c.CancellationToken);
        Equal(75, hours.Count);
        True(hours.All(hour => hour.Value == 120));
    }

    private async Task Other_options_are_refused(ConformanceContext c)
    {
        await Series(c).AddAsync("a", At(0, 1), c.CancellationToken);
        foreach (var other in (TimeSeriesOptions[])
            [
                Options(DuplicatePolicy.First), new() { Engine = _engine, Period = TimeSpan.FromMinutes(11) },
                new() { Engine = _engine == SeriesEngine.SortedSet ? SeriesEngine.HashBuckets : SeriesEngine.SortedSet, Period = TimeSpan.FromMinutes(10) },
            ])
        {
            var series = Series(c, options: other);
            await ThrowsAsync<SeriesOptionsException>(async () => await series.AddAsync("a", At(1, 1), c.CancellationToken));
            await ThrowsAsync<SeriesOptionsException>(async () => await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
            await ThrowsAsync<SeriesOptionsException>(async () => await series.DeclareAsync("a", cancellationToken: c.CancellationToken));
        }

        Equal([At(0, 1)], await Series(c).RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private async Task Adders_at_once_lose_nothing(ConformanceContext c)
    {
        foreach (var policy in (DuplicatePolicy[])[DuplicatePolicy.Last, DuplicatePolicy.Sum])
        {
            var options = new TimeSeriesOptions { Engine = _engine, Period = TimeSpan.FromMinutes(1), Duplicates = policy, Transactions = new() { MaximumAttempts = 200 } };
            var series = Series(c, $"{policy}", options);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async adder =>
            {
                for (var i = 0; i < 20; i++)
                {
                    await series.AddAsync("a", At((i * 0.25) + (policy == DuplicatePolicy.Sum ? 0 : adder * 0.01), 1), c.CancellationToken);
                }
            }));
            var samples = await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken);
            Equal(policy == DuplicatePolicy.Sum ? 20 : 160, samples.Count, policy.ToString());
            Equal(160.0, samples.Sum(sample => sample.Value), policy.ToString());
        }
    }

    private async Task Any_sequence_of_operations_ends_as_in_the_model(ConformanceContext c)
    {
        foreach (var policy in Enum.GetValues<DuplicatePolicy>())
        {
            var ignore = policy is DuplicatePolicy.Maximum or DuplicatePolicy.Sum ? new SmallChange(TimeSpan.FromSeconds(40), 1) : null;
            var options = Options(policy, ignore);
            await SeriesFuzz.RunAsync(Series(c, $"{policy}", options), new SeriesOracle(options), [], PeriodLength, seed: 17 + (int)policy, operations: 60, c.CancellationToken);
        }
    }

    private protected static void Equal(IEnumerable<SeriesSample> expected, IReadOnlyList<SeriesSample> actual, [CallerArgumentExpression(nameof(actual))] string what = "") =>
        ValueComparison.ThrowUnlessEqual(expected, actual, what);

    private static void Near(double[] expected, double[] actual, string what)
    {
        Equal(expected.Length, actual.Length, what);
        for (var i = 0; i < expected.Length; i++)
        {
            True(Math.Abs(expected[i] - actual[i]) <= 1e-9 * Math.Max(1, Math.Abs(expected[i])), $"{what}: {actual[i]:R} is {expected[i]:R}");
        }
    }

    private static ValueTask<bool> DeclareAsync(ConformanceContext c, KeyspaceTimeSeries series, string name, params (string Name, string Value)[] labels) =>
        series.DeclareAsync(name, labels.ToDictionary(label => label.Name, label => label.Value, StringComparer.Ordinal), c.CancellationToken);

    private static async Task<List<string>> NamesAsync(ConformanceContext c, KeyspaceTimeSeries series, SeriesFilter filter)
    {
        var names = new List<string>();
        await foreach (var one in series.ListAsync(filter, c.CancellationToken))
        {
            names.Add(one.Name);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static async Task<List<string>> KeysAsync(ConformanceContext c)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var key in c.Store.ScanKeysAsync($"{{{c.Tag}}}*", cancellationToken: c.CancellationToken))
        {
            keys.Add(key.ToString());
        }

        return [.. keys];
    }
}
