using System.Globalization;

namespace RedisPatterns.Commands;

/// <summary>The type of a bit field: signed or unsigned, and how many bits wide.</summary>
public readonly record struct BitFieldType
{
    private BitFieldType(bool isSigned, int width)
    {
        IsSigned = isSigned;
        Width = width;
    }

    /// <summary>Whether negative numbers are among its numbers.</summary>
    public bool IsSigned { get; }

    /// <summary>The number of bits; 0 for <c>default</c>, which is no type.</summary>
    public int Width { get; }

    /// <summary>A signed type.</summary>
    /// <param name="width">The number of bits; 1 to 64.</param>
    public static BitFieldType Signed(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 64);
        return new(true, width);
    }

    /// <summary>An unsigned type.</summary>
    /// <param name="width">The number of bits; 1 to 63.</param>
    public static BitFieldType Unsigned(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 63);
        return new(false, width);
    }

    /// <summary>The type as Redis writes it: <c>i16</c>, <c>u8</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsSigned ? 'i' : 'u')}{Width}");
}
