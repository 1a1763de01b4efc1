namespace RedisPatterns;

/// <summary>The bytes of a chunk are not what was written: never read as data.</summary>
internal sealed class CorruptSeriesException(string why) : StoreException($"A chunk of a time series is damaged: {why}.");
