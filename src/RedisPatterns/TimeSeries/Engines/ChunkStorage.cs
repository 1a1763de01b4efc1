using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A string for each series and period: compressed chunks, and records of 16 bytes for samples that came by themselves: <see cref="BucketValue"/>.</summary>
internal sealed class ChunkStorage(SeriesSet set) : BucketedStorage(set)
{
    private const int BucketsPerCall = 256;

    public override bool PutsBlindly => Set.Options.Duplicates != DuplicatePolicy.Block;

    /// <summary>The buckets of a series, from the earliest on.</summary>
    public IAsyncEnumerable<long> StartsAsync(string series, CancellationToken cancellationToken) => BucketsAsync(series, TimeRange.All, cancellationToken);

    private DuplicatePolicy Policy => Set.Options.Duplicates;

    public override async ValueTask<KnownSamples[]> LookAsync(StoreTransaction transaction, IReadOnlyList<SeriesWrite> writes, bool withLatest, CancellationToken cancellationToken)
    {
        var known = new KnownSamples[writes.Count];
        var commands = new List<StoreCommand<StoreValue>>();
        var asked = new List<(int Write, long Start)>();
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = new();
            foreach (var start in writes[i].Samples.ToArray().Select(sample => Set.Period.StartOf(sample.Timestamp)).Distinct())
            {
                asked.Add((i, start));
                commands.Add(Strings.Get(BucketKey(writes[i].Series, start)));
            }
        }

        var values = commands.Count == 0 ? [] : await transaction.ReadAsync(commands, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < asked.Count; i++)
        {
            var (write, start) = asked[i];
            var samples = new SampleBuffer();
            Read(values[i], start, Set.Period.At(start), new RawSink(samples, descending: false, long.MaxValue));
            foreach (var sample in writes[write].Samples.Span)
            {
                var place = samples.Timestamps.BinarySearch(sample.Timestamp);
                if (place >= 0)
                {
                    known[write].Values[sample.Timestamp] = samples.Values[place];
                }
            }
        }

        for (var i = 0; withLatest && i < known.Length; i++)
        {
            known[i].Latest = await LatestAsync(transaction, writes[i].Series, cancellationToken).ConfigureAwait(false);
        }

