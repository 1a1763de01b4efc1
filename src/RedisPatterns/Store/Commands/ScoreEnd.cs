namespace RedisPatterns.Commands;

/// <summary>From which end of a sorted set members are popped.</summary>
public enum ScoreEnd
{
    /// <summary>The lowest scores first.</summary>
    Min,

    /// <summary>The highest scores first.</summary>
    Max,
}
