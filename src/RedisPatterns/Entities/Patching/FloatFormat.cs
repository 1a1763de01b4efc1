using System.Globalization;

namespace RedisPatterns;

/// <summary>A double as C's <c>%.17g</c> writes it, with the fewest digits from 15 on that read back the same.</summary>
internal static class FloatFormat
{
    public static string Of(double number)
    {
        for (var digits = 15; ; digits++)
        {
            var text = General(number, digits);
            if (digits == 17 || double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) == number)
            {
                return text;
            }
        }
    }

    private static string General(double number, int digits)
    {
        if (number == 0)
        {
            return double.IsNegative(number) ? "-0" : "0";
        }

        var scientific = number.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var at = scientific.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= digits)
        {
            var sign = exponent < 0 ? '-' : '+';
            return $"{Trim(scientific[..at])}e{sign}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        }

        var mantissa = scientific[..at].Replace(".", "", StringComparison.Ordinal).TrimStart('-');
        var plain = exponent < 0
            ? "0." + new string('0', -exponent - 1) + mantissa
            : mantissa[..(exponent + 1)] + "." + mantissa[(exponent + 1)..];
        return (number < 0 ? "-" : "") + Trim(plain);
    }

    private static string Trim(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
}
