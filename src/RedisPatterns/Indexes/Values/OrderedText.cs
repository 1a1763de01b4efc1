using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace RedisPatterns;

/// <summary>
/// Values as text whose bytes are in the order of the values: what composite, text and exact range indexes hold. The grammar
/// is in docs/key-layout.md.
/// </summary>
/// <remarks>
/// No encoding is empty, begins with one of the codes of <see cref="PatchEntries"/>, or holds a colon, a comma or a tab. A
/// tab, which is less than anything in an encoding, ends each part and stands before the id. One ascending encoding can be
/// the beginning of another; a descending one ends with <c>~</c>, which is greater than anything in it.
/// </remarks>
internal static class OrderedText
{
    /// <summary>Ends each part.</summary>
    public const char Separator = '\t';

    /// <summary>Stands in an upper bound where a separator would be: greater than it, and less than anything that could follow.</summary>
    public const char AfterSeparator = '\n';

    /// <summary>The first byte that is greater than any of an encoding's.</summary>
    public const byte AfterEverything = 0xFF;

    /// <summary>Null comes before any value.</summary>
    public const string Null = "\u0005";

    /// <summary>Descending, null comes behind any value.</summary>
    public const string NullDescending = "~~";

    /// <summary>The empty text comes after null and before any other.</summary>
    public const string Empty = "\u0006";

    private const string End = "~";
    private const char LastControl = '\n';
    private const int ExponentBias = 500;
    private const int GreatestExponent = 499;

