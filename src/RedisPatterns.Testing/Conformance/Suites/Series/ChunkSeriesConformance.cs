namespace RedisPatterns.Testing;

/// <summary>Time series in chunks.</summary>
public sealed class ChunkSeriesConformance() : SeriesConformance(SeriesEngine.Chunks);
