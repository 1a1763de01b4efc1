namespace RedisPatterns.Benchmarks.Data;

/// <summary>A range that is asked for, and of which series.</summary>
/// <param name="Series">The number of the series.</param>
/// <param name="Range">The range.</param>
internal readonly record struct SeriesQuestion(int Series, TimeRange Range);
