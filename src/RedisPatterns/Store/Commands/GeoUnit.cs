namespace RedisPatterns.Commands;

/// <summary>A unit of length.</summary>
public enum GeoUnit
{
    /// <summary>Metres.</summary>
    Meters,

    /// <summary>Kilometres of 1,000 metres.</summary>
    Kilometers,

    /// <summary>Miles of 1,609.34 metres.</summary>
    Miles,

    /// <summary>Feet of 0.3048 metres.</summary>
    Feet,
}
