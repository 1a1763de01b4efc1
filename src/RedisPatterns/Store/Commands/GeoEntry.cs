namespace RedisPatterns.Commands;

/// <summary>A member of a geo index with its place.</summary>
/// <param name="Member">The member.</param>
/// <param name="Position">The place; kept to about half a metre.</param>
public readonly record struct GeoEntry(StoreValue Member, GeoPosition Position);
