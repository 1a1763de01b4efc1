namespace RedisPatterns;

/// <summary>How far work on many items is.</summary>
/// <param name="Completed">How many items are done, the failed ones included.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Total">How many there are; null when that is not known, as for a stream.</param>
public readonly record struct BulkProgress(long Completed, long Failed, long? Total);
