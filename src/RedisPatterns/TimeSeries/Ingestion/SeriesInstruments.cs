using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace RedisPatterns;

/// <summary>What the writers of series and the sealing of their buckets measure, under the library's one meter.</summary>
internal static class SeriesInstruments
{
    public const string SetName = "redispatterns.series.set";

    private static readonly Meter Meter = new(TelemetryKeyValueStore.InstrumentationName);

    private static readonly ConcurrentDictionary<SeriesWriter, KeyValuePair<string, object?>> Writers = [];

    public static readonly Counter<long> Written = Meter.CreateCounter<long>(
        "redispatterns.series.written", "{sample}", "Samples that writers have written, or merged with one of their moment.");

    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "redispatterns.series.dropped", "{sample}", "Samples that writers have accepted and given up: for lack of room, or since their batch failed.");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "redispatterns.series.retries", "{attempt}", "Times that a batch was sent again.");

    public static readonly Counter<long> Sealed = Meter.CreateCounter<long>(
        "redispatterns.series.sealed", "{bucket}", "Buckets that were compressed after samples were added to them.");

    public static readonly Counter<long> SealFailures = Meter.CreateCounter<long>(
        "redispatterns.series.seal.failures", "{bucket}", "Buckets that could not be compressed; their samples are there as they were added.");

    public static readonly Histogram<long> BatchSize = Meter.CreateHistogram(
        "redispatterns.series.batch.size",
        "{sample}",
        "Samples of a batch that was written.",
        tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 10, 100, 500, 1_000, 5_000, 10_000] });

    public static readonly ObservableGauge<double> Lag = Meter.CreateObservableGauge(
        "redispatterns.series.lag",
        static () => Writers.Select(writer => new Measurement<double>(writer.Key.OldestAge.TotalSeconds, writer.Value)),
        "s",
        "How long the oldest sample that a writer holds has waited.");

    public static readonly ObservableGauge<int> Buffered = Meter.CreateObservableGauge(
        "redispatterns.series.buffered",
        static () => Writers.Select(writer => new Measurement<int>(writer.Key.Buffered, writer.Value)),
        "{sample}",
        "Samples that a writer holds.");

    /// <summary>Begins to observe a writer.</summary>
    public static void Observe(SeriesWriter writer, KeyValuePair<string, object?> tag) => Writers[writer] = tag;

    /// <summary>Observes a writer no more.</summary>
    public static void Forget(SeriesWriter writer) => Writers.TryRemove(writer, out _);
}
