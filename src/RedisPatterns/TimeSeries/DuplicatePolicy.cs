namespace RedisPatterns;

/// <summary>What becomes of a sample whose series has one of the same moment already.</summary>
public enum DuplicatePolicy
{
    /// <summary>The later one replaces it.</summary>
    Last,

    /// <summary>The earlier one stays.</summary>
    First,

    /// <summary>The lesser value stays.</summary>
    Minimum,

    /// <summary>The greater value stays.</summary>
    Maximum,

    /// <summary>The values are added.</summary>
    Sum,

    /// <summary>It is refused with <see cref="DuplicateSampleException"/>.</summary>
    Block,
}
