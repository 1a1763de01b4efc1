using System.Buffers;
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

    // What scripts count with exactly; whatever is longer was not written by this library.
    private const int GreatestVersionLength = 15;
    private const int GreatestSchemaLength = 9;

    private static readonly SearchValues<char> StampDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Format(string stamp, string version, string schema, IEnumerable<string> segments) =>
        string.Concat(stamp, version, schema is "" or "1" ? "" : "." + schema, string.Concat(segments.Select(segment => ":" + segment)));

    public static bool TryParse(string text, [NotNullWhen(true)] out Memo? memo)
    {
        memo = null;
        if (text.Length <= StampLength || text.AsSpan(0, StampLength).ContainsAnyExcept(StampDigits))
        {
            return false;
        }

        var parts = text.Split(':');
        var numbers = parts[0][StampLength..].Split('.');
        if (numbers.Length > 2 || numbers[0].Length == 0 || !IsNumber(numbers[0], GreatestVersionLength) || (numbers.Length == 2 && !IsNumber(numbers[1], GreatestSchemaLength)))
        {
            return false;
        }

        memo = new Memo(text[..StampLength], long.Parse(numbers[0], CultureInfo.InvariantCulture), numbers.Length == 2 ? numbers[1] : "", parts[1..]);
        return true;
    }

    /// <summary>The values of a tag segment.</summary>
    public static string[] Values(string segment) => segment.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsNumber(string text, int greatestLength) => text.Length <= greatestLength && text.All(char.IsAsciiDigit);
}
