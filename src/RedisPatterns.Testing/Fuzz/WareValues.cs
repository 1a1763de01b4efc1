using System.Globalization;
using System.Text;

namespace RedisPatterns.Testing;

/// <summary>The order of values as the indexes promise it, worked out from the values and not from what is stored.</summary>
internal static class WareValues
{
    private const double EarthRadius = 6372797.560856;
    private const double MaxLatitude = 85.05112878;
    private const int GridSteps = 1 << 26;

    /// <summary>The order of UTF-8 bytes; null first.</summary>
    public static int Compare(string? left, string? right) =>
        left is null || right is null ? (left is null ? 0 : 1) - (right is null ? 0 : 1)
        : ReferenceEquals(left, right) ? 0 : Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    /// <summary>The order of ids among equals: that of their tokens, see docs/key-layout.md.</summary>
    public static int CompareIds(string left, string right) => Compare(TokenOf(left), TokenOf(right));

    public static bool StartsWith(string? text, string beginning) => text?.StartsWith(beginning, StringComparison.Ordinal) == true;

    /// <summary>Moments count by whole milliseconds in a range.</summary>
    public static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    /// <summary>The distance to where the grid of 52 bits has a place.</summary>
    public static double Distance(Spot centre, Spot spot)
    {
        var place = new Spot(Snapped(spot.Longitude, 180), Snapped(spot.Latitude, MaxLatitude));
        var (u, v) = (Math.Sin(Radians(place.Latitude - centre.Latitude) / 2), Math.Sin(Radians(place.Longitude - centre.Longitude) / 2));
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt((u * u) + (Math.Cos(Radians(centre.Latitude)) * Math.Cos(Radians(place.Latitude)) * v * v))));
    }

    private static string TokenOf(string id)
    {
        if (id.AsSpan().IndexOfAnyInRange('\0', '/') < 0 && id.AsSpan().IndexOfAny(":{}\u007F") < 0)
        {
            return id;
        }

        var token = new StringBuilder();
        foreach (var c in id)
        {
            _ = c < ' ' || "%:{},/\u007F".Contains(c, StringComparison.Ordinal) ? token.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : token.Append(c);
        }

        return token.ToString();
    }

    private static double Snapped(double degrees, double greatest)
    {
        var square = Math.Min(Math.Floor((degrees + greatest) / (2 * greatest) * GridSteps), GridSteps - 1);
        return -greatest + ((square + 0.5) / GridSteps * 2 * greatest);
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
