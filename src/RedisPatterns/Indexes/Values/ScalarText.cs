using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;

namespace RedisPatterns;

/// <summary>Reads the invariant text of a number, and of what is neither text nor number.</summary>
internal static class ScalarText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static readonly FrozenDictionary<Type, Func<string, object>> Numbers = new Dictionary<Type, Func<string, object>>
    {
        [typeof(int)] = static text => int.Parse(text, Culture),
        [typeof(long)] = static text => long.Parse(text, Culture),
        [typeof(decimal)] = static text => decimal.Parse(text, Culture),
        [typeof(double)] = static text => double.Parse(text, Culture),
        [typeof(float)] = static text => float.Parse(text, Culture),
        [typeof(Half)] = static text => Half.Parse(text, Culture),
        [typeof(short)] = static text => short.Parse(text, Culture),
        [typeof(ushort)] = static text => ushort.Parse(text, Culture),
        [typeof(byte)] = static text => byte.Parse(text, Culture),
        [typeof(sbyte)] = static text => sbyte.Parse(text, Culture),
        [typeof(uint)] = static text => uint.Parse(text, Culture),
        [typeof(ulong)] = static text => ulong.Parse(text, Culture),
        [typeof(Int128)] = static text => Int128.Parse(text, Culture),
        [typeof(UInt128)] = static text => UInt128.Parse(text, Culture),
        [typeof(BigInteger)] = static text => BigInteger.Parse(text, Culture),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Type, Func<string, object>> Tokens = new Dictionary<Type, Func<string, object>>(Numbers)
    {
        [typeof(string)] = static text => text,
        [typeof(char)] = static text => text[0],
        [typeof(bool)] = static text => text == "true",
        [typeof(Guid)] = static text => Guid.ParseExact(text, "D"),
        [typeof(DateTimeOffset)] = static text => DateTimeOffset.ParseExact(text, "O", Culture),
        [typeof(DateTime)] = static text => DateTime.ParseExact(text, "O", Culture, DateTimeStyles.RoundtripKind),
        [typeof(DateOnly)] = static text => DateOnly.ParseExact(text, "O", Culture),
        [typeof(TimeOnly)] = static text => TimeOnly.ParseExact(text, "O", Culture),
        [typeof(TimeSpan)] = static text => TimeSpan.ParseExact(text, "c", Culture),
        [typeof(Ulid)] = static text => Ulid.Parse(text),
        [typeof(double)] = static text => OfDouble(text),
        [typeof(float)] = static text => (float)OfDouble(text),
    }.ToFrozenDictionary();

    /// <summary>A number of a type, or of an enum, from its digits: <c>-12.5</c>, without an exponent.</summary>
    /// <exception cref="NotSupportedException">It is no type of numbers.</exception>
    public static object Number(Type type, string digits)
    {
        if (type.IsEnum)
        {
            return Enum.GetUnderlyingType(type) == typeof(ulong) ? Enum.ToObject(type, ulong.Parse(digits, Culture)) : Enum.ToObject(type, long.Parse(digits, Culture));
        }

        return (Numbers.GetValueOrDefault(type) ?? throw Unknown(type))(digits);
    }

    /// <summary>A value of a type from its token: what <see cref="IndexToken"/> makes of it, unescaped.</summary>
    /// <exception cref="NotSupportedException">Values of the type can not be read.</exception>
    public static object Token(Type type, string text) => type.IsEnum ? Enum.Parse(type, text) : (Tokens.GetValueOrDefault(type) ?? throw Unknown(type))(text);

    public static NotSupportedException Unknown(Type type) => new($"Values of the type {type.Name} can be asked for, but not be listed; use a text, number, date, duration, enum, bool, Guid or a tuple of these.");

    private static double OfDouble(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, Culture),
    };
}
