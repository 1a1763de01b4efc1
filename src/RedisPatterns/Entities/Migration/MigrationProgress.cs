namespace RedisPatterns;

/// <summary>How far a migration has come.</summary>
/// <param name="Share">The share of the entities that it has been through, 0 to 1; roughly, since they come and go.</param>
/// <param name="Read">How many entities it has read.</param>
/// <param name="Upgraded">How many it has upgraded.</param>
/// <param name="Failed">How many it could not upgrade.</param>
public readonly record struct MigrationProgress(double Share, long Read, long Upgraded, long Failed);