    // Those that are written as two characters, and the surrogates among which some have no partner.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. ":;+,\uD7FF", .. Enumerable.Range(0, LastControl + 1).Select(code => (char)code), .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    /// <summary>A value as ascending or descending text.</summary>
    /// <exception cref="IndexValueException">The value has no place in an order.</exception>
    public static string Of<TValue, T>(TValue value, bool descending, EntityIndex<T> index)
        where T : class
    {
        switch (value)
        {
            case null:
                return descending ? NullDescending : Null;
            case string text:
                return OfText(text, descending);
            case char c:
                return OfText(c.ToString(), descending);
            case bool flag:
                return flag != descending ? "1" : "0";
            case Guid guid:
                return descending ? Complement(guid.ToString("N"), 'f') : guid.ToString("N");
            case DateTimeOffset moment:
                return OfDigits(moment.UtcDateTime.ToString("yyyyMMddHHmmssfffffff", CultureInfo.InvariantCulture), 14, descending);
            case DateTime moment:
                return OfDigits(IndexScore.Utc(moment).ToString("yyyyMMddHHmmssfffffff", CultureInfo.InvariantCulture), 14, descending);
            case DateOnly day:
                return OfDigits(day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), 8, descending);
            case TimeOnly time:
                return OfDigits(time.ToString("HHmmssfffffff", CultureInfo.InvariantCulture), 6, descending);
            case TimeSpan span:
                return OfNumber(span.Ticks.ToString(CultureInfo.InvariantCulture), descending, index);
            case Enum:
                return OfNumber(EnumNumbers<TValue>.TextOf(value), descending, index);
            case double number:
                return OfNumber(number.ToString("R", CultureInfo.InvariantCulture), descending, index);
            case float number:
                return OfNumber(number.ToString("R", CultureInfo.InvariantCulture), descending, index);
            case Half number:
                return OfNumber(number.ToString("R", CultureInfo.InvariantCulture), descending, index);
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or decimal or BigInteger:
                return OfNumber(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), descending, index);
            case Ulid ulid:
                return OfText(ulid.ToString(), descending);
            default:
                throw new IndexValueException(index.Model.Name, index.Name, "values of this type have no order here; give a string, a number, a date, a duration, an enum, a bool or a Guid.");
        }
    }

    /// <summary>The beginning of the encodings of all texts that begin with a text.</summary>
    public static string PrefixOf(string text, bool descending) => descending ? Inverted(Escaped(text)) : Escaped(text);

    /// <summary>The member of a sorted set: the encoded parts, and the id.</summary>
    public static string Member(string encoded, string token) => string.Concat(encoded, "\t", token);

    /// <summary>The parts and the id of a member; a member without a separator is no entry.</summary>
    public static bool TrySplit(string member, out string encoded, out string token)
    {
        var at = member.LastIndexOf(Separator);
        (encoded, token) = at < 0 ? ("", member) : (member[..at], member[(at + 1)..]);
        return at > 0;
    }

    private static string OfText(string text, bool descending)
    {
        var escaped = text.Length == 0 ? Empty : Escaped(text);
        return descending ? Inverted(escaped) + End : escaped;
    }

    // The order of UTF-8 bytes, which is that of code points.
    private static string Escaped(string text)
    {
        var first = text.AsSpan().IndexOfAny(Special);
        if (first < 0)
        {
            return text;
        }

        var builder = new StringBuilder(text.Length + 8).Append(text.AsSpan(0, first));
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                builder.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                <= LastControl => builder.Append(LastControl).Append((char)('@' + c)),
                '+' => builder.Append("+1"),
                ',' => builder.Append("+2"),
                ':' => builder.Append(";1"),
                ';' => builder.Append(";2"),
                '\uD7FF' => builder.Append("\uD7FF0"),
                _ when char.IsSurrogate(c) => builder.Append("\uD7FF1").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
                _ => builder.Append(c),
            };
        }

        return builder.ToString();
    }

    private static string Inverted(string escaped)
    {
        var bytes = Encoding.UTF8.GetBytes(escaped);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)~bytes[i];
        }

        return Convert.ToHexStringLower(bytes);
    }

    // Digits of which some first ones are always there; zeros at the end of the others say nothing.
    private static string OfDigits(string digits, int always, bool descending)
    {
        var text = digits.AsSpan(0, always).ToString() + digits[always..].TrimEnd('0');
        return descending ? Complement(text, '9') + End : text;
    }

    // Sign, exponent and digits of 0.ddd times a power of ten, whatever the type of the number: m n o p q for minus infinity,
    // negative, nought, positive, infinity.
    private static string OfNumber<T>(string text, bool descending, EntityIndex<T> index)
        where T : class
    {
        switch (text)
        {
            case "NaN":
                throw new IndexValueException(index.Model.Name, index.Name, "NaN has no place in an order.");
            case "Infinity":
                return descending ? "m" : "q";
            case "-Infinity":
                return descending ? "q" : "m";
        }

        var isNegative = text[0] == '-';
        var number = text.AsSpan(isNegative ? 1 : 0);
        var exponent = 0;
        if (number.IndexOf('E') is var e and >= 0)
        {
            exponent = int.Parse(number[(e + 1)..], CultureInfo.InvariantCulture);
            number = number[..e];
        }

        var point = number.IndexOf('.');
        var digits = point < 0 ? number.ToString() : string.Concat(number[..point], number[(point + 1)..]);
        exponent += point < 0 ? digits.Length : point;
        var trimmed = digits.TrimStart('0');
        exponent -= digits.Length - trimmed.Length;
        trimmed = trimmed.TrimEnd('0');
        if (trimmed.Length == 0)
        {
            return "o";
        }

        if (Math.Abs(exponent) > GreatestExponent)
        {
            throw new IndexValueException(index.Model.Name, index.Name, "the number has more than 499 digits.");
        }

        var magnitude = (exponent + ExponentBias).ToString("D3", CultureInfo.InvariantCulture) + trimmed;
        return isNegative != descending ? "n" + Complement(magnitude, '9') + End : "p" + magnitude;
    }

    // Each digit, or hexadecimal digit, is what it lacks to the greatest one.
    private static string Complement(string digits, char greatest) => string.Create(digits.Length, (digits, greatest), static (target, state) =>
    {
        const string Hexadecimal = "0123456789abcdef";
        var last = state.greatest == '9' ? 9 : 15;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = Hexadecimal[last - Hexadecimal.IndexOf(state.digits[i], StringComparison.Ordinal)];
        }
    });

    // Enums are in the order of their numbers, as C# compares them.
    private static class EnumNumbers<TEnum>
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<object, string> Texts = new();

        public static string TextOf(TEnum value) => Texts.GetOrAdd(value!, static item => ((Enum)item).ToString("D"));
    }
}
