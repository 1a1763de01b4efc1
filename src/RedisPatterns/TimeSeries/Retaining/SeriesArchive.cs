namespace RedisPatterns;

/// <summary>What a period had before it is dropped.</summary>
/// <param name="Set">The name of the set, or of what a rule makes of it: <c>weather</c>, <c>weather,hourly</c>.</param>
/// <param name="Series">The series.</param>
/// <param name="Period">The period.</param>
/// <param name="Samples">Its samples, ascending, at least one.</param>
public sealed record SeriesArchive(string Set, LabelledSeries Series, TimeRange Period, SeriesData Samples);
