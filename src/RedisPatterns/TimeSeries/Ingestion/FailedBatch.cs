namespace RedisPatterns;

/// <summary>What becomes of a batch that could not be written.</summary>
public enum FailedBatch
{
    /// <summary>It stays the first, and is tried again after <see cref="SeriesWriterOptions.FailurePause"/>.</summary>
    Keep,

    /// <summary>It is given up, and its samples count as dropped.</summary>
    Discard,
}
