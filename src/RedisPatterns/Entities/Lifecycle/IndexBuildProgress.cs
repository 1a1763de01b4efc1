namespace RedisPatterns;

/// <summary>How far the building of indexes has come.</summary>
/// <param name="Share">The share of the entities that it has been through, 0 to 1; roughly, since they come and go.</param>
/// <param name="Read">How many entities it has looked at.</param>
/// <param name="Indexed">How many it has put into the indexes.</param>
/// <param name="Failed">How many could not be read.</param>
public readonly record struct IndexBuildProgress(double Share, long Read, long Indexed, long Failed);
