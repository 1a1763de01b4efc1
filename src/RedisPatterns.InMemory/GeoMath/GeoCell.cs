namespace RedisPatterns.InMemory;

/// <summary>A cell of the geohash grid: so many bits of latitude and longitude, in turn, the latitude's first from the right.</summary>
/// <param name="Bits">The bits.</param>
/// <param name="Step">The number of bits of each; a score has 26.</param>
internal readonly record struct GeoCell(ulong Bits, int Step)
{
    /// <summary>The number of bits of each coordinate in a score.</summary>
    public const int ScoreStep = 26;

    public const double MaxLongitude = 180;

    public const double MaxLatitude = Commands.GeoPosition.MaxLatitude;

    private const ulong EvenBits = 0x5555555555555555;
    private const ulong OddBits = 0xaaaaaaaaaaaaaaaa;

    public double West => LongitudeOf(Column);

    public double East => LongitudeOf(Column + 1L);

    public double South => LatitudeOf(Row);

    public double North => LatitudeOf(Row + 1L);

    /// <summary>The cell's least score, itself within the cell.</summary>
    public ulong MinScore => Bits << (2 * (ScoreStep - Step));

    /// <summary>The cell's greatest score, itself without.</summary>
    public ulong EndScore => (Bits + 1) << (2 * (ScoreStep - Step));

    /// <summary>The middle of the cell.</summary>
    public GeoPoint Center => new(
        Math.Clamp((West + East) / 2, -MaxLongitude, MaxLongitude),
        Math.Clamp((South + North) / 2, -MaxLatitude, MaxLatitude));

    private uint Row => Squeeze(Bits);

    private uint Column => Squeeze(Bits >> 1);

    /// <summary>The cell of a score.</summary>
    public static GeoCell FromScore(double score) => new((ulong)score, ScoreStep);

    /// <summary>The cell in which a point lies.</summary>
    /// <param name="point">The point.</param>
    /// <param name="step">The number of bits of each coordinate.</param>
    /// <param name="maxLatitude">The latitude where the grid ends, north and south.</param>
    public static GeoCell At(GeoPoint point, int step, double maxLatitude = MaxLatitude)
    {
        var row = (point.Latitude - -maxLatitude) / (maxLatitude - -maxLatitude) * (1UL << step);
        var column = (point.Longitude - -MaxLongitude) / (MaxLongitude - -MaxLongitude) * (1UL << step);
        return new(Spread((uint)row) | (Spread((uint)column) << 1), step);
    }

    /// <summary>The cell beside this one; beyond the edge of the grid it is the one on the other side.</summary>
    /// <param name="east">1 to the east, -1 to the west, or 0.</param>
    /// <param name="north">1 to the north, -1 to the south, or 0.</param>
    public GeoCell Neighbor(int east, int north)
    {
        var columns = Move(Bits & OddBits, EvenBits, OddBits, east);
        var rows = Move(Bits & EvenBits, OddBits, EvenBits, north);
        return this with { Bits = columns | rows };
    }

    // Counts within every other bit: the bits between are filled, so that a carry runs through them.
    private ulong Move(ulong part, ulong between, ulong mask, int direction)
    {
        // A point on the very edge has a bit more; it stays where there is nothing to move.
        if (direction == 0)
        {
            return part;
        }

        var unused = 64 - (Step * 2);
        var filler = between >> unused;
        return (direction > 0 ? part + filler + 1 : (part | filler) - (filler + 1)) & (mask >> unused);
    }

    private double LongitudeOf(long column) => -MaxLongitude + ((uint)column * 1.0 / (1UL << Step) * (MaxLongitude - -MaxLongitude));

    private double LatitudeOf(long row) => -MaxLatitude + ((uint)row * 1.0 / (1UL << Step) * (MaxLatitude - -MaxLatitude));

    private static ulong Spread(uint number)
    {
        ulong x = number;
        x = (x | (x << 16)) & 0x0000FFFF0000FFFF;
        x = (x | (x << 8)) & 0x00FF00FF00FF00FF;
        x = (x | (x << 4)) & 0x0F0F0F0F0F0F0F0F;
        x = (x | (x << 2)) & 0x3333333333333333;
        return (x | (x << 1)) & EvenBits;
    }

    private static uint Squeeze(ulong bits)
    {
        var x = bits & EvenBits;
        x = (x | (x >> 1)) & 0x3333333333333333;
        x = (x | (x >> 2)) & 0x0F0F0F0F0F0F0F0F;
        x = (x | (x >> 4)) & 0x00FF00FF00FF00FF;
        x = (x | (x >> 8)) & 0x0000FFFF0000FFFF;
        return (uint)(x | (x >> 16));
    }
}
