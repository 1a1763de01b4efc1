namespace RedisPatterns.Commands;

/// <summary>What becomes of the scores of a member that several sorted sets have.</summary>
public enum Aggregate
{
    /// <summary>They are added up.</summary>
    Sum,

    /// <summary>The lowest is taken.</summary>
    Min,

    /// <summary>The highest is taken.</summary>
    Max,
}
