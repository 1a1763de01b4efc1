using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Documentation;

/// <summary>The code of the page about time series, and that it does what it says.</summary>
public sealed class WeatherTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Samples_are_added_and_read()
    {
        var (cancellationToken, shop) = (Cancellation, _store.Keyspace("shop"));

        // snippet: time-series
        var weather = shop.TimeSeries("weather", new TimeSeriesOptions
        {
            Step = TimeSpan.FromSeconds(10),
            Retention = new SeriesRetention { Age = TimeSpan.FromDays(30) },
            Rules =
            [
                new SeriesRule("hourly", new Aggregation(Aggregator.Maximum, TimeSpan.FromHours(1))),
                new SeriesRule("daily", new Aggregation(Aggregator.Maximum, TimeSpan.FromDays(1))) { From = "hourly" },
            ],
        });

        await weather.DeclareAsync("oslo", new Dictionary<string, string> { ["country"] = "no", ["kind"] = "temperature" }, cancellationToken);

        var noon = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
        await weather.AddAsync("oslo", new SeriesSample(noon, -3.5), cancellationToken);
        await weather.AddAsync("oslo", new SeriesSample[] { new(noon.AddSeconds(10), -3.4), new(noon.AddSeconds(20), -3.4) }, cancellationToken);
        await weather.AddAsync([new NamedSample("bergen", new(noon, 6)), new NamedSample("oslo", new(noon.AddSeconds(30), -3.3))], cancellationToken);

        // In columns, for charts.
        SeriesData hour = await weather.RangeAsync("oslo", TimeRange.Between(noon, noon.AddHours(1)), cancellationToken: cancellationToken);
        ReadOnlySpan<double> values = hour.Values;

        // end-snippet
        Assert.Equal([-3.5, -3.4, -3.4, -3.3], values.ToArray());

        // snippet: time-series-read
        // Five minutes each, gaps drawn as straight lines, the latest ten first.
        var latest = await weather.RangeAsync(
            "oslo",
            TimeRange.Since(noon),
            new SeriesRangeOptions
            {
                Aggregation = new Aggregation(Aggregator.Average, TimeSpan.FromMinutes(5)) { Empty = EmptyBuckets.Linear },
                IsDescending = true,
                Limit = 10,
            },
            cancellationToken);

        // Years of it, never more than a page in memory.
        var sum = 0.0;
        await foreach (var sample in weather.StreamAsync("oslo", TimeRange.All, cancellationToken: cancellationToken))
        {
            sum += sample.Value;
        }

        // Many series: by their labels, one for each country.
        var coldest = await weather.GroupsAsync(
            SeriesFilter.Is("kind", "temperature") & SeriesFilter.In("country", "no", "se"),
            TimeRange.Between(noon, noon.AddHours(1)),
            label: "country",
            Aggregator.Minimum,
            new SeriesRangeOptions { Aggregation = new Aggregation(Aggregator.Average, TimeSpan.FromMinutes(5)) },
            cancellationToken);

        // What a rule keeps, under the same names.
        var days = await weather.Resolution("daily").RangeAsync("oslo", TimeRange.All, cancellationToken: cancellationToken);

        // end-snippet
        Assert.Equal(-3.4, Assert.Single(latest).Value, 12);
        Assert.Equal(-13.6, sum, 12);
        Assert.Equal(["oslo"], Assert.Single(coldest).Series);
        Assert.Equal(-3.3, Assert.Single(days).Value);
    }

    [Fact]
    public async Task What_is_old_is_sealed_archived_and_dropped()
    {
        var (cancellationToken, folder) = (Cancellation, Directory.CreateTempSubdirectory("redispatterns-").FullName);
        try
        {
            var weather = _store.Keyspace("shop").TimeSeries("old", new() { Retention = new() { Age = TimeSpan.FromHours(1) } });
            var noon = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
            await weather.AddAsync("oslo", Enumerable.Range(0, 3_000).Select(i => new SeriesSample(noon.AddSeconds(10 * i), i)).ToArray(), cancellationToken);

            // snippet: time-series-care
            // Now and then, by one of the processes or several.
            await weather.RunRulesAsync(cancellationToken);
            await weather.SealAsync(cancellationToken: cancellationToken);

            var archive = new SeriesArchiveFolder(folder);
            var dropped = await weather.ApplyRetentionAsync(archive.WriteAsync, cancellationToken: cancellationToken);

            // end-snippet
            Assert.Equal(new RetentionReport(1, 1_440), dropped);
            Assert.Single(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
