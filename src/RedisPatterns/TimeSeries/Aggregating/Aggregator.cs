namespace RedisPatterns;

/// <summary>What is made of the samples of a bucket, or of the values that several series have at one moment.</summary>
public enum Aggregator
{
    /// <summary>The arithmetic mean.</summary>
    Average,

    /// <summary>The sum.</summary>
    Sum,

    /// <summary>The least value.</summary>
    Minimum,

    /// <summary>The greatest value.</summary>
    Maximum,

    /// <summary>How many there are.</summary>
    Count,

    /// <summary>The value of the earliest sample.</summary>
    First,

    /// <summary>The value of the latest sample.</summary>
    Last,

    /// <summary>The greatest value less the least.</summary>
    Range,

    /// <summary>The standard deviation of all that there is (divided by the number of samples).</summary>
    PopulationDeviation,

    /// <summary>The standard deviation estimated from a sample (divided by the number of samples less one); 0 for a single one.</summary>
    SampleDeviation,

    /// <summary>The variance of all that there is (divided by the number of samples).</summary>
    PopulationVariance,

    /// <summary>The variance estimated from a sample (divided by the number of samples less one); 0 for a single one.</summary>
    SampleVariance,

    /// <summary>
    /// The mean over time: between two neighbours of the bucket the value goes in a straight line, and counts for as long as that
    /// takes. A single sample, or samples of one moment, are their mean. Samples of other buckets have no part in it.
    /// </summary>
    TimeWeightedAverage,
}
