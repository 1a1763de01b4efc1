namespace RedisPatterns.Testing;

/// <summary>Time series with a key for each sample, on stores that keep their keys in order.</summary>
public sealed class OrderedKeySeriesConformance() : SeriesConformance(SeriesEngine.OrderedKeys, StoreFeatures.Scripts | StoreFeatures.OrderedKeys);
