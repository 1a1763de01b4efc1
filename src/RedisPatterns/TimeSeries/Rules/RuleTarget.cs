namespace RedisPatterns;

/// <summary>What a rule writes to.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Storage">Where its values lie.</param>
/// <param name="Marks">Notes what other rules make of its values; null when none does.</param>
internal sealed record RuleTarget(SeriesRule Rule, SeriesStorage Storage, SeriesMarks? Marks)
{
    /// <summary>How many buckets a stretch of the source touches at most.</summary>
    /// <param name="length">How long the stretch is, in milliseconds.</param>
    public long BucketsTouchedBy(long length) => (length / (Rule.Aggregation.Every!.Value.Ticks / TimeSpan.TicksPerMillisecond)) + 1 + Rule.Aggregation.BucketsOfWindow;
}
