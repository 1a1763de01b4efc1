using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A key for each sample, its moment in fifteen digits at the end, on a store that keeps its keys in order; and a key that counts the changes of each series.</summary>
internal sealed class OrderedKeyStorage(SeriesSet set) : PagedStorage<KeyEntry>(set)
{
    public override async ValueTask<KnownSamples[]> LookAsync(StoreTransaction transaction, IReadOnlyList<SeriesWrite> writes, bool withLatest, CancellationToken cancellationToken)
    {
        var commands = new List<StoreCommand<StoreValue[]>>();
        foreach (var (series, samples) in writes)
        {
            // The count of changes comes first: what is read behind it is still so if it has not changed.
            StoreKey[] keys = [VersionKey(series), .. samples.ToArray().Select(sample => SampleKey(series, sample.Timestamp))];
            commands.Add(Strings.GetMany(withLatest ? keys : keys[1..]));
        }

        var replies = await transaction.ReadAsync(commands, cancellationToken).ConfigureAwait(false);
        var known = new KnownSamples[writes.Count];
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = new();
            var values = withLatest ? replies[i].AsSpan(1) : replies[i];
            for (var j = 0; j < values.Length; j++)
            {
                if (!values[j].IsNull)
                {
                    known[i].Values[writes[i].Samples.Span[j].Timestamp] = NumberOf(values[j], Set);
                }
            }
        }

        if (withLatest)
        {
            var pipeline = new StorePipeline();
            var latest = writes.Select(write => pipeline.Add(PageOf(write.Series, TimeRange.All, 1, isDescending: true))).ToArray();
            await Set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < known.Length; i++)
            {
                known[i].Latest = latest[i].Value is [var entry] ? SampleOf(entry) : null;
            }
        }

        return known;
    }

    public override void Put(string series, ReadOnlySpan<SeriesSample> samples, Action<StoreCommand> add)
    {
        foreach (var (timestamp, value) in samples)
        {
            add(Strings.Set(SampleKey(series, timestamp), value));
        }

        add(Strings.Increment(VersionKey(series)));
    }

    public override void Remove(string series, ReadOnlySpan<long> timestamps, Action<StoreCommand> add)
    {
        foreach (var timestamp in timestamps)
        {
            add(Keys.Delete(SampleKey(series, timestamp)));
        }

        add(Strings.Increment(VersionKey(series)));
    }

    public override async ValueTask<long> DeleteAsync(string series, TimeRange range, SeriesMarks? marks, CancellationToken cancellationToken)
    {
        for (var deleted = 0L; ;)
        {
            var found = range.IsEmpty ? [] : await Set.Store.SendAsync(PageOf(series, range, PageSize, isDescending: false), cancellationToken).ConfigureAwait(false);
            if (found.Length > 0)
            {
                var step = new TimeRange(range.From, SampleOf(found[^1]).Timestamp + 1);
                var batch = new AtomicBatch();
                var removed = batch.Add(Keys.Delete(Array.ConvertAll(found, static entry => entry.Key)));
                batch.Add(Strings.Increment(VersionKey(series)));
                marks?.Mark(series, Array.ConvertAll(found, entry => SampleOf(entry).Timestamp), command => batch.Add(command));
                (await Set.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false)).EnsureCommitted();
                deleted += removed.Value;
                range = new(step.To, range.To);
            }

            if (found.Length < PageSize)
            {
                return deleted;
            }
        }
    }

    public override async ValueTask<SeriesData> DropPeriodAsync(StoreTransaction transaction, string series, TimeRange period, CancellationToken cancellationToken)
    {
        // What is read behind the count of changes is still so if it has not changed.
        await transaction.ReadAsync(Strings.Get(VersionKey(series)), cancellationToken).ConfigureAwait(false);
        var samples = new SampleBuffer();
        for (var range = period; !range.IsEmpty;)
        {
            var found = await Set.Store.SendAsync(PageOf(series, range, PageSize, isDescending: false), cancellationToken).ConfigureAwait(false);
            foreach (var entry in found)
            {
                var sample = SampleOf(entry);
                samples.Add(sample.Timestamp, sample.Value);
                transaction.Add(Keys.Delete(entry.Key));
            }

            range = found.Length < PageSize ? new(range.To, range.To) : new(samples.Timestamps[^1] + 1, range.To);
        }

        transaction.Add(Strings.Increment(VersionKey(series)));
        return samples.ToData();
    }

    public override async ValueTask DropAsync(string series, CancellationToken cancellationToken)
    {
        await DeleteAsync(series, TimeRange.All, null, cancellationToken).ConfigureAwait(false);
        await Set.Store.SendAsync(Keys.Delete(VersionKey(series)), cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask<StorageFacts> DescribeAsync(string series, CancellationToken cancellationToken)
    {
        var (samples, first, last) = (0L, (long?)null, (long?)null);
        for (var range = TimeRange.All; ;)
        {
            var found = await Set.Store.SendAsync(PageOf(series, range, PageSize, isDescending: false), cancellationToken).ConfigureAwait(false);
            if (found.Length > 0)
            {
                samples += found.Length;
                first ??= SampleOf(found[0]).Timestamp;
                last = SampleOf(found[^1]).Timestamp;
                range = new(last.Value + 1, range.To);
            }

            if (found.Length < PageSize || range.IsEmpty)
            {
                return new(samples, samples, first, last);
            }
        }
    }

    protected override StoreCommand<KeyEntry[]> PageOf(string series, TimeRange range, int size, bool isDescending) =>
        Keys.Range(SampleKey(series, range.From), SampleKey(series, range.To), size, isDescending);

    protected override SeriesSample SampleOf(KeyEntry entry)
    {
        var key = entry.Key.ToString();
        return long.TryParse(key.AsSpan(Math.Max(0, key.Length - KeyGrammar.DigitsOfMoment)), NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp)
            ? new(timestamp, NumberOf(entry.Value, Set))
            : throw new CorruptSeriesException($"{Set.Name}: a key is no moment.");
    }

    private StoreKey SampleKey(string series, long timestamp) => KeyGrammar.SeriesSample(Set.KeyOf(series), timestamp);

    private StoreKey VersionKey(string series) => KeyGrammar.SeriesVersion(Set.KeyOf(series));
}
