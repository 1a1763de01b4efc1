namespace RedisPatterns;

/// <summary>What a series has before samples are added: those of the same moments, and the latest.</summary>
internal sealed class KnownSamples
{
    /// <summary>The values by their moments.</summary>
    public Dictionary<long, double> Values { get; } = [];

    /// <summary>The latest sample; null when there is none, or when it was not asked for.</summary>
    public SeriesSample? Latest { get; set; }
}
