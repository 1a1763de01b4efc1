namespace RedisPatterns.Commands;

/// <summary>What happens when a number does not fit its bit field.</summary>
public enum BitOverflow
{
    /// <summary>It wraps around.</summary>
    Wrap,

    /// <summary>It stays at the smallest or largest number of its type.</summary>
    Saturate,

    /// <summary>Nothing is written, and the reply is null.</summary>
    Fail,
}
