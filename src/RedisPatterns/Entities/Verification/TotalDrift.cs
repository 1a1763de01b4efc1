namespace RedisPatterns;

/// <summary>A count or sum that is not what the entities add up to.</summary>
/// <param name="Total">The name of the total.</param>
/// <param name="Period">The period, as keys name it: <c>2026-11-29</c>; null for a total that is not kept by period.</param>
/// <param name="Group">The group, parts of a tuple with a slash in between; the empty text for a total without groups.</param>
/// <param name="Stored">What was stored; null for what is no whole number of 64 bits.</param>
/// <param name="Counted">What the entities add up to.</param>
public sealed record TotalDrift(string Total, string? Period, string Group, decimal? Stored, decimal Counted);
