namespace RedisPatterns.Benchmarks.Cells;

/// <summary>A way of keeping the hundred series. They are named by their numbers, so that a side can have its keys ready.</summary>
internal interface ISeriesSide
{
    string Name { get; }

    /// <summary>Declares the series where that is needed.</summary>
    Task DeclareAsync();

    Task AddAsync(int series, SeriesSample sample);

    /// <summary>Adds samples of one series, ascending.</summary>
    Task AddAsync(int series, SeriesSample[] samples);

    /// <summary>Adds a sample of every series, in their order.</summary>
    Task AddOfEachAsync(NamedSample[] samples);

    Task<SeriesData> RangeAsync(int series, TimeRange range);

    /// <summary>Averages by five minutes.</summary>
    Task<SeriesData> AveragesAsync(int series, TimeRange range);

    /// <summary>Averages by five minutes of each series, and of these the average for each region; of one region alone unless null.</summary>
    Task<IReadOnlyList<SeriesGroup>> GroupsAsync(TimeRange range, string? region);
}
