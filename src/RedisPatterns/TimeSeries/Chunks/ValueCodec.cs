namespace RedisPatterns;

/// <summary>How the values of a chunk are written; the numbers are part of the format.</summary>
internal enum ValueCodec
{
    /// <summary>As they are: eight bytes each.</summary>
    Raw = 0,

    /// <summary>By the bits in which they differ: <see cref="XorBlock"/>.</summary>
    Xor = 1,

    /// <summary>As whole numbers of a decimal place, by their differences: <see cref="DecimalScale"/>, <see cref="DifferenceBlock"/>.</summary>
    Decimal = 2,
}
