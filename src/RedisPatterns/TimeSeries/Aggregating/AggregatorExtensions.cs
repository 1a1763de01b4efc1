namespace RedisPatterns;

/// <summary>What aggregators need, and what can be made of values that others made.</summary>
internal static class AggregatorExtensions
{
    /// <summary>What a summary must have for an aggregator.</summary>
    public static SummaryParts Parts(this Aggregator aggregator) => aggregator switch
    {
        Aggregator.Count or Aggregator.First or Aggregator.Last => SummaryParts.None,
        Aggregator.Average or Aggregator.Sum => SummaryParts.Sum,
        Aggregator.Minimum or Aggregator.Maximum or Aggregator.Range => SummaryParts.Extremes,
        Aggregator.TimeWeightedAverage => SummaryParts.Sum | SummaryParts.Area,
        _ => SummaryParts.Sum | SummaryParts.Extremes | SummaryParts.Squares,
    };

    /// <summary>
    /// The aggregator that makes, of the values that one made of buckets, what another would make of the samples of several such
    /// buckets together; null when the values do not tell. <see cref="BucketGrid.IsUnionOf"/> says whether the buckets fit.
    /// </summary>
    /// <param name="source">What the values of the buckets were made by.</param>
    /// <param name="wanted">What is wanted of several buckets together.</param>
    public static Aggregator? CombinerFor(this Aggregator source, Aggregator wanted) => (source, wanted) switch
    {
        (Aggregator.Count, Aggregator.Count) => Aggregator.Sum,
        (Aggregator.Sum, Aggregator.Sum) => Aggregator.Sum,
        (Aggregator.Minimum, Aggregator.Minimum) => Aggregator.Minimum,
        (Aggregator.Maximum, Aggregator.Maximum) => Aggregator.Maximum,
        (Aggregator.First, Aggregator.First) => Aggregator.First,
        (Aggregator.Last, Aggregator.Last) => Aggregator.Last,
        _ => null,
    };
}
