using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.HandWritten;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>The ways of keeping series that are compared, each under names of its own.</summary>
internal sealed class SeriesSides(Clients clients, string prefix)
{
    public OurSeries Sealed { get; } = new("chunks, sealed", clients.Store.Keyspace($"{prefix}sealed"), SeriesEngine.Chunks);

    public OurSeries Chunks { get; } = new("chunks", clients.Store.Keyspace($"{prefix}chunks"), SeriesEngine.Chunks);

    public OurSeries HashBuckets { get; } = new("hash buckets", clients.Store.Keyspace($"{prefix}hashes"), SeriesEngine.HashBuckets);

    public OurSeries SortedSet { get; } = new("sorted set", clients.Store.Keyspace($"{prefix}sets"), SeriesEngine.SortedSet);

    public HandWrittenSeries ByHand { get; } = new(clients.Database, $"{{hand}}:{prefix}:sets");

    public HandWrittenRecords Records { get; } = new(clients.Database, $"{{hand}}:{prefix}:records");

    /// <summary>What is asked: ours that is judged, the baseline, and others for orientation.</summary>
    public ISeriesSide[] ToAsk => [Sealed, ByHand, Records, Chunks, HashBuckets, SortedSet];

    /// <summary>What is added to, in the same order.</summary>
    public ISeriesSide[] ToAddTo => [Chunks, ByHand, Records, HashBuckets, SortedSet];

    public async Task LoadAsync(SeriesSamples samples)
    {
        foreach (var side in ToAsk)
        {
            await LoadAsync(side, samples);
        }

        await Sealed.SealAsync();
    }

    public static async Task LoadAsync(ISeriesSide side, SeriesSamples samples)
    {
        await side.DeclareAsync();
        await World.AllAsync(SeriesSamples.SeriesCount, series => side.AddAsync(series, samples.Stretch(series, 0, samples.Points)));
    }

    public async Task DeclareAsync()
    {
        foreach (var side in ToAddTo)
        {
            await side.DeclareAsync();
        }
    }
}
