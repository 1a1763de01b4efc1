namespace RedisPatterns;

/// <summary>A sample of a series that it names.</summary>
/// <param name="Series">The name of the series.</param>
/// <param name="Sample">The sample.</param>
public readonly record struct NamedSample(string Series, SeriesSample Sample);
