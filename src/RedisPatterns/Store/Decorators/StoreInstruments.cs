using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RedisPatterns;

/// <summary>The one activity source and meter, with the names that OpenTelemetry's database conventions give them.</summary>
internal static class StoreInstruments
{
    public const string SystemName = "db.system.name";
    public const string OperationName = "db.operation.name";
    public const string BatchSize = "db.operation.batch.size";
    public const string StoredProcedureName = "db.stored_procedure.name";
    public const string ErrorType = "error.type";
    public const string CommitStatus = "redispatterns.commit.status";

    public static readonly ActivitySource Source = new(TelemetryKeyValueStore.InstrumentationName);

    private static readonly Meter Meter = new(TelemetryKeyValueStore.InstrumentationName);

    public static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "db.client.operation.duration",
        "s",
        "Duration of database client operations.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] });

    public static readonly Counter<long> RoundTrips = Meter.CreateCounter<long>(
        "redispatterns.round_trips", "{round_trip}", "Times that somebody waited for the server.");

    public static readonly Counter<long> SentBytes = Meter.CreateCounter<long>(
        "redispatterns.sent", "By", "Bytes of the names and arguments of commands; the protocol's framing is not counted.");

    public static readonly Counter<long> FailedCommands = Meter.CreateCounter<long>(
        "redispatterns.pipeline.failures", "{command}", "Commands of pipelines that failed, by command and error.");

    /// <summary>Whether anybody listens to anything.</summary>
    public static bool IsObserved =>
        Source.HasListeners() || Duration.Enabled || RoundTrips.Enabled || SentBytes.Enabled || FailedCommands.Enabled;
}
