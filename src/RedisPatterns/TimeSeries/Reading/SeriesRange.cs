namespace RedisPatterns;

/// <summary>What was read of one of several series.</summary>
/// <param name="Series">The series.</param>
/// <param name="Samples">Its samples, or buckets.</param>
public sealed record SeriesRange(LabelledSeries Series, SeriesData Samples);
