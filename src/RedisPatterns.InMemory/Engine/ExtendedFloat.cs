using System.Globalization;
using System.Numerics;
using System.Text;

namespace RedisPatterns.InMemory;

/// <summary>The 80-bit floating-point number that INCRBYFLOAT and HINCRBYFLOAT reckon with on a server: 64 bits of mantissa.</summary>
/// <remarks>The sum and its text are the same to the last digit, which a double could not promise.</remarks>
internal readonly struct ExtendedFloat
{
    private const int Precision = 64;
    private const int GreatestExponent = 16384;
    private const int FractionDigits = 17;

    // The number is mantissa * 2^exponent; an infinity has no mantissa but a sign.
    private readonly BigInteger _mantissa;
    private readonly int _exponent;
    private readonly int _infinity;

    private ExtendedFloat(BigInteger mantissa, int exponent)
    {
        _mantissa = mantissa;
        _exponent = exponent;
        _infinity = !mantissa.IsZero && (long)BigInteger.Abs(mantissa).GetBitLength() + exponent > GreatestExponent ? mantissa.Sign : 0;
    }

    private ExtendedFloat(int infinity) => _infinity = infinity;

    /// <summary>Zero.</summary>
    public static ExtendedFloat Zero => default;

    /// <summary>Whether the number is finite.</summary>
    public bool IsFinite => _infinity == 0;

    /// <summary>Reads a number as strtold does for Redis: the whole text, no spaces, neither NaN nor beyond the range.</summary>
    public static bool TryParse(StoreValue value, out ExtendedFloat number)
    {
        number = default;
        var text = value.AsText();
        return !string.IsNullOrEmpty(text) && (TryParseInfinity(text, out number) || TryParseDecimal(text, out number));
    }

    /// <summary>The sum of two finite numbers.</summary>
    public static ExtendedFloat Add(ExtendedFloat left, ExtendedFloat right)
    {
        if (left._mantissa.IsZero)
        {
            return right;
        }

        if (right._mantissa.IsZero)
        {
            return left;
        }

        var exponent = Math.Min(left._exponent, right._exponent);
        return Round((left._mantissa << (left._exponent - exponent)) + (right._mantissa << (right._exponent - exponent)), exponent, exact: true);
    }

    /// <summary>The number with at most 17 digits after the point, without trailing zeros.</summary>
    public override string ToString()
    {
        // Scaled by 10^17 and rounded half to even.
        var scaled = BigInteger.Abs(_mantissa) * BigInteger.Pow(10, FractionDigits);
        if (_exponent >= 0)
        {
            scaled <<= _exponent;
        }
        else
        {
            scaled = ShiftHalfToEven(scaled, -_exponent, exact: true);
        }

        if (scaled.IsZero)
        {
            return "0";
        }

        var digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(FractionDigits + 1, '0');
        var fraction = digits.AsSpan(digits.Length - FractionDigits).TrimEnd('0');
        var text = new StringBuilder(digits.Length + 2);
        if (_mantissa.Sign < 0)
        {
            text.Append('-');
        }

        text.Append(digits.AsSpan(0, digits.Length - FractionDigits));
        return fraction.IsEmpty ? text.ToString() : text.Append('.').Append(fraction).ToString();
    }

    private static bool TryParseInfinity(string text, out ExtendedFloat number)
    {
        var sign = text[0] is '-' ? -1 : 1;
        var word = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        number = new(sign);
        return word.Equals("inf", StringComparison.OrdinalIgnoreCase) || word.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryParseDecimal(string text, out ExtendedFloat number)
    {
        number = default;
        var position = text[0] is '-' or '+' ? 1 : 0;
        var digits = BigInteger.Zero;
        var (seen, scale, power) = (0, 0, 0);
        var start = position;
        for (; position < text.Length && (char.IsAsciiDigit(text[position]) || (text[position] == '.' && scale == 0)); position++)
        {
            if (text[position] == '.')
            {
                scale = position + 1;
            }
            else
            {
                seen++;
            }
        }

        var plain = text.AsSpan(start, position - start);
        var fraction = scale == 0 ? 0 : position - scale;
        if (seen == 0 || !TryParseExponent(text.AsSpan(position), out power))
        {
            return false;
        }

        digits = BigInteger.Parse(scale == 0 ? plain : string.Concat(plain[..(scale - 1 - start)], plain[(scale - start)..]), NumberStyles.None, CultureInfo.InvariantCulture);
        power -= fraction;
        if (digits.IsZero)
        {
            return true;
        }

        // Far outside the range: too large, or so small that it would be read as zero.
        var magnitude = seen + (long)power;
        if (magnitude is > 5000 or < -5000)
        {
            return false;
        }

        number = FromDecimal(text[0] == '-' ? -digits : digits, power);
        return number.IsFinite;
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, out int power)
    {
        power = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ('e' or 'E') || text.Length < 2 || !char.IsAsciiDigit(text[^1]))
        {
            return false;
        }

        if (!long.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed))
        {
            return false;
        }

        power = (int)Math.Clamp(parsed, -1_000_000, 1_000_000);
        return true;
    }

    private static ExtendedFloat FromDecimal(BigInteger digits, int power)
    {
        if (power >= 0)
        {
            return Round(digits * BigInteger.Pow(10, power), 0, exact: true);
        }

        var divisor = BigInteger.Pow(10, -power);
        var shift = Math.Max(0, (int)(divisor.GetBitLength() - BigInteger.Abs(digits).GetBitLength()) + Precision + 2);
        var quotient = BigInteger.DivRem(digits << shift, divisor, out var remainder);
        return Round(quotient, -shift, remainder.IsZero);
    }

    // To 64 bits, half to even; what is not exact lies a little further from zero than it says.
    private static ExtendedFloat Round(BigInteger mantissa, int exponent, bool exact)
    {
        var excess = (int)BigInteger.Abs(mantissa).GetBitLength() - Precision;
        if (excess <= 0)
        {
            return new(mantissa, exponent);
        }

        var rounded = ShiftHalfToEven(BigInteger.Abs(mantissa), excess, exact);
        return new(mantissa.Sign < 0 ? -rounded : rounded, exponent + excess);
    }

    private static BigInteger ShiftHalfToEven(BigInteger value, int bits, bool exact)
    {
        var shifted = value >> bits;
        var rest = value - (shifted << bits);
        var comparison = rest.CompareTo(BigInteger.One << (bits - 1));
        return comparison > 0 || (comparison == 0 && (!exact || !shifted.IsEven)) ? shifted + 1 : shifted;
    }
}
