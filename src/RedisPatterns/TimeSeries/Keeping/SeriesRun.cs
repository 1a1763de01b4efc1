namespace RedisPatterns;

/// <summary>What a run of a <see cref="SeriesSchedule"/> has done to a set.</summary>
/// <param name="Buckets">How many buckets rules have made anew.</param>
/// <param name="Sealed">What was sealed.</param>
/// <param name="Dropped">What was dropped.</param>
public sealed record SeriesRun(long Buckets, SealReport Sealed, RetentionReport Dropped);
