using System.Globalization;
using RedisPatterns.InMemory;

namespace RedisPatterns.Testing.Tests.Faults;

/// <summary>Long random sequences of operations on series in memory, each step held to the plain model: adds, late ones, duplicates, increments, deletes, sealing, rules, retention.</summary>
public sealed class SeriesFuzzTests
{
    private const long Period = 600_000;

    private static readonly int Operations =
        int.Parse(Environment.GetEnvironmentVariable("REDISPATTERNS_SERIES_OPERATIONS") ?? "400", CultureInfo.InvariantCulture);

    private static readonly int Seed =
        int.Parse(Environment.GetEnvironmentVariable("REDISPATTERNS_SERIES_SEED") ?? "1", CultureInfo.InvariantCulture);

    public static MatrixTheoryData<SeriesEngine, DuplicatePolicy> Cases => new(
        [SeriesEngine.SortedSet, SeriesEngine.OrderedKeys, SeriesEngine.HashBuckets, SeriesEngine.Chunks], Enum.GetValues<DuplicatePolicy>());

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Samples_are_those_of_the_model(SeriesEngine engine, DuplicatePolicy policy)
    {
        await using var store = new InMemoryKeyValueStore();
        var options = new TimeSeriesOptions
        {
            Engine = engine,
            Period = TimeSpan.FromMilliseconds(Period),
            Duplicates = policy,
            Ignore = policy == DuplicatePolicy.First ? new SmallChange(TimeSpan.FromSeconds(60), 2) : null,
            Retention = policy == DuplicatePolicy.Minimum ? new() { Count = 60 } : policy == DuplicatePolicy.Maximum ? new() { Age = TimeSpan.FromMinutes(30) } : new(),
        };
        await SeriesFuzz.RunAsync(
            store.Keyspace("fuzz").TimeSeries("s", options), new SeriesOracle(options), [], Period, Seed, Operations, TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Rules_are_those_of_the_model(SeriesEngine engine, DuplicatePolicy policy)
    {
        await using var store = new InMemoryKeyValueStore();
        var options = new TimeSeriesOptions
        {
            Engine = engine,
            Period = TimeSpan.FromMilliseconds(Period),
            Duplicates = policy,
            Rules =
            [
                Rule("sum", Aggregator.Sum, 3), Rule("count", Aggregator.Count, 5), Rule("counts", Aggregator.Sum, 15, "count"), Rule("last", Aggregator.Last, 4),
                Rule("mean", Aggregator.Average, 10), Rule("most", Aggregator.Maximum, 12, "sum"),
                new("rolling", new(Aggregator.Sum, TimeSpan.FromMinutes(2)) { Window = TimeSpan.FromMinutes(14) }), Rule("least", Aggregator.Minimum, 9, "rolling"),
            ],
        };
        await SeriesFuzz.RunAsync(
            store.Keyspace("fuzz").TimeSeries("s", options), new SeriesOracle(options), [.. options.Rules.Select(rule => rule.Name)], Period, Seed, Operations / 2, TestContext.Current.CancellationToken);
    }

    private static SeriesRule Rule(string name, Aggregator aggregator, int minutes, string? from = null) => new(name, new(aggregator, TimeSpan.FromMinutes(minutes))) { From = from };
}
