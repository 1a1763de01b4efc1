namespace RedisPatterns;

/// <summary>What stands for buckets without samples that lie between others.</summary>
public enum EmptyBuckets
{
    /// <summary>Nothing: they are left out.</summary>
    Skip,

    /// <summary>NaN, which charts show as a gap.</summary>
    NaN,

    /// <summary>0.</summary>
    Zero,

    /// <summary>The value of the bucket before.</summary>
    Previous,

    /// <summary>The straight line from the bucket before to the one behind.</summary>
    Linear,
}
