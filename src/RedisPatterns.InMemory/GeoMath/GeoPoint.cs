namespace RedisPatterns.InMemory;

/// <summary>A point on the earth, in degrees.</summary>
internal readonly record struct GeoPoint(double Longitude, double Latitude)
{
    /// <summary>The radius that Redis takes for the earth, in metres.</summary>
    public const double EarthRadius = 6372797.560856;

    /// <summary>The distance in metres along the surface of a sphere (haversine).</summary>
    public double DistanceTo(GeoPoint other)
    {
        var v = Math.Sin((ToRadians(other.Longitude) - ToRadians(Longitude)) / 2);
        if (v == 0)
        {
            return LatitudeDistanceTo(other);
        }

        var (from, to) = (ToRadians(Latitude), ToRadians(other.Latitude));
        var u = Math.Sin((to - from) / 2);
        return 2.0 * EarthRadius * Math.Asin(Math.Sqrt((u * u) + (Math.Cos(from) * Math.Cos(to) * v * v)));
    }

    /// <summary>The distance in metres between the parallels.</summary>
    public double LatitudeDistanceTo(GeoPoint other) => EarthRadius * Math.Abs(ToRadians(other.Latitude) - ToRadians(Latitude));

    public static double ToRadians(double degrees) => degrees * (Math.PI / 180.0);

    public static double ToDegrees(double radians) => radians / (Math.PI / 180.0);
}
