using RedisPatterns;

namespace Telemetry.Engines;

/// <summary>Samples in a set of one engine.</summary>
/// <param name="keyspace">Where.</param>
/// <param name="kind">What the samples are; part of the name of the set.</param>
/// <param name="engine">The engine.</param>
/// <param name="step">How far apart the samples of a series are.</param>
/// <param name="samples">The samples.</param>
internal sealed class EngineRun(Keyspace keyspace, string kind, SeriesEngine engine, TimeSpan step, IReadOnlyList<NamedSample> samples)
{
    /// <summary>As many samples as a round trip takes.</summary>
    private const int PerCall = 512;

    public string Kind => kind;

    public SeriesEngine Engine => engine;

    public KeyspaceTimeSeries Set { get; } = keyspace.TimeSeries($"{kind}-{engine}", new TimeSeriesOptions { Engine = engine, Step = step });

    public int Count => samples.Count;

    /// <summary>The samples, as they are added call by call.</summary>
    public IReadOnlyList<NamedSample[]> Calls => [.. samples.Chunk(PerCall)];

    /// <summary>How long that took.</summary>
    public TimeSpan Took { get; set; }
}
