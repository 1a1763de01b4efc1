namespace RedisPatterns.InMemory;

/// <summary>A member that a search found.</summary>
/// <param name="Member">The member.</param>
/// <param name="Score">Its score.</param>
/// <param name="Point">Where it is.</param>
/// <param name="Distance">How far from the centre: in metres while searching, then in the unit of the query.</param>
internal readonly record struct GeoFinding(StoreValue Member, double Score, GeoPoint Point, double Distance);
