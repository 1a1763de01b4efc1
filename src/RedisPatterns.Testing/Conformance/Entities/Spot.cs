namespace RedisPatterns.Testing;

/// <summary>A place on the earth.</summary>
internal readonly record struct Spot(double Longitude, double Latitude);
