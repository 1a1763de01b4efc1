namespace RedisPatterns.Commands;

/// <summary>The words for units of length.</summary>
internal static class GeoUnits
{
    public static string Word(this GeoUnit unit) => unit switch
    {
        GeoUnit.Meters => "m",
        GeoUnit.Kilometers => "km",
        GeoUnit.Miles => "mi",
        GeoUnit.Feet => "ft",
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };
}
