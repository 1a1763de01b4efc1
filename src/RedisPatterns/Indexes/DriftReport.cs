namespace RedisPatterns;

/// <summary>What a verification compared and found.</summary>
/// <param name="Entities">How many entities were compared.</param>
/// <param name="Entries">How many index entries and claims were compared.</param>
/// <param name="Differences">Every difference.</param>
public sealed record DriftReport(long Entities, long Entries, IReadOnlyList<IndexDrift> Differences)
{
    /// <summary>Whether nothing differs.</summary>
    public bool IsClean => Differences.Count == 0;
}
