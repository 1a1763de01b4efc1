namespace RedisPatterns.Testing;

/// <summary>How good a ware is; the numbers are not in the order of the names.</summary>
internal enum WareGrade
{
    /// <summary>Good enough.</summary>
    Sound = 5,

    /// <summary>The best.</summary>
    Prime = 9,

    /// <summary>Not good.</summary>
    Poor = -3,
}
