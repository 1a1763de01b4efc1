using System.Globalization;
using System.Numerics;

namespace RedisPatterns;

/// <summary>Sums of decimal numbers as texts: exact, with the longer of the two fractions, as <see cref="decimal"/> does it.</summary>
internal static class DigitSum
{
    // As many digits as a decimal holds whatever they are.
    private const int GreatestDigits = 28;

    /// <summary>The sum; null when it has more digits than can be kept exactly.</summary>
    public static string? Of(string left, string right)
    {
        var scale = Math.Max(ScaleOf(left), ScaleOf(right));
        var sum = Scaled(left, scale) + Scaled(right, scale);
        var digits = BigInteger.Abs(sum).ToString(CultureInfo.InvariantCulture);
        if (digits.Length > GreatestDigits)
        {
            return null;
        }

        var sign = sum.Sign < 0 ? "-" : "";
        if (scale == 0)
        {
            return sign + digits;
        }

        digits = digits.PadLeft(scale + 1, '0');
        return $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    public static bool IsWithin(string number, string least, string greatest)
    {
        var value = BigInteger.Parse(number, CultureInfo.InvariantCulture);
        return value >= BigInteger.Parse(least, CultureInfo.InvariantCulture) && value <= BigInteger.Parse(greatest, CultureInfo.InvariantCulture);
    }

    private static int ScaleOf(string number) => number.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? number.Length - point - 1 : 0;

    private static BigInteger Scaled(string number, int scale) =>
        BigInteger.Parse(number.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * BigInteger.Pow(10, scale - ScaleOf(number));
}
