using System.Numerics;

namespace RedisPatterns;

/// <summary>
/// How the values of an index are written, as letters that go into its definition: an index whose signature has changed does
/// not understand what it held before.
/// </summary>
internal static class IndexSignature
{
    /// <summary>The letter of a type of values: <c>n</c> numbers, <c>s</c> text, <c>m</c> moments, <c>y</c> days, <c>k</c> times of day, <c>p</c> durations, <c>g</c> Guids, <c>b</c> bools.</summary>
    /// <returns>The letter; <c>x</c> for a type whose values are refused.</returns>
    public static char Of<TValue>()
    {
        var type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        return type == typeof(string) || type == typeof(char) || type == typeof(Ulid) ? 's'
            : type == typeof(DateTimeOffset) || type == typeof(DateTime) ? 'm'
            : type == typeof(DateOnly) ? 'y'
            : type == typeof(TimeOnly) ? 'k'
            : type == typeof(TimeSpan) ? 'p'
            : type == typeof(Guid) ? 'g'
            : type == typeof(bool) ? 'b'
            : type.IsEnum || IsNumber(type) ? 'n'
            : 'x';
    }

    /// <summary>The letter of a part: upper case when it descends.</summary>
    public static char OfPart<TValue>(bool descending) => descending ? char.ToUpperInvariant(Of<TValue>()) : Of<TValue>();

    /// <summary>Whether values of a type can be more than a double holds, so that a range over them is exact unless it is declared otherwise.</summary>
    public static bool IsExactByDefault<TValue>()
    {
        var type = Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue);
        return type == typeof(decimal) || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(BigInteger);
    }

    private static bool IsNumber(Type type) =>
        Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal
        || type == typeof(Half) || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(BigInteger);
}
