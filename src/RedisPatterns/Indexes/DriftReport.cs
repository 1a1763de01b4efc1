namespace RedisPatterns;

/// <summary>What a verification compared and found.</summary>
/// <param name="Entities">How many entities were compared.</param>
/// <param name="Entries">How many index entries and claims were compared.</param>
/// <param name="Differences">The differences, as many as were asked for.</param>
public sealed record DriftReport(long Entities, long Entries, IReadOnlyList<IndexDrift> Differences)
{
    /// <summary>How many differences there are.</summary>
    public long Found { get; init; } = Differences.Count;

    /// <summary>How many entities could not be read, so that nothing can be said of their entries.</summary>
    public long Unreadable { get; init; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsClean => Found == 0;
}
