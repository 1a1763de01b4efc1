namespace RedisPatterns;

/// <summary>The latest bucket of a series that this process has written to: it was noted, so samples can be appended to it without more.</summary>
/// <param name="Series">The name of the series.</param>
/// <param name="Start">Its first moment.</param>
/// <param name="End">The first moment behind it.</param>
/// <param name="Key">Its key.</param>
internal sealed record OpenBucket(string Series, long Start, long End, StoreKey Key);
