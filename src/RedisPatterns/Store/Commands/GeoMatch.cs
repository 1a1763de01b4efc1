namespace RedisPatterns.Commands;

/// <summary>A member that a search found.</summary>
/// <param name="Member">The member.</param>
/// <param name="Distance">The distance from the centre in the unit of the searched shape, to four decimals; null when not asked for.</param>
/// <param name="Hash">The geohash as 52-bit integer; null when not asked for.</param>
/// <param name="Position">The place as it is kept; null when not asked for.</param>
public readonly record struct GeoMatch(StoreValue Member, double? Distance, long? Hash, GeoPosition? Position);
