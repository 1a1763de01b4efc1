using System.Globalization;
using System.Text;

namespace RedisPatterns.Testing;

/// <summary>Wares and values as text, to be read in a failure.</summary>
internal static class WareText
{
    private const int Longest = 40;

    public static string Of(Ware ware) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Of(ware.Id)} v{ware.Version} code={Of(ware.Code)} region={Of(ware.Region)} status={Of(ware.Status)} labels={(ware.Labels is null ? "null" : $"[{string.Join(' ', ware.Labels)}]")} stock={ware.Stock} price={ware.Price} serial={ware.Serial} grade={ware.Grade} made={ware.Made:O} batch={ware.Batch:N} open={ware.IsOpen} name={Of(ware.Name)} shelf={Of(ware.Shelf?.Name)} spot={(ware.Spot is { } spot ? Of(spot) : "null")} ends={ware.Ends:O}");

    public static string Of(Spot spot) => string.Create(CultureInfo.InvariantCulture, $"({spot.Longitude:R},{spot.Latitude:R})");

    /// <summary>A text with what can not be seen as in C#.</summary>
    public static string Of(string? text)
    {
        if (text is null)
        {
            return "null";
        }

        var builder = new StringBuilder("\"");
        foreach (var c in text.AsSpan(0, Math.Min(Longest, text.Length)))
        {
            _ = c is >= ' ' and < '\u007F' ? builder.Append(c) : builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return text.Length > Longest ? builder.Append(CultureInfo.InvariantCulture, $"…{text.Length}\"").ToString() : builder.Append('"').ToString();
    }
}
