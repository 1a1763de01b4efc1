namespace RedisPatterns;

/// <summary>Samples that the store itself has in order, each an item of its own: a page is so many of them.</summary>
/// <typeparam name="TItem">What a sample is in a reply.</typeparam>
internal abstract class PagedStorage<TItem>(SeriesSet set) : SeriesStorage(set)
{
    /// <summary>The most samples of a page.</summary>
    protected const int PageSize = 4_096;

    public sealed override async ValueTask ReadPageAsync(IReadOnlyList<SeriesRead> reads, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var pages = new List<(SeriesRead Read, int Size, PendingReply<TItem[]> Items)>(reads.Count);
        foreach (var read in reads)
        {
            if (!read.IsDone)
            {
                var size = (int)Math.Clamp(read.Limit, 1, PageSize);
                pages.Add((read, size, pipeline.Add(PageOf(read.Series, read.Rest, size, read.IsDescending))));
            }
        }

        await Set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        var buffer = new SampleBuffer(pages.Count == 0 ? 0 : pages.Max(page => page.Items.Value.Length));
        foreach (var (read, size, items) in pages)
        {
            buffer.Clear();
            var found = items.Value;
            for (var i = 0; i < found.Length; i++)
            {
                var sample = SampleOf(found[read.IsDescending ? found.Length - 1 - i : i]);
                buffer.Add(sample.Timestamp, sample.Value);
            }

            var isEnough = buffer.Count > 0 && !read.Sink.Add(buffer.Timestamps, buffer.Values);
            if (isEnough || found.Length < size)
            {
                read.End();
            }
            else
            {
                read.MoveTo(read.IsDescending ? buffer.Timestamps[0] : buffer.Timestamps[^1] + 1);
            }
        }
    }

    /// <summary>Reads the first samples of a range, or when descending the last ones, latest first.</summary>
    protected abstract StoreCommand<TItem[]> PageOf(string series, TimeRange range, int size, bool isDescending);

    /// <summary>The sample that an item is.</summary>
    /// <exception cref="CorruptSeriesException">It is none.</exception>
    protected abstract SeriesSample SampleOf(TItem item);
}
