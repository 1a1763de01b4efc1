namespace RedisPatterns;

/// <summary>What a recount of a model's totals came to.</summary>
/// <param name="Entities">How many entities were counted.</param>
/// <param name="Groups">How many groups were compared, of all totals.</param>
/// <param name="Differences">The totals that were wrong, as many as were asked for.</param>
public sealed record RecountReport(long Entities, long Groups, IReadOnlyList<TotalDrift> Differences)
{
    /// <summary>How many totals were wrong.</summary>
    public long Found { get; init; } = Differences.Count;

    /// <summary>Whether all were right.</summary>
    public bool IsClean => Found == 0;
}
