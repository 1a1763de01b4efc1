using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.TimeSeries;

/// <summary>The round trips that the page about time series tells.</summary>
public sealed class SeriesRoundTripTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly RoundTripCountingKeyValueStore _store = new(new InMemoryKeyValueStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SeriesEngine.SortedSet, DuplicatePolicy.Last, 1)]
    [InlineData(SeriesEngine.OrderedKeys, DuplicatePolicy.Last, 1)]
    [InlineData(SeriesEngine.HashBuckets, DuplicatePolicy.Last, 1)]
    [InlineData(SeriesEngine.Chunks, DuplicatePolicy.Sum, 1)]
    [InlineData(SeriesEngine.SortedSet, DuplicatePolicy.Sum, 2)]
    [InlineData(SeriesEngine.OrderedKeys, DuplicatePolicy.First, 2)]
    [InlineData(SeriesEngine.HashBuckets, DuplicatePolicy.Minimum, 2)]
    [InlineData(SeriesEngine.Chunks, DuplicatePolicy.Block, 2)]
    public async Task Adding_is_one_round_trip_or_two_where_the_engine_must_look(SeriesEngine engine, DuplicatePolicy policy, int expected)
    {
        var series = Series(engine, policy);
        await series.AddAsync("a", At(0), Cancellation);
        Assert.Equal(expected, await TripsAsync(() => series.AddAsync("a", At(1), Cancellation).AsTask()));
        Assert.Equal(expected, await TripsAsync(() => series.AddAsync("a", new[] { At(2), At(4), At(3) }, Cancellation).AsTask()));
        Assert.Equal(expected, await TripsAsync(() => series.AddAsync([new("a", At(5)), new("a", At(6))], Cancellation).AsTask()));
    }

    [Fact]
    public async Task A_bucket_that_is_open_takes_appends_alone()
    {
        var series = Series(SeriesEngine.Chunks);
        await series.AddAsync("a", At(0), Cancellation);
        await series.AddAsync("b", At(0), Cancellation);
        var before = _store.Commands;
        await series.AddAsync("a", At(1), Cancellation);
        await series.AddAsync([new("a", At(2)), new("b", At(2))], Cancellation);
        Assert.Equal(2, _store.Commands - before);
    }

    [Fact]
    public async Task Series_that_are_new_take_few_round_trips_however_many_they_are()
    {
        var series = Series(SeriesEngine.Chunks);
        await series.AddAsync("first", At(0), Cancellation);
        Assert.Equal(3, await TripsAsync(() => series.AddAsync("second", At(0), Cancellation).AsTask()));
        var many = Enumerable.Range(0, 100).Select(i => new NamedSample($"s{i}", At(0))).ToArray();
        var trips = await TripsAsync(() => series.AddAsync(many, Cancellation).AsTask());
        Assert.InRange(trips, 4, 103);
        Assert.Equal(102, await series.ListAsync(cancellationToken: Cancellation).CountAsync(Cancellation));
    }

    [Theory]
    [InlineData(SeriesEngine.SortedSet, 1)]
    [InlineData(SeriesEngine.HashBuckets, 1)]
    [InlineData(SeriesEngine.Chunks, 1)]
    public async Task A_range_is_one_round_trip_and_two_where_it_has_many_periods(SeriesEngine engine, int expected)
    {
        var series = Series(engine);
        await series.AddAsync("a", Enumerable.Range(0, 100).Select(i => At(i)).ToArray(), Cancellation);
        Assert.Equal(expected, await TripsAsync(() => series.RangeAsync("a", TimeRange.Between(Noon, Noon.AddMinutes(90)), cancellationToken: Cancellation).AsTask()));
        var whole = engine == SeriesEngine.SortedSet ? 1 : 2;
        Assert.Equal(whole, await TripsAsync(() => series.RangeAsync("a", TimeRange.All, cancellationToken: Cancellation).AsTask()));
        Assert.Equal(whole, await TripsAsync(() => series.LatestAsync("a", Cancellation).AsTask()));
    }

    [Fact]
    public async Task The_latest_sample_takes_one_bucket()
    {
        var series = Series(SeriesEngine.Chunks);
        await series.AddAsync("a", Enumerable.Range(0, 500).Select(i => At(i)).ToArray(), Cancellation);
        await series.LatestAsync("a", Cancellation);
        var before = _store.Commands;
        Assert.Equal(At(499), await series.LatestAsync("a", Cancellation));
        Assert.Equal(2, _store.Commands - before);
    }

    [Fact]
    public async Task Incrementing_is_as_many_as_it_takes_to_look_and_to_write()
    {
        var sorted = Series(SeriesEngine.SortedSet);
        await sorted.AddAsync("a", At(0), Cancellation);
        Assert.Equal(2, await TripsAsync(() => sorted.IncrementAsync("a", 1, At(1).Timestamp, Cancellation).AsTask()));
        var chunks = Series(SeriesEngine.Chunks);
        await chunks.AddAsync("a", At(0), Cancellation);
        Assert.Equal(3, await TripsAsync(() => chunks.IncrementAsync("a", 1, At(1).Timestamp, Cancellation).AsTask()));
    }

    [Fact]
    public async Task A_rule_that_has_nothing_to_do_costs_a_read_one_round_trip()
    {
        var series = _store.Keyspace("k").TimeSeries("ruled", new() { Rules = [new("hourly", new(Aggregator.Sum, TimeSpan.FromHours(1)))] });
        await series.AddAsync("a", At(0), Cancellation);
        await series.Resolution("hourly").RangeAsync("a", TimeRange.All, cancellationToken: Cancellation);
        Assert.Equal(2, await TripsAsync(() => series.Resolution("hourly").RangeAsync("a", TimeRange.Between(Noon, Noon.AddHours(9)), cancellationToken: Cancellation).AsTask()));
    }

    [Fact]
    public async Task Stretches_that_follow_each_other_are_worked_off_together()
    {
        foreach (var engine in (SeriesEngine[])[SeriesEngine.SortedSet, SeriesEngine.Chunks])
        {
            var series = _store.Keyspace("k").TimeSeries($"{engine}", new() { Engine = engine, Rules = [new("minutes", new(Aggregator.Sum, TimeSpan.FromMinutes(1)))] });
            await series.AddAsync("a", Enumerable.Range(0, 640).Select(i => At(i)).ToArray(), Cancellation);
            await series.RunRulesAsync(Cancellation);
            await series.AddAsync("a", Enumerable.Range(0, 640).Select(i => At(i)).ToArray(), Cancellation);

            // Of 64 stretches what is marked, the samples, and the step; then that there is nothing more.
            Assert.Equal(1 + (10 * 3) + 2, await TripsAsync(() => series.RunRulesAsync(Cancellation).AsTask()));
        }
    }

    [Fact]
    public async Task More_series_than_a_page_are_listed_read_and_grouped()
    {
        var series = Series(SeriesEngine.Chunks);
        for (var i = 0; i < 600; i++)
        {
            await series.DeclareAsync($"s{i}", new Dictionary<string, string> { ["half"] = i < 300 ? "one" : "other" }, Cancellation);
        }

        await series.AddAsync([.. Enumerable.Range(0, 600).Select(i => new NamedSample($"s{i}", new(Noon, i)))], Cancellation);
        Assert.Equal(600, (await series.ListAsync(cancellationToken: Cancellation).Select(one => one.Name).Distinct().ToListAsync(Cancellation)).Count);
        Assert.Equal(300, await series.ListAsync(SeriesFilter.Is("half", "one"), Cancellation).CountAsync(Cancellation));
        var values = await series.RangesAsync(SeriesFilter.All, TimeRange.All, cancellationToken: Cancellation).Select(range => range.Samples[0].Value).ToListAsync(Cancellation);
        Assert.Equal(Enumerable.Range(0, 600).Select(i => (double)i), values.Order());
        var groups = await series.GroupsAsync(SeriesFilter.All, TimeRange.All, "half", Aggregator.Count, cancellationToken: Cancellation);
        Assert.Equal([("one", 300.0), ("other", 300.0)], groups.Select(group => (group.Value, group.Samples[0].Value)));
    }

    [Fact]
    public async Task A_rule_of_wide_windows_is_worked_off_in_steps_that_are_bounded()
    {
        var window = new Aggregation(Aggregator.Count, TimeSpan.FromMinutes(1)) { Window = TimeSpan.FromMinutes(4_000) };
        var series = _store.Keyspace("k").TimeSeries("wide", new() { Rules = [new("rolling", window)] });
        await series.AddAsync("a", Enumerable.Range(0, 40).Select(i => At(50 * i)).ToArray(), Cancellation);
        await series.RunRulesAsync(Cancellation);
        var rolling = await series.Resolution("rolling").RangeAsync("a", TimeRange.All, cancellationToken: Cancellation);
        Assert.Equal(4_000 + (50 * 39), rolling.Count);
        Assert.Equal(40, rolling.Values.ToArray().Max());
        Assert.Equal(40 * 4_000, rolling.Values.ToArray().Sum());
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static SeriesSample At(int minutes) => new(Noon.AddMinutes(minutes), minutes);

    private KeyspaceTimeSeries Series(SeriesEngine engine, DuplicatePolicy policy = DuplicatePolicy.Last) =>
        _store.Keyspace("k").TimeSeries($"{engine}-{policy}", new() { Engine = engine, Duplicates = policy, Period = TimeSpan.FromMinutes(engine == SeriesEngine.Chunks ? 240 : 20) });

    private async Task<long> TripsAsync(Func<Task> call)
    {
        var before = _store.RoundTrips;
        await call();
        return _store.RoundTrips - before;
    }
}
