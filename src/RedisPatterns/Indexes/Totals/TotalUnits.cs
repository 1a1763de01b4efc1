namespace RedisPatterns;

/// <summary>The units in which totals are kept.</summary>
internal static class TotalUnits
{
    private const int GreatestDecimals = 9;

    /// <summary>Entities.</summary>
    public static TotalUnit<long> Entities { get; } = new("", 0, static number => number, static units => units);

    /// <summary>Whole numbers.</summary>
    public static TotalUnit<long> Whole { get; } = new("0", 0, static number => number, static units => units);

    /// <summary>Numbers with decimals, 0 to 9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of decimals is out of range.</exception>
    public static TotalUnit<decimal> Decimals(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, GreatestDecimals);
        return new(decimals.ToString(System.Globalization.CultureInfo.InvariantCulture), decimals, static number => number, units => Scaled(units, decimals));
    }

    private static decimal Scaled(long units, int decimals)
    {
        var magnitude = units < 0 ? unchecked((ulong)-units) : (ulong)units;
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, units < 0, (byte)decimals);
    }
}
