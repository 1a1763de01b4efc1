namespace RedisPatterns;

/// <summary>The latest sample of one of several series.</summary>
/// <param name="Series">The series.</param>
/// <param name="Sample">The sample; null when the series has none.</param>
public sealed record LatestSample(LabelledSeries Series, SeriesSample? Sample);
