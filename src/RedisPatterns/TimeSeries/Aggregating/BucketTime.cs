namespace RedisPatterns;

/// <summary>Which moment of a bucket its value is given at.</summary>
public enum BucketTime
{
    /// <summary>Its beginning.</summary>
    Start,

    /// <summary>Its middle, rounded down.</summary>
    Middle,

    /// <summary>Its end, with which the next one begins.</summary>
    End,
}
