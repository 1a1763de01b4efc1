namespace RedisPatterns.Testing;

/// <summary>Time series in hashes by period.</summary>
public sealed class HashBucketSeriesConformance() : SeriesConformance(SeriesEngine.HashBuckets);
