using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A hash for each series and period: moment → value, both as text.</summary>
internal sealed class HashBucketStorage(SeriesSet set) : BucketedStorage(set)
{
    public override async ValueTask<KnownSamples[]> LookAsync(StoreTransaction transaction, IReadOnlyList<SeriesWrite> writes, bool withLatest, CancellationToken cancellationToken)
    {
        var known = new KnownSamples[writes.Count];
        var commands = new List<StoreCommand<StoreValue[]>>();
        var asked = new List<(int Write, long[] Timestamps)>();
        for (var i = 0; i < known.Length; i++)
        {
            var (series, samples) = writes[i];
            known[i] = new();
            foreach (var bucket in samples.ToArray().Select(sample => sample.Timestamp).Distinct().GroupBy(Set.Period.StartOf))
            {
                long[] timestamps = [.. bucket];
                asked.Add((i, timestamps));
                commands.Add(Hashes.GetMany(BucketKey(series, bucket.Key), Array.ConvertAll(timestamps, static timestamp => (StoreValue)timestamp)));
            }
        }

        var latestBuckets = commands.Count;
        if (withLatest)
        {
            commands.AddRange(writes.Select(write => SortedSets.Range(BucketsKey(write.Series), RankRange.First(1), Order.Descending)));
        }

        var replies = await transaction.ReadAsync(commands, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < asked.Count; i++)
        {
            var (write, timestamps) = asked[i];
            for (var j = 0; j < timestamps.Length; j++)
            {
                if (!replies[i][j].IsNull)
                {
                    known[write].Values[timestamps[j]] = NumberOf(replies[i][j], Set);
                }
            }
        }

        for (var i = 0; withLatest && i < known.Length; i++)
        {
            // A bucket may be empty when its samples were removed one by one; then the one before has the latest.
            for (var start = replies[latestBuckets + i] is [var value] ? value.AsInt64() : (long?)null; start is { } at && known[i].Latest is null;)
            {
                var fields = await transaction.ReadAsync(Hashes.GetAll(BucketKey(writes[i].Series, at)), cancellationToken).ConfigureAwait(false);
                known[i].Latest = fields.Length == 0 ? null : fields.Select(Sample).MaxBy(sample => sample.Timestamp);
                var before = known[i].Latest is not null ? [] : await transaction.ReadAsync(
                    SortedSets.RangeByScore(BucketsKey(writes[i].Series), ScoreRange.LessThan(at), Order.Descending, RangeLimit.Take(1)), cancellationToken).ConfigureAwait(false);
                start = before is [var earlier] ? earlier.AsInt64() : null;
            }
        }

        return known;
    }

    public override void Put(string series, ReadOnlySpan<SeriesSample> samples, Action<StoreCommand> add)
    {
        while (!samples.IsEmpty)
        {
            var start = Set.Period.StartOf(samples[0].Timestamp);
            var entries = new HashEntry[Set.Period.RunOf(samples)];
            for (var i = 0; i < entries.Length; i++)
            {
                entries[i] = new(samples[i].Timestamp, samples[i].Value);
            }

            add(Note(series, start));
            add(Hashes.Set(BucketKey(series, start), entries));
            samples = samples[entries.Length..];
        }
    }

    public override void Remove(string series, ReadOnlySpan<long> timestamps, Action<StoreCommand> add)
    {
        foreach (var timestamp in timestamps)
        {
            add(Hashes.Delete(BucketKey(series, Set.Period.StartOf(timestamp)), timestamp));
        }
    }

    public override async ValueTask<SeriesData> DropPeriodAsync(StoreTransaction transaction, string series, TimeRange period, CancellationToken cancellationToken)
    {
        var key = BucketKey(series, period.From);
        var fields = await transaction.ReadAsync(Hashes.GetAll(key), cancellationToken).ConfigureAwait(false);
        var samples = new SampleBuffer(fields.Length);
        foreach (var sample in fields.Select(Sample))
        {
            samples.Add(sample.Timestamp, sample.Value);
        }

        samples.Timestamps.Sort(samples.Values);
        transaction.Add(Keys.Delete(key));
        transaction.Add(SortedSets.Remove(BucketsKey(series), period.From));
        return samples.ToData();
    }

    public override async ValueTask<StorageFacts> DescribeAsync(string series, CancellationToken cancellationToken)
    {
        var (samples, keys, first, last) = (0L, 0L, (long?)null, (long?)null);
        await foreach (var start in BucketsAsync(series, TimeRange.All, cancellationToken).ConfigureAwait(false))
        {
            var fields = await Set.Store.SendAsync(Hashes.Fields(BucketKey(series, start)), cancellationToken).ConfigureAwait(false);
            if (fields.Length > 0)
            {
                (samples, keys) = (samples + fields.Length, keys + 1);
                first ??= fields.Min(field => field.AsInt64());
                last = fields.Max(field => field.AsInt64());
            }
        }

        return new(samples, keys, first, last);
    }

    protected override async ValueTask ReadBucketsAsync(IReadOnlyList<BucketPage> pages, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var replies = pages.Select(page => Array.ConvertAll(page.Starts, start => pipeline.Add(Hashes.GetAll(BucketKey(page.Read.Series, start))))).ToArray();
        await Set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        var buffer = new SampleBuffer();
        for (var i = 0; i < pages.Count; i++)
        {
            var page = pages[i];
            foreach (var reply in replies[i])
            {
                if (page.IsEnough)
                {
                    break;
                }

                buffer.Clear();
                foreach (var field in reply.Value)
                {
                    var sample = Sample(field);
                    if (page.Read.Rest.Contains(sample.Timestamp))
                    {
                        buffer.Add(sample.Timestamp, sample.Value);
                    }
                }

                if (buffer.Count > 0)
                {
                    buffer.Timestamps.Sort(buffer.Values);
                    page.IsEnough = !page.Read.Sink.Add(buffer.Timestamps, buffer.Values);
                }
            }
        }
    }

    protected override async ValueTask<long> DeleteOfBucketAsync(
        StoreTransaction transaction, string series, long start, TimeRange range, SeriesMarks? marks, CancellationToken cancellationToken)
    {
        var key = BucketKey(series, start);
        var fields = await transaction.ReadAsync(Hashes.Fields(key), cancellationToken).ConfigureAwait(false);
        var doomed = Array.FindAll(fields, field => range.Contains(field.AsInt64()));
        if (doomed.Length > 0)
        {
            transaction.Add(Hashes.Delete(key, doomed));
            marks?.Mark(series, Array.ConvertAll(doomed, field => field.AsInt64()), command => transaction.Add(command));
        }

        if (doomed.Length == fields.Length)
        {
            transaction.Add(SortedSets.Remove(BucketsKey(series), start));
        }

        return doomed.Length;
    }

    private SeriesSample Sample(HashEntry field) => new(field.Field.AsInt64(), NumberOf(field.Value, Set));
}
