namespace RedisPatterns;

/// <summary>Samples on their way to a series.</summary>
/// <param name="Series">The name of the series.</param>
/// <param name="Samples">The samples, in the order of their arrival.</param>
internal readonly record struct SeriesWrite(string Series, ReadOnlyMemory<SeriesSample> Samples);
