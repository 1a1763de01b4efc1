using Narration;
using RedisPatterns;

namespace Telemetry;

/// <summary>The sets of series of one keyspace. What shares a set shares its options and rules.</summary>
/// <param name="keyspace">Where everything lives.</param>
public sealed class Station(Keyspace keyspace)
{
    public const string Name = "telemetry";

    private static readonly DateTimeOffset Monday = new(2012, 1, 2, 0, 0, 0, TimeSpan.Zero);

    public Keyspace Keyspace => keyspace;

    /// <summary>The buckets of the weeks, to be read as the rule makes them.</summary>
    public static Aggregation Weeks { get; } = new(Aggregator.Average, TimeSpan.FromDays(7)) { Origin = Monday };

    /// <summary>Numbers, one a day, with weekly and rolling averages beside them.</summary>
    public KeyspaceTimeSeries Weather { get; } = keyspace.TimeSeries("weather", new TimeSeriesOptions
    {
        Step = TimeSpan.FromDays(1),
        Rules =
        [
            new SeriesRule("weekly", Weeks),
            new SeriesRule("rolling", new Aggregation(Aggregator.Average, TimeSpan.FromDays(1)) { Window = TimeSpan.FromDays(30) }),
        ],
    });

    /// <summary>A series for rain, sun and so on, with a sample for each day that was so. Averages of these say nothing, hence no rules.</summary>
    public KeyspaceTimeSeries Sky { get; } = keyspace.TimeSeries("sky", new TimeSeriesOptions { Step = TimeSpan.FromDays(1) });

    /// <summary>
    /// Minutes of delay and numbers of flights of each airport. Two flights of one minute are one sample: of all policies only a sum loses
    /// none of them, as their number is summed as well. Few samples come to each airport, so that a period is a year.
    /// </summary>
    public KeyspaceTimeSeries Flights { get; } = keyspace.TimeSeries("flights", new TimeSeriesOptions
    {
        Step = TimeSpan.FromMinutes(1),
        Period = TimeSpan.FromDays(365),
        Duplicates = DuplicatePolicy.Sum,
    });

    /// <summary>Deletes every key of the keyspace, and no other.</summary>
    public Task ClearAsync(CancellationToken cancellationToken = default) => KeyCleaner.ClearAsync(keyspace, cancellationToken);
}