        return known;
    }

    public override void Put(string series, ReadOnlySpan<SeriesSample> samples, Action<StoreCommand> add)
    {
        if (Policy == DuplicatePolicy.Last)
        {
            Append(series, samples, add);
            return;
        }

        // What is there goes first, so that the policy has nothing to join the sample with.
        var records = new List<SeriesSample>(2 * samples.Length);
        foreach (var sample in samples)
        {
            records.Add(sample with { Value = double.NaN });
            records.Add(sample);
        }

        Append(series, records.ToArray(), add);
    }

    public override void Append(string series, ReadOnlySpan<SeriesSample> samples, Action<StoreCommand> add)
    {
        while (!samples.IsEmpty)
        {
            var start = Set.Period.StartOf(samples[0].Timestamp);
            var count = Set.Period.RunOf(samples);
            add(Note(series, start));
            add(Strings.Append(BucketKey(series, start), BucketValue.WriteParts(samples[..count])));
            samples = samples[count..];
        }
    }

    public override void Remove(string series, ReadOnlySpan<long> timestamps, Action<StoreCommand> add)
    {
        var records = new SeriesSample[timestamps.Length];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = new(timestamps[i], double.NaN);
        }

        Append(series, records, add);
    }

    public override async ValueTask<SeriesData> DropPeriodAsync(StoreTransaction transaction, string series, TimeRange period, CancellationToken cancellationToken)
    {
        var key = BucketKey(series, period.From);
        var value = await transaction.ReadAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false);
        var samples = new SampleBuffer();
        Read(value, period.From, period, new RawSink(samples, descending: false, long.MaxValue));
        transaction.Add(Keys.Delete(key));
        transaction.Add(SortedSets.Remove(BucketsKey(series), period.From));
        return samples.ToData();
    }

    public override async ValueTask DropAsync(string series, CancellationToken cancellationToken)
    {
        await base.DropAsync(series, cancellationToken).ConfigureAwait(false);
        await foreach (var start in BucketsAsync(series, TimeRange.All, cancellationToken).ConfigureAwait(false))
        {
            var batch = new AtomicBatch().When(BatchCondition.Absent(BucketKey(series, start)));
            batch.Add(SortedSets.Remove(BucketsKey(series), start));
            await Set.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask<StorageFacts> DescribeAsync(string series, CancellationToken cancellationToken)
    {
        var (samples, keys, first, last) = (0L, 0L, (long?)null, (long?)null);
        await foreach (var page in BucketsAsync(series, TimeRange.All, cancellationToken).Chunk(SeriesRead.GreatestPage).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            foreach (var (start, length, head) in await HeadsAsync(series, page, cancellationToken).ConfigureAwait(false))
            {
                if (length == 0)
                {
                    continue;
                }

                var count = new CountSink();
                if (IsSealed(head, length))
                {
                    count.TryAdd(ChunkHead.Read(head.AsMemory().Span).Summary);
                }
                else
                {
                    Read(await Set.Store.SendAsync(Strings.Get(BucketKey(series, start)), cancellationToken).ConfigureAwait(false), start, Set.Period.At(start), count);
                }

                (samples, keys) = (samples + count.Count, keys + 1);
                first ??= count.First;
                last = count.Last ?? last;
            }
        }

        return new(samples, keys, first, last);
    }

    /// <summary>How long buckets are, and what they begin with. One round trip.</summary>
    public async ValueTask<(long Start, long Length, StoreValue Head)[]> HeadsAsync(string series, long[] starts, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var heads = Array.ConvertAll(starts, start => (
            Start: start,
            Length: pipeline.Add(Strings.Length(BucketKey(series, start))),
            Head: pipeline.Add(Strings.GetRange(BucketKey(series, start), 0, ChunkHead.GreatestLength - 1))));
        await Set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(heads, head => (head.Start, head.Length.Value, head.Head.Value));
    }

    /// <summary>Whether a bucket is one chunk and nothing else.</summary>
    public static bool IsSealed(StoreValue head, long length) =>
        ChunkHead.Begins(head.AsMemory().Span) && ChunkHead.Read(head.AsMemory().Span).Length == length;

    protected override async ValueTask ReadBucketsAsync(IReadOnlyList<BucketPage> pages, CancellationToken cancellationToken)
    {
        var keys = new List<StoreKey>();
        foreach (var page in pages)
        {
            foreach (var start in page.Starts)
            {
                keys.Add(BucketKey(page.Read.Series, start));
            }
        }

        var values = await GetAsync([.. keys], cancellationToken).ConfigureAwait(false);
        var next = 0;
        foreach (var page in pages)
        {
            for (var i = 0; i < page.Starts.Length; i++, next++)
            {
                if (!page.IsEnough && !values[next].IsNull)
                {
                    page.IsEnough = !Read(values[next], page.Starts[i], page.Read.Rest, page.Read.Sink);
                }
            }
        }
    }

    protected override async ValueTask<long> DeleteOfBucketAsync(
        StoreTransaction transaction, string series, long start, TimeRange range, SeriesMarks? marks, CancellationToken cancellationToken)
    {
        var key = BucketKey(series, start);
        var value = await transaction.ReadAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false);
        if (value.IsNull)
        {
            return 0;
        }

        var (rest, removed) = BucketValue.Remove(value.AsMemory().Span, Set.Period.At(start), range, Policy);
        if (removed == 0 && rest.Length > 0)
        {
            return 0;
        }

        if (marks is not null)
        {
            var doomed = new SampleBuffer();
            Read(value, start, range, new RawSink(doomed, descending: false, long.MaxValue));
            marks.Mark(series, doomed.Timestamps, command => transaction.Add(command));
        }

        // An empty bucket stays noted: writers that append to it rely on that.
        transaction.Add(rest.Length > 0 ? Strings.Set(key, rest) : Keys.Delete(key));
        return removed;
    }

    private async ValueTask<StoreValue[]> GetAsync(StoreKey[] keys, CancellationToken cancellationToken)
    {
        if (keys.Length <= BucketsPerCall)
        {
            return await Set.Store.SendAsync(Strings.GetMany(keys), cancellationToken).ConfigureAwait(false);
        }

        var pipeline = new StorePipeline();
        var parts = keys.Chunk(BucketsPerCall).Select(part => pipeline.Add(Strings.GetMany(part))).ToArray();
        await Set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        return [.. parts.SelectMany(part => part.Value)];
    }

    private async ValueTask<SeriesSample?> LatestAsync(StoreTransaction transaction, string series, CancellationToken cancellationToken)
    {
        var range = ScoreRange.All;
        while (true)
        {
            // A bucket may be empty when its samples were removed one by one; then the one before has the latest.
            var starts = await transaction.ReadAsync(SortedSets.RangeByScore(BucketsKey(series), range, Order.Descending, RangeLimit.Take(1)), cancellationToken).ConfigureAwait(false);
            if (starts is not [var found])
            {
                return null;
            }

            var start = found.AsInt64();
            var value = await transaction.ReadAsync(Strings.Get(BucketKey(series, start)), cancellationToken).ConfigureAwait(false);
            if (!value.IsNull && BucketValue.Latest(value.AsMemory().Span, Set.Period.At(start), Policy) is { } latest)
            {
                return latest;
            }

            range = ScoreRange.LessThan(start);
        }
    }

    private bool Read(StoreValue value, long start, TimeRange range, ISampleSink sink) =>
        value.IsNull || BucketValue.Read(value.AsMemory().Span, Set.Period.At(start), range, Policy, sink);
}
