using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RedisPatterns;

/// <summary>
/// What the store remembers of an entity's index entries: <c>stamp version .schema : unique tokens : tag tokens</c>, a colon
/// between the segments, commas between several values of one tag, an empty segment for no value; no schema stands for the first.
/// </summary>
internal readonly record struct Memo(string Stamp, long Version, string Schema, string[] Segments)
{
    private const int StampLength = 3;

    public static string Format(string stamp, string version, string schema, IEnumerable<string> segments) =>
        string.Concat(stamp, version, schema is "" or "1" ? "" : "." + schema, string.Concat(segments.Select(segment => ":" + segment)));

    public static bool TryParse(string text, [NotNullWhen(true)] out Memo? memo)
    {
        memo = null;
        if (text.Length <= StampLength)
        {
            return false;
        }

        var parts = text.Split(':');
        var numbers = parts[0][Math.Min(StampLength, parts[0].Length)..].Split('.');
        if (numbers.Length > 2 || !IsNumber(numbers[0]) || (numbers.Length == 2 && !IsNumber(numbers[1])))
        {
            return false;
        }

        memo = new Memo(text[..StampLength], long.Parse(numbers[0], CultureInfo.InvariantCulture), numbers.Length == 2 ? numbers[1] : "", parts[1..]);
        return true;
    }

    /// <summary>The values of a tag segment.</summary>
    public static string[] Values(string segment) => segment.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsNumber(string text) => text.Length is > 0 and < 19 && text.All(char.IsAsciiDigit);
}
