namespace RedisPatterns;

/// <summary>What was made of the series that share the value of a label.</summary>
/// <param name="Value">The value of the label.</param>
/// <param name="Series">The names of the series, in ordinal order.</param>
/// <param name="Samples">What was made of their buckets.</param>
public sealed record SeriesGroup(string Value, IReadOnlyList<string> Series, SeriesData Samples);
