namespace RedisPatterns.Commands;

/// <summary>A place on the earth.</summary>
public readonly record struct GeoPosition
{
    /// <summary>The latitude beyond which, north and south, places can not be stored; in degrees.</summary>
    public const double MaxLatitude = 85.05112878;

    /// <summary>A place on the earth.</summary>
    /// <param name="longitude">Degrees east; -180 to 180.</param>
    /// <param name="latitude">Degrees north; -<see cref="MaxLatitude"/> to <see cref="MaxLatitude"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One lies outside, or is no number.</exception>
    public GeoPosition(double longitude, double latitude)
    {
        if (longitude is not (>= -180 and <= 180))
        {
            throw new ArgumentOutOfRangeException(nameof(longitude), "A longitude is -180 to 180 degrees.");
        }

        if (latitude is not (>= -MaxLatitude and <= MaxLatitude))
        {
            throw new ArgumentOutOfRangeException(nameof(latitude), "A latitude is -85.05112878 to 85.05112878 degrees.");
        }

        Longitude = longitude;
        Latitude = latitude;
    }

    /// <summary>Degrees east.</summary>
    public double Longitude { get; }

    /// <summary>Degrees north.</summary>
    public double Latitude { get; }
}
