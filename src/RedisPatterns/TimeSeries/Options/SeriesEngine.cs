namespace RedisPatterns;

/// <summary>How the samples of series lie in the store.</summary>
public enum SeriesEngine
{
    /// <summary>What suits the store: <see cref="Chunks"/>.</summary>
    Automatic,

    /// <summary>A sorted set for each series. Readable in redis-cli; about 130 bytes a sample.</summary>
    SortedSet,

    /// <summary>A key for each sample, on stores that keep their keys in order: <see cref="StoreFeatures.OrderedKeys"/>.</summary>
    OrderedKeys,

    /// <summary>A hash for each series and period. Readable in redis-cli; 9 to 29 bytes a sample while a period has at most 128.</summary>
    HashBuckets,

    /// <summary>A string for each series and period: samples are appended as 16 bytes each, many at once as a compressed chunk, and all of them are made one chunk when sealed.</summary>
    Chunks,
}
