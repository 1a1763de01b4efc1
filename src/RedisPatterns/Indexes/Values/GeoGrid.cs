using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>
/// The grid that Redis keeps places by: a score of 52 bits, of longitude and latitude in turn, the latitude's first from the
/// right. A square of the grid is a range of scores.
/// </summary>
internal static class GeoGrid
{
    /// <summary>The radius that Redis takes for the earth, in metres.</summary>
    public const double EarthRadius = 6372797.560856;

    private const int Steps = 26;
    private const double MaxLongitude = 180;
    private const double MaxLatitude = GeoPosition.MaxLatitude;

    // Beyond this many squares of one size those of twice the size are taken: fewer ranges, with more outside the circle.
    private const int GreatestSquareCount = 16;

    /// <summary>The score of a place.</summary>
    public static double ScoreOf(GeoPosition place) =>
        Spread(At(place.Latitude, MaxLatitude, Steps)) | (Spread(At(place.Longitude, MaxLongitude, Steps)) << 1);

    /// <summary>The middle of the square of a score, which is where a place is taken to be.</summary>
    public static GeoPosition PlaceOf(double score)
    {
        var bits = (ulong)score;
        return new(((Squeeze(bits >> 1) + 0.5) / (1 << Steps) * (2 * MaxLongitude)) - MaxLongitude, ((Squeeze(bits) + 0.5) / (1 << Steps) * (2 * MaxLatitude)) - MaxLatitude);
    }

    /// <summary>The distance in metres between two places along the surface of a sphere (haversine).</summary>
    public static double Distance(GeoPosition one, GeoPosition other)
    {
        var u = Math.Sin(Radians(other.Latitude - one.Latitude) / 2);
        var v = Math.Sin(Radians(other.Longitude - one.Longitude) / 2);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt((u * u) + (Math.Cos(Radians(one.Latitude)) * Math.Cos(Radians(other.Latitude)) * v * v))));
    }

    /// <summary>Ranges of scores, ascending and apart, that hold every place within a distance of a centre; each with its end left out.</summary>
    /// <param name="centre">The centre.</param>
    /// <param name="metres">The distance.</param>
    public static IReadOnlyList<(double First, double End)> Cover(GeoPosition centre, double metres)
    {
        var (south, north, west, east) = Box(centre, metres);
        for (var step = Steps; ; step--)
        {
            var (firstRow, lastRow) = (At(south, MaxLatitude, step), At(north, MaxLatitude, step));
            var columns = 1L << step;
            var firstColumn = (long)Math.Floor((west + MaxLongitude) / (2 * MaxLongitude) * columns);
            var columnCount = Math.Min(columns, (long)Math.Floor((east + MaxLongitude) / (2 * MaxLongitude) * columns) - firstColumn + 1);
            if (step == 0 || (lastRow - firstRow + 1L) * columnCount <= GreatestSquareCount)
            {
                return Ranges(firstRow, lastRow, firstColumn, columnCount, step);
            }
        }
    }

    // A little more than the circle, so that nothing is lost by rounding.
    private static (double South, double North, double West, double East) Box(GeoPosition centre, double metres)
    {
        const double Margin = 1e-6;
        var angle = Math.Min(metres / EarthRadius, Math.PI);
        var (south, north) = (centre.Latitude - Degrees(angle) - Margin, centre.Latitude + Degrees(angle) + Margin);
        var ratio = Math.Sin(angle) / Math.Cos(Radians(centre.Latitude));
        var width = south <= -90 || north >= 90 || angle >= Math.PI / 2 || ratio >= 1 ? MaxLongitude : Degrees(Math.Asin(ratio)) + Margin;
        return (Math.Max(south, -MaxLatitude), Math.Min(north, MaxLatitude), centre.Longitude - width, centre.Longitude + width);
    }

    private static List<(double First, double End)> Ranges(uint firstRow, uint lastRow, long firstColumn, long columnCount, int step)
    {
        var squares = new List<ulong>();
        var columns = 1L << step;
        for (var i = 0L; i < columnCount; i++)
        {
            // The grid goes round the earth.
            var column = (((firstColumn + i) % columns) + columns) % columns;
            for (var row = firstRow; row <= lastRow; row++)
            {
                squares.Add(Spread(row) | (Spread((uint)column) << 1));
            }
        }

        squares.Sort();
        var ranges = new List<(double First, double End)>();
        var shift = 2 * (Steps - step);
        foreach (var square in squares)
        {
            double first = square << shift;
            double end = (square + 1) << shift;
            if (ranges.Count > 0 && ranges[^1].End == first)
            {
                ranges[^1] = (ranges[^1].First, end);
            }
            else
            {
                ranges.Add((first, end));
            }
        }

        return ranges;
    }

    // The very edge belongs to the last row or column.
    private static uint At(double degrees, double greatest, int step) =>
        Math.Min((uint)((degrees - -greatest) / (greatest - -greatest) * (1UL << step)), (uint)((1UL << step) - 1));

    private static double Radians(double degrees) => degrees * (Math.PI / 180);

    private static double Degrees(double radians) => radians / (Math.PI / 180);

    private static ulong Spread(uint number)
    {
        ulong x = number;
        x = (x | (x << 16)) & 0x0000FFFF0000FFFF;
        x = (x | (x << 8)) & 0x00FF00FF00FF00FF;
        x = (x | (x << 4)) & 0x0F0F0F0F0F0F0F0F;
        x = (x | (x << 2)) & 0x3333333333333333;
        return (x | (x << 1)) & 0x5555555555555555;
    }

    private static uint Squeeze(ulong bits)
    {
        var x = bits & 0x5555555555555555;
        x = (x | (x >> 1)) & 0x3333333333333333;
        x = (x | (x >> 2)) & 0x0F0F0F0F0F0F0F0F;
        x = (x | (x >> 4)) & 0x00FF00FF00FF00FF;
        x = (x | (x >> 8)) & 0x0000FFFF0000FFFF;
        return (uint)(x | (x >> 16));
    }
}
