using RedisPatterns.Benchmarks.Data;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>The series of a keyspace.</summary>
internal sealed class OurSeries(string name, Keyspace keyspace, SeriesEngine engine) : ISeriesSide
{
    /// <summary>A label that all series have, with one value.</summary>
    public static readonly SeriesFilter Everything = SeriesFilter.Is("kind", "temperature");

    private const string Region = "region";
    private const string Set = "samples";
    private static readonly SeriesRangeOptions Averages = new() { Aggregation = new(Aggregator.Average, SeriesSamples.Every) };

    public string Name => name;

    /// <summary>Which series are grouped.</summary>
    public SeriesFilter Filter { get; init; } = SeriesFilter.All;

    private KeyspaceTimeSeries Series { get; } = keyspace.TimeSeries(Set, new() { Engine = engine });

    /// <summary>The same series, of which those are grouped that a filter means.</summary>
    public OurSeries By(string otherName, SeriesFilter filter) => new(otherName, keyspace, engine) { Filter = filter };

    public Task DeclareAsync() => World.AllAsync(SeriesSamples.SeriesCount, series => Series.DeclareAsync(
        SeriesSamples.Names[series], new Dictionary<string, string> { [Region] = SeriesSamples.RegionOf(series), ["kind"] = "temperature" }).AsTask());

    public Task AddAsync(int series, SeriesSample sample) => Series.AddAsync(SeriesSamples.Names[series], sample).AsTask();

    public Task AddAsync(int series, SeriesSample[] samples) => Series.AddAsync(SeriesSamples.Names[series], samples).AsTask();

    public Task AddOfEachAsync(NamedSample[] samples) => Series.AddAsync(samples).AsTask();

    public Task<SeriesData> RangeAsync(int series, TimeRange range) => Series.RangeAsync(SeriesSamples.Names[series], range).AsTask();

    public Task<SeriesData> AveragesAsync(int series, TimeRange range) => Series.RangeAsync(SeriesSamples.Names[series], range, Averages).AsTask();

    public Task<IReadOnlyList<SeriesGroup>> GroupsAsync(TimeRange range, string? region) =>
        Series.GroupsAsync(region is null ? Filter : Filter & SeriesFilter.Is(Region, region), range, Region, Aggregator.Average, Averages).AsTask();

    /// <summary>Compresses what was appended to chunks.</summary>
    public Task SealAsync() => Series.SealAsync().AsTask();
}
