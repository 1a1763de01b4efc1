using System.Buffers.Text;
using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A sorted set for each series: the member is moment and value, <c>1732838400000:21.5</c>, the score the moment.</summary>
internal sealed class SortedSetStorage(SeriesSet set) : PagedStorage<StoreValue>(set)
{
    private const int DeletePageSize = 1_024;

    public override async ValueTask<KnownSamples[]> LookAsync(StoreTransaction transaction, IReadOnlyList<SeriesWrite> writes, bool withLatest, CancellationToken cancellationToken)
    {
        var commands = new List<StoreCommand<StoreValue[]>>();
        foreach (var (series, samples) in writes)
        {
            StoreKey key = Set.KeyOf(series);
            foreach (var sample in samples.Span)
            {
                commands.Add(SortedSets.RangeByScore(key, ScoreRange.Exactly(sample.Timestamp)));
            }

            if (withLatest)
            {
                commands.Add(SortedSets.Range(key, RankRange.First(1), Order.Descending));
            }
        }

        var replies = await transaction.ReadAsync(commands, cancellationToken).ConfigureAwait(false);
        var (known, next) = (new KnownSamples[writes.Count], 0);
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = new();
            for (var left = writes[i].Samples.Length; left > 0; left--)
            {
                foreach (var member in replies[next++])
                {
                    var sample = SampleOf(member);
                    known[i].Values[sample.Timestamp] = sample.Value;
                }
            }

            if (withLatest && replies[next++] is [var latest, ..])
            {
                known[i].Latest = SampleOf(latest);
            }
        }

        return known;
    }

    public override void Put(string series, ReadOnlySpan<SeriesSample> samples, Action<StoreCommand> add)
    {
        StoreKey key = Set.KeyOf(series);
        var entries = new SortedSetEntry[samples.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var (timestamp, value) = samples[i];
            add(SortedSets.RemoveRangeByScore(key, ScoreRange.Exactly(timestamp)));
            entries[i] = new(string.Create(CultureInfo.InvariantCulture, $"{timestamp}:{value:R}"), timestamp);
        }

        if (entries.Length > 0)
        {
            add(SortedSets.Add(key, entries));
        }
    }

    public override void Remove(string series, ReadOnlySpan<long> timestamps, Action<StoreCommand> add)
    {
        StoreKey key = Set.KeyOf(series);
        foreach (var timestamp in timestamps)
        {
            add(SortedSets.RemoveRangeByScore(key, ScoreRange.Exactly(timestamp)));
        }
    }

    public override async ValueTask<long> DeleteAsync(string series, TimeRange range, SeriesMarks? marks, CancellationToken cancellationToken)
    {
        StoreKey key = Set.KeyOf(series);
        for (var deleted = 0L; ;)
        {
            var rest = range;
            var result = await Set.Store.TransactAsync(
                async (transaction, cancellation) =>
                {
                    var members = await transaction.ReadAsync(SortedSets.RangeByScore(key, RangeOf(rest), Order.Ascending, RangeLimit.Take(DeletePageSize)), cancellation).ConfigureAwait(false);
                    if (members.Length > 0)
                    {
                        transaction.Add(SortedSets.Remove(key, members));
                        marks?.Mark(series, Array.ConvertAll(members, member => SampleOf(member).Timestamp), command => transaction.Add(command));
                    }

                    return members;
                },
                Set.Options.Transactions,
                cancellationToken).ConfigureAwait(false);
            result.EnsureCommitted();
            deleted += result.Value.Length;
            if (result.Value.Length < DeletePageSize)
            {
                return deleted;
            }

            range = new(SampleOf(result.Value[^1]).Timestamp + 1, range.To);
        }
    }

    public override async ValueTask<SeriesData> DropPeriodAsync(StoreTransaction transaction, string series, TimeRange period, CancellationToken cancellationToken)
    {
        StoreKey key = Set.KeyOf(series);
        var members = await transaction.ReadAsync(SortedSets.RangeByScore(key, RangeOf(period)), cancellationToken).ConfigureAwait(false);
        var samples = new SampleBuffer(members.Length);
        foreach (var member in members)
        {
            var sample = SampleOf(member);
            samples.Add(sample.Timestamp, sample.Value);
        }

        transaction.Add(SortedSets.RemoveRangeByScore(key, RangeOf(period)));
        return samples.ToData();
    }

    public override async ValueTask<StorageFacts> DescribeAsync(string series, CancellationToken cancellationToken)
    {
        StoreKey key = Set.KeyOf(series);
        var pipeline = new StorePipeline();
        var (count, first, last) = (
            pipeline.Add(SortedSets.Length(key)),
            pipeline.Add(SortedSets.Range(key, RankRange.First(1))),
            pipeline.Add(SortedSets.Range(key, RankRange.First(1), Order.Descending)));
        await Set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        return new(count.Value, count.Value > 0 ? 1 : 0, first.Value is [var one] ? SampleOf(one).Timestamp : null, last.Value is [var other] ? SampleOf(other).Timestamp : null);
    }

    protected override StoreCommand<StoreValue[]> PageOf(string series, TimeRange range, int size, bool isDescending) =>
        SortedSets.RangeByScore(Set.KeyOf(series), RangeOf(range), isDescending ? Order.Descending : Order.Ascending, RangeLimit.Take(size));

    protected override SeriesSample SampleOf(StoreValue member)
    {
        var text = member.AsMemory().Span;
        return Utf8Parser.TryParse(text, out long timestamp, out var used) && used < text.Length && text[used] == (byte)':'
            && Utf8Parser.TryParse(text[(used + 1)..], out double value, out var rest) && used + 1 + rest == text.Length
            ? new(timestamp, value)
            : throw new CorruptSeriesException($"{Set.Name}: a member is no sample.");
    }

    private static ScoreRange RangeOf(TimeRange range) => new(range.From, range.To, excludeMax: true);
}
