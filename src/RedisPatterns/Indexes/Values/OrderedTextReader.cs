using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>Reads values from ascending text in order: the inverse of <see cref="OrderedText.Of"/>.</summary>
internal static class OrderedTextReader
{
    private const int ExponentBias = 500;
    private const string MomentFormat = "yyyyMMddHHmmssfffffff";
    private const string TimeFormat = "HHmmssfffffff";

    // What is no number.
    private static readonly FrozenDictionary<Type, Func<string, object>> Others = new Dictionary<Type, Func<string, object>>
    {
        [typeof(string)] = static text => Text(text),
        [typeof(char)] = static text => Text(text)[0],
        [typeof(Ulid)] = static text => Ulid.Parse(text),
        [typeof(bool)] = static text => text == "1",
        [typeof(Guid)] = static text => Guid.ParseExact(text, "N"),
        [typeof(DateTimeOffset)] = static text => new DateTimeOffset(Moment(text), TimeSpan.Zero),
        [typeof(DateTime)] = static text => Moment(text),
        [typeof(DateOnly)] = static text => DateOnly.ParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture),
        [typeof(TimeOnly)] = static text => TimeOnly.ParseExact(text.PadRight(TimeFormat.Length, '0'), TimeFormat, CultureInfo.InvariantCulture),
        [typeof(TimeSpan)] = static text => TimeSpan.FromTicks(long.Parse(Digits(text), CultureInfo.InvariantCulture)),
    }.ToFrozenDictionary();

    /// <summary>The value that a text stands for.</summary>
    /// <exception cref="FormatException">The text is none of the type.</exception>
    public static TValue Read<TValue>(string text)
    {
        var type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        return (TValue)Read(type, text);
    }

    private static object Read(Type type, string text) =>
        Others.TryGetValue(type, out var read) ? read(text)
        : text is "m" or "q" ? Infinity(type, text == "q")
        : ScalarText.Number(type, Digits(text));

    private static DateTime Moment(string text) =>
        DateTime.SpecifyKind(DateTime.ParseExact(text.PadRight(MomentFormat.Length, '0'), MomentFormat, CultureInfo.InvariantCulture), DateTimeKind.Utc);

    private static object Infinity(Type type, bool isPositive) =>
        type == typeof(double) ? (object)(isPositive ? double.PositiveInfinity : double.NegativeInfinity)
        : type == typeof(float) ? (object)(isPositive ? float.PositiveInfinity : float.NegativeInfinity)
        : (object)(isPositive ? Half.PositiveInfinity : Half.NegativeInfinity);

    // o; p, exponent and digits; n, the same digits each taken from 9, and a tilde.
    private static string Digits(string text)
    {
        if (text == "o")
        {
            return "0";
        }

        var isNegative = text[0] == 'n';
        var number = isNegative ? string.Concat(text.AsSpan(1).TrimEnd('~').ToString().Select(digit => (char)('0' + '9' - digit))) : text[1..];
        var exponent = int.Parse(number.AsSpan(0, 3), CultureInfo.InvariantCulture) - ExponentBias;
        var digits = number[3..];
        var plain = exponent <= 0 ? "0." + new string('0', -exponent) + digits
            : exponent >= digits.Length ? digits.PadRight(exponent, '0')
            : string.Concat(digits.AsSpan(0, exponent), ".", digits.AsSpan(exponent));
        return isNegative ? "-" + plain : plain;
    }

    private static string Text(string text)
    {
        if (text == OrderedText.Empty)
        {
            return "";
        }

        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is not ('\n' or '+' or ';' or '\uD7FF'))
            {
                builder.Append(c);
                continue;
            }

            var code = text[++i];
            switch (c)
            {
                case '\n':
                    builder.Append((char)(code - '@'));
                    break;
                case '+':
                    builder.Append(code == '1' ? '+' : ',');
                    break;
                case ';':
                    builder.Append(code == '1' ? ':' : ';');
                    break;
                default:
                    builder.Append(code == '0' ? c : (char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += code == '0' ? 0 : 4;
                    break;
            }
        }

        return builder.ToString();
    }
}
