using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Adds to the open buckets of series by nothing but APPEND, and seals what has grown.</summary>
/// <remarks>
/// The reply of APPEND is the new length. When that is what was appended, the bucket was gone (deleted, or dropped with its series), and is
/// noted again before the samples count as added. When it passes a mark, the bucket is sealed: each 16 KiB, and of long ones each eighth.
/// </remarks>
internal sealed class ChunkAppender(SeriesSet set, ChunkStorage storage, SeriesCatalogue catalogue)
{
    private const int ShortestStretch = 16 * 1024;
    private const int SealedAtOnce = 64;
    private const int MostOneByOne = 256;
    private readonly ConcurrentDictionary<string, OpenBucket> _open = new(StringComparer.Ordinal);
    private readonly ChunkSealer _sealer = new(set, storage);

    /// <summary>The open bucket of a series, if a moment lies in it.</summary>
    public OpenBucket? Find(string series, long timestamp) =>
        _open.TryGetValue(series, out var open) && timestamp >= open.Start && timestamp < open.End ? open : null;

    /// <summary>Adds a sample to an open bucket. One round trip.</summary>
    /// <returns>True: it was added.</returns>
    public ValueTask<bool> AppendAsync(OpenBucket open, SeriesSample sample, CancellationToken cancellationToken)
    {
        var record = new byte[BucketRecord.Length];
        BucketValue.WriteRecord(record, sample);
        return AppendAsync(open, record, cancellationToken);
    }

    /// <summary>Adds samples of one series, if all of them lie in its open bucket. One round trip.</summary>
    /// <returns>Null when they do not; nothing was sent.</returns>
    public Task? TryAppend(string series, ReadOnlyMemory<SeriesSample> samples, CancellationToken cancellationToken)
    {
        var span = samples.Span;
        return !span.IsEmpty && Find(series, span[0].Timestamp) is { } open && set.Period.RunOf(span) == span.Length
            ? AppendAsync(open, BucketValue.WriteParts(span), cancellationToken).AsTask()
            : null;
    }

    /// <summary>Adds a few samples of many series, if all of them lie in open buckets. One round trip.</summary>
    /// <returns>Null when they do not, or are many; nothing was sent.</returns>
    public Task? TryAppend(IReadOnlyList<NamedSample> samples, CancellationToken cancellationToken)
    {
        if (samples.Count is 0 or > MostOneByOne)
        {
            return null;
        }

        var appends = new List<(OpenBucket Open, byte[] Records, StoreCommand<long> Command)>(samples.Count);
        for (var i = 0; i < samples.Count; i++)
        {
            var (series, sample) = samples[i];
            if (Find(series, sample.Timestamp) is not { } open)
            {
                return null;
            }

            var record = new byte[BucketRecord.Length];
            BucketValue.WriteRecord(record, sample);
            appends.Add((open, record, Strings.Append(open.Key, record)));
        }

        return AppendManyAsync(appends, cancellationToken).AsTask();
    }

    /// <summary>Adds samples, if all of them lie in open buckets. One round trip.</summary>
    /// <returns>Null when they do not; nothing was sent: a step for all of them is one round trip, and two steps are two.</returns>
    public Task? TryAppend(IReadOnlyList<SeriesWrite> writes, CancellationToken cancellationToken)
    {
        var appends = new List<(OpenBucket Open, byte[] Records, StoreCommand<long> Command)>(writes.Count);
        foreach (var (series, samples) in writes)
        {
            var rest = samples.Span;
            while (!rest.IsEmpty)
            {
                var count = set.Period.RunOf(rest);
                if (Find(series, rest[0].Timestamp) is not { } open)
                {
                    return null;
                }

                var records = BucketValue.WriteParts(rest[..count]);
                appends.Add((open, records, Strings.Append(open.Key, records)));
                rest = rest[count..];
            }
        }

        return AppendManyAsync(appends, cancellationToken).AsTask();
    }

    /// <summary>Samples were added to buckets that were not open: the latest of each series is from now on, and what is done with is sealed.</summary>
    public async ValueTask OpenAsync(IReadOnlyList<SeriesWrite> writes, CancellationToken cancellationToken)
    {
        List<(string Series, long Start)>? full = null;
        foreach (var (series, samples) in writes)
        {
            var rest = samples.Span;
            while (!rest.IsEmpty)
            {
                var (start, count) = (set.Period.StartOf(rest[0].Timestamp), set.Period.RunOf(rest));
                var isLatest = !_open.TryGetValue(series, out var open) || start > open.Start;
                if (isLatest)
                {
                    _open[series] = new(series, start, start + set.Period.Length, storage.KeyOfBucket(series, start));
                    if (open is not null)
                    {
                        (full ??= []).Add((series, open.Start));
                    }
                }
                else if (count >= SealedAtOnce && start < open!.Start)
                {
                    (full ??= []).Add((series, start));
                }

                rest = rest[count..];
            }
        }

        foreach (var (series, start) in full is null ? [] : full.Distinct())
        {
            await _sealer.SealAsync(series, start, cancellationToken).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AppendAsync(OpenBucket open, byte[] records, CancellationToken cancellationToken)
    {
        var length = await set.Store.SendAsync(Strings.Append(open.Key, records), cancellationToken).ConfigureAwait(false);
        if (NeedsMore(length, records.Length))
        {
            await DoMoreAsync(open, length, records, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async ValueTask AppendManyAsync(List<(OpenBucket Open, byte[] Records, StoreCommand<long> Command)> appends, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var lengths = new PendingReply<long>[appends.Count];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = pipeline.Add(appends[i].Command);
        }

        await set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        pipeline.ThrowIfAnyFailed();
        for (var i = 0; i < lengths.Length; i++)
        {
            if (NeedsMore(lengths[i].Value, appends[i].Records.Length))
            {
                await DoMoreAsync(appends[i].Open, lengths[i].Value, appends[i].Records, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool NeedsMore(long length, int added)
    {
        var stretch = Math.Max(ShortestStretch, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)length) / 16);
        return length == added || length / stretch != (length - added) / stretch;
    }

    private async ValueTask DoMoreAsync(OpenBucket open, long length, byte[] records, CancellationToken cancellationToken)
    {
        if (length == records.Length)
        {
            await NoteAsync(open, records, cancellationToken).ConfigureAwait(false);
        }

        if (length >= ShortestStretch)
        {
            await _sealer.SealAsync(open.Series, open.Start, cancellationToken).ConfigureAwait(false);
        }
    }

    // The bucket was gone, so nobody knows of it, and perhaps nobody of the series.
    private async ValueTask NoteAsync(OpenBucket open, byte[] records, CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = new AtomicBatch().When(BatchCondition.Exists(set.EntryKey(open.Series)));
            batch.Add(storage.NoteOf(open.Series, open.Start));
            var result = await set.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            if (result.Status != CommitStatus.ConditionFailed)
            {
                result.EnsureCommitted();
                return;
            }

            try
            {
                await catalogue.DeclareMissingAsync([open.Series], cancellationToken).ConfigureAwait(false);
            }
            catch (SeriesNotFoundException)
            {
                // It was removed and must be declared: what was just appended goes, unless others have added to it.
                _open.TryRemove(open.Series, out _);
                var undo = new AtomicBatch().When(BatchCondition.StringEquals(open.Key, records));
                undo.Add(Keys.Delete(open.Key));
                await set.Store.CommitAsync(undo, cancellationToken).ConfigureAwait(false);
                throw;
            }
        }
    }
}
