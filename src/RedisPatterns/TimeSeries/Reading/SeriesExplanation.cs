namespace RedisPatterns;

/// <summary>How a range would be read.</summary>
/// <param name="Rule">The name of the rule whose values answer; null for the samples.</param>
/// <param name="Engine">How what is read lies.</param>
/// <param name="Aggregation">What is made of what is read; null when it comes as it is.</param>
public sealed record SeriesExplanation(string? Rule, SeriesEngine Engine, Aggregation? Aggregation);
