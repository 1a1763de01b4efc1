using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A key for each series and period, and a sorted set of the periods for reads that could go through too many.</summary>
internal abstract class BucketedStorage(SeriesSet set) : SeriesStorage(set)
{
    public sealed override async ValueTask ReadPageAsync(IReadOnlyList<SeriesRead> reads, CancellationToken cancellationToken)
    {
        var pages = await PagesAsync(reads, cancellationToken).ConfigureAwait(false);
        if (pages.Count > 0)
        {
            await ReadBucketsAsync(pages, cancellationToken).ConfigureAwait(false);
        }

        foreach (var page in pages)
        {
            if (page.IsEnough)
            {
                page.Read.End();
            }
            else
            {
                page.Read.MoveTo(page.Next);
            }
        }
    }

    public sealed override async ValueTask<long> DeleteAsync(string series, TimeRange range, SeriesMarks? marks, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        await foreach (var start in BucketsAsync(series, range, cancellationToken).ConfigureAwait(false))
        {
            var result = await Set.Store.TransactAsync(
                (transaction, cancellation) => DeleteOfBucketAsync(transaction, series, start, range, marks, cancellation), Set.Options.Transactions, cancellationToken).ConfigureAwait(false);
            result.EnsureCommitted();
            deleted += result.Value;
        }

        return deleted;
    }

    public sealed override IAsyncEnumerable<long> PeriodsAsync(string series, TimeRange range, CancellationToken cancellationToken) => BucketsAsync(series, range, cancellationToken);

    /// <summary>The key of a bucket.</summary>
    public StoreKey BucketKey(string series, long start) => KeyGrammar.SeriesBucket(Set.KeyOf(series), start);

    /// <summary>The key of the sorted set of a series' buckets.</summary>
    public StoreKey BucketsKey(string series) => KeyGrammar.SeriesBuckets(Set.KeyOf(series));

    /// <summary>Notes that a series has a bucket.</summary>
    public StoreCommand Note(string series, long start) => SortedSets.Add(BucketsKey(series), start, start);

    /// <summary>Reads the buckets of pages, and gives their samples to the sinks.</summary>
    protected abstract ValueTask ReadBucketsAsync(IReadOnlyList<BucketPage> pages, CancellationToken cancellationToken);

    /// <summary>Deletes the samples of a range from one bucket.</summary>
    /// <returns>How many.</returns>
    protected abstract ValueTask<long> DeleteOfBucketAsync(
        StoreTransaction transaction, string series, long start, TimeRange range, SeriesMarks? marks, CancellationToken cancellationToken);

    /// <summary>The buckets of a series that a range touches, from the earliest on.</summary>
    protected async IAsyncEnumerable<long> BucketsAsync(string series, TimeRange range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = Set.Period.StartOf(range.From); from < range.To;)
        {
            var starts = await Set.Store.SendAsync(
                SortedSets.RangeByScore(BucketsKey(series), new(from, range.To, excludeMax: true), Order.Ascending, RangeLimit.Take(SeriesRead.GreatestPage)), cancellationToken).ConfigureAwait(false);
            foreach (var start in starts)
            {
                yield return start.AsInt64();
            }

            if (starts.Length < SeriesRead.GreatestPage)
            {
                yield break;
            }

            from = starts[^1].AsInt64() + 1;
        }
    }

    // A short range names its buckets itself; for a long one the series is asked first.
    private async ValueTask<List<BucketPage>> PagesAsync(IReadOnlyList<SeriesRead> reads, CancellationToken cancellationToken)
    {
        var pages = new List<BucketPage>(reads.Count);
        List<(SeriesRead Read, int Size, PendingReply<StoreValue[]> Starts)>? asked = null;
        StorePipeline? pipeline = null;
        foreach (var read in reads)
        {
            if (read.IsDone)
            {
                continue;
            }

            var (first, last) = (Set.Period.StartOf(read.Rest.From), Set.Period.StartOf(read.Rest.To - 1));
            var count = ((last - first) / Set.Period.Length) + 1;
            if (count <= SeriesRead.GreatestPage)
            {
                var starts = new long[Math.Min(count, read.BucketsOfPage)];
                for (var i = 0; i < starts.Length; i++)
                {
                    starts[i] = read.IsDescending ? last - (i * Set.Period.Length) : first + (i * Set.Period.Length);
                }

                pages.Add(PageOf(read, starts, isLast: starts.Length == count));
            }
            else
            {
                var size = read.BucketsOfPage;
                (asked ??= []).Add((read, size, (pipeline ??= new()).Add(SortedSets.RangeByScore(
                    BucketsKey(read.Series), new(first, last), read.IsDescending ? Order.Descending : Order.Ascending, RangeLimit.Take(size)))));
            }
        }

        if (asked is not null && pipeline is not null)
        {
            await Set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            foreach (var (read, size, reply) in asked)
            {
                var starts = Array.ConvertAll(reply.Value, static start => start.AsInt64());
                if (starts.Length == 0)
                {
                    read.End();
                }
                else
                {
                    pages.Add(PageOf(read, starts, isLast: starts.Length < size));
                }
            }
        }

        return pages;
    }

    private BucketPage PageOf(SeriesRead read, long[] starts, bool isLast) => new(read, starts, (isLast, read.IsDescending) switch
    {
        (true, false) => read.Rest.To,
        (true, true) => read.Rest.From,
        (false, false) => starts[^1] + Set.Period.Length,
        (false, true) => starts[^1],
    });
}
