using RedisPatterns.Benchmarks.Data;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Averages of series by their regions, by hand: which series a region has is known.</summary>
internal sealed class HandWrittenGroups(TimeRange range)
{
    private readonly SortedDictionary<string, (List<string> Names, HandWrittenAverages Averages)> _groups = new(StringComparer.Ordinal);

    /// <summary>Takes the samples of the series whose turn it is.</summary>
    public HandWrittenAverages Series { get; } = new(range);

    public static int[] SeriesOf(string? region) =>
        [.. Enumerable.Range(0, SeriesSamples.SeriesCount).Where(series => region is null || SeriesSamples.RegionOf(series) == region)];

    /// <summary>All samples of a series have come.</summary>
    public void End(int series)
    {
        if (!_groups.TryGetValue(SeriesSamples.RegionOf(series), out var group))
        {
            _groups[SeriesSamples.RegionOf(series)] = group = ([], new(range));
        }

        group.Names.Add(SeriesSamples.Names[series]);
        group.Averages.AddAveragesOf(Series);
        Series.Clear();
    }

    public IReadOnlyList<SeriesGroup> ToList() => [.. _groups.Select(group => new SeriesGroup(group.Key, group.Value.Names, group.Value.Averages.ToData()))];
}
