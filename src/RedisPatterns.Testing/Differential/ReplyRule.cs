namespace RedisPatterns.Testing;

/// <summary>In which respect two replies must agree.</summary>
internal enum ReplyRule
{
    /// <summary>Byte for byte.</summary>
    Exact,

    /// <summary>The same elements in any order.</summary>
    AnyOrder,

    /// <summary>A list of pairs, flat or nested: the same pairs in any order.</summary>
    PairsInAnyOrder,

    /// <summary>A list of pairs, flat or nested: the same pairs.</summary>
    Pairs,

    /// <summary>Byte for byte, but numbers may be written in different ways.</summary>
    Scores,

    /// <summary>The same shape and length: the content is random.</summary>
    Shape,

    /// <summary>Milliseconds that pass meanwhile; what is negative is no time, and exact.</summary>
    Time,

    /// <summary>The entries of XPENDING, in which the third number is an idle time.</summary>
    Pending,

    /// <summary>The maps of XINFO: only what every server tells, with a tolerance for times.</summary>
    Info,

    /// <summary>A distance, to a tenth of a millimetre in its unit.</summary>
    Distance,

    /// <summary>Positions, which are numbers with rounding errors.</summary>
    Positions,

    /// <summary>What a geo search found, in any order, with distances and positions rounded.</summary>
    Places,

    /// <summary>What a limited geo search found: places that are equally far may be left out.</summary>
    PlaceCount,
}
