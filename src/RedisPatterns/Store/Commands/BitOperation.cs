namespace RedisPatterns.Commands;

/// <summary>How the bits of strings are combined.</summary>
public enum BitOperation
{
    /// <summary>Set where all are.</summary>
    And,

    /// <summary>Set where any is.</summary>
    Or,

    /// <summary>Set where an odd number is.</summary>
    Xor,

    /// <summary>Set where it is not; of one string.</summary>
    Not,
}
