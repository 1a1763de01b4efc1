namespace RedisPatterns.Testing;

/// <summary>Time series in sorted sets.</summary>
public sealed class SortedSetSeriesConformance() : SeriesConformance(SeriesEngine.SortedSet);
