namespace RedisPatterns.Testing;

/// <summary>Whether a concurrent history is linearizable.</summary>
/// <param name="IsLinearizable">Whether it is.</param>
/// <param name="Explanation">The history, and how far the best order of its operations got; null when it is linearizable.</param>
/// <param name="Steps">How many operations were tried: the work that the answer took.</param>
public sealed record LinearizabilityResult(bool IsLinearizable, string? Explanation, long Steps);
