namespace RedisPatterns;

/// <summary>What a repair found and mended.</summary>
/// <param name="Drift">What was compared, and what differed.</param>
/// <param name="Mended">How many differences were mended, or were gone when it came to it.</param>
/// <param name="Left">Those that could not be mended, as many as the options ask for: a unique value that two entities have, or an entity that can not be read.</param>
public sealed record RepairReport(DriftReport Drift, long Mended, IReadOnlyList<IndexDrift> Left)
{
    /// <summary>Whether nothing is left to mend.</summary>
    public bool IsMended => Left.Count == 0;
}
