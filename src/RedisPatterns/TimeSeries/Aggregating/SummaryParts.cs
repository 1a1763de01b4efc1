namespace RedisPatterns;

/// <summary>What a summary is asked for besides the number of samples, the first and the last, which cost nothing.</summary>
[Flags]
internal enum SummaryParts
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>The sum.</summary>
    Sum = 1,

    /// <summary>The least and the greatest value.</summary>
    Extremes = 2,

    /// <summary>The squared distances from the mean, which need the sum.</summary>
    Squares = 4,

    /// <summary>The integral over time.</summary>
    Area = 8,

    /// <summary>All of it.</summary>
    All = Sum | Extremes | Squares | Area,
}
