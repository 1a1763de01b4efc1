namespace RedisPatterns.Commands;

/// <summary>In what the start and end of a range of bits are given.</summary>
public enum BitUnit
{
    /// <summary>Bytes.</summary>
    Byte,

    /// <summary>Bits.</summary>
    Bit,
}
