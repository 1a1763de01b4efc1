using System.Diagnostics.CodeAnalysis;

namespace RedisPatterns;

/// <summary>
/// What the store remembers of an entity's index entries: <c>stamp version : unique tokens : tag tokens</c>, a colon between
/// the segments, commas between several values of one tag, an empty segment for no value.
/// </summary>
internal readonly record struct Memo(string Stamp, string Version, string[] Segments)
{
    private const int StampLength = 3;

    public static string Format(string stamp, string version, IEnumerable<string> segments) =>
        string.Concat(stamp, version, string.Concat(segments.Select(segment => ":" + segment)));

    public static bool TryParse(string text, [NotNullWhen(true)] out Memo? memo)
    {
        memo = null;
        if (text.Length <= StampLength)
        {
            return false;
        }

        var parts = text.Split(':');
        var version = parts[0][Math.Min(StampLength, parts[0].Length)..];
        if (version.Length == 0 || !version.All(char.IsAsciiDigit))
        {
            return false;
        }

        memo = new Memo(text[..StampLength], version, parts[1..]);
        return true;
    }

    /// <summary>The values of a tag segment.</summary>
    public static string[] Values(string segment) => segment.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
