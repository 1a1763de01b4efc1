using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Commands;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>Compresses the buckets of chunks. Nobody may add to them meanwhile.</summary>
internal static class SeriesSealing
{
    public static async Task SealAsync(SeriesSet set)
    {
        foreach (var series in SeriesSamples.Names)
        {
            var key = set.KeyOf(series);
            foreach (var found in await set.Store.SendAsync(SortedSets.RangeByScore(KeyGrammar.SeriesBuckets(key), ScoreRange.All)))
            {
                var start = found.AsInt64();
                var bucket = KeyGrammar.SeriesBucket(key, start);
                var value = await set.Store.SendAsync(Strings.Get(bucket));
                await set.Store.SendAsync(Strings.Set(bucket, BucketValue.Seal(value.AsMemory().Span, set.Period.At(start), set.Options.Duplicates)));
            }
        }
    }
}
