using System.Collections.Concurrent;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Adds to the open buckets of series by nothing but APPEND, and has sealed what has grown.</summary>
/// <remarks>
/// The reply of APPEND is the new length. When that is what was appended, the bucket was gone (deleted, or dropped with its series), and is
/// noted again before the samples count as added. When that fails, or no reply comes, the bucket counts as open no more: whoever adds next
/// notes it.
/// </remarks>
internal sealed class ChunkAppender
{
    private const int SealedAtOnce = 64;
    private const int MostOneByOne = 256;
    private readonly SeriesSet _set;
    private readonly ChunkStorage _storage;
    private readonly SeriesCatalogue _catalogue;
    private readonly ConcurrentDictionary<string, OpenBucket> _open = new(StringComparer.Ordinal);
    private readonly AppendQueue _appends;
    private readonly SealQueue _seals;

    public ChunkAppender(SeriesSet set, ChunkStorage storage, SeriesCatalogue catalogue)
    {
        (_set, _storage, _catalogue) = (set, storage, catalogue);
        _appends = new(set.Store, FinishAsync, open => _open.TryRemove(new(open.Series, open)));
        _seals = new(new(set, storage), set.Name);
    }

    /// <summary>The open bucket of a series, if a moment lies in it.</summary>
    public OpenBucket? Find(string series, long timestamp) =>
        _open.TryGetValue(series, out var open) && timestamp >= open.Start && timestamp < open.End ? open : null;

    /// <summary>Adds a sample to an open bucket. One round trip.</summary>
    /// <returns>True: it was added.</returns>
    public ValueTask<bool> AppendAsync(OpenBucket open, SeriesSample sample, CancellationToken cancellationToken)
    {
        var record = new byte[BucketRecord.Length];
        BucketValue.WriteRecord(record, sample);
        return _appends.AppendAsync(new BucketAppend(open, record), cancellationToken);
    }

    /// <summary>Adds samples of one series, if all of them lie in its open bucket. One round trip.</summary>
    /// <returns>Null when they do not; nothing was sent.</returns>
    public Task? TryAppend(string series, ReadOnlyMemory<SeriesSample> samples, CancellationToken cancellationToken)
    {
        var span = samples.Span;
        return !span.IsEmpty && Find(series, span[0].Timestamp) is { } open && _set.Period.RunOf(span) == span.Length
            ? _appends.AppendAsync(new BucketAppend(open, BucketValue.WriteParts(span)), cancellationToken).AsTask()
            : null;
    }

    /// <summary>Adds a few samples of many series, if all of them lie in open buckets. One round trip, one step.</summary>
    /// <returns>Null when they do not, or are many; nothing was sent.</returns>
    public Task? TryAppend(IReadOnlyList<NamedSample> samples, CancellationToken cancellationToken)
    {
        if (samples.Count is 0 or > MostOneByOne)
        {
            return null;
        }

        var appends = new BucketAppend[samples.Count];
        for (var i = 0; i < appends.Length; i++)
        {
            var (series, sample) = samples[i];
            if (Find(series, sample.Timestamp) is not { } open)
            {
                return null;
            }

            var record = new byte[BucketRecord.Length];
            BucketValue.WriteRecord(record, sample);
            appends[i] = new(open, record);
        }

        return _appends.AppendAsync(appends, cancellationToken).AsTask();
    }

    /// <summary>Adds samples, if all of them lie in open buckets. A round trip for each 512 buckets, each of them one step.</summary>
    /// <returns>Null when they do not; nothing was sent: a step for all of them is one round trip, and two steps are two.</returns>
    public Task? TryAppend(IReadOnlyList<SeriesWrite> writes, CancellationToken cancellationToken)
    {
        var appends = new List<BucketAppend>(writes.Count);
        foreach (var (series, samples) in writes)
        {
            var rest = samples.Span;
            while (!rest.IsEmpty)
            {
                var count = _set.Period.RunOf(rest);
                if (Find(series, rest[0].Timestamp) is not { } open)
                {
                    return null;
                }

                appends.Add(new(open, BucketValue.WriteParts(rest[..count])));
                rest = rest[count..];
            }
        }

        return appends.Count == 0 ? Task.CompletedTask : _appends.AppendAsync(appends, cancellationToken).AsTask();
    }

    /// <summary>Ends when what was to be sealed by now is.</summary>
    public Task FinishSealingAsync(CancellationToken cancellationToken) => _seals.DrainAsync(cancellationToken);

    /// <summary>Adds samples in one step, whether their buckets are open or not. One round trip.</summary>
    public ValueTask<AddResult> AddAsync(IReadOnlyList<SeriesWrite> writes, StepMemory? memory, CancellationToken cancellationToken) =>
        _set.Store.EvaluateAsync(AddScript.With(_set, _storage, writes, memory), cancellationToken);

    /// <summary>Samples were added to buckets that were not open: the latest of each series is from now on, and what is done with is sealed.</summary>
    public ValueTask OpenAsync(IReadOnlyList<SeriesWrite> writes)
    {
        List<(string Series, long Start)>? full = null;
        foreach (var (series, samples) in writes)
        {
            var rest = samples.Span;
            while (!rest.IsEmpty)
            {
                var (start, count) = (_set.Period.StartOf(rest[0].Timestamp), _set.Period.RunOf(rest));
                var isLatest = !_open.TryGetValue(series, out var open) || start > open.Start;
                if (isLatest)
                {
                    _open[series] = new(series, start, start + _set.Period.Length, _storage.BucketKey(series, start));
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

        return full is null ? default : _seals.AddAsync(full);
    }

    private async ValueTask FinishAsync(BucketAppend append, long length, CancellationToken cancellationToken)
    {
        if (append.IsFirst(length))
        {
            await NoteAsync(append, cancellationToken).ConfigureAwait(false);
        }

        if (append.IsWorthSealing(length))
        {
            await _seals.AddAsync((append.Open.Series, append.Open.Start)).ConfigureAwait(false);
        }
    }

    // The bucket was gone, so nobody knows of it, and perhaps nobody of the series.
    private async ValueTask NoteAsync(BucketAppend append, CancellationToken cancellationToken)
    {
        var (open, bytes) = append;
        while (true)
        {
            var batch = new AtomicBatch().When(BatchCondition.Exists(_set.EntryKey(open.Series)));
            batch.Add(_storage.Note(open.Series, open.Start));
            var result = await _set.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            if (result.Status != CommitStatus.ConditionFailed)
            {
                result.EnsureCommitted();
                return;
            }

            try
            {
                await _catalogue.DeclareMissingAsync([open.Series], cancellationToken).ConfigureAwait(false);
            }
            catch (SeriesNotFoundException)
            {
                // It was removed and must be declared: what was just appended goes, unless others have added to it.
                var undo = new AtomicBatch().When(BatchCondition.StringEquals(open.Key, bytes));
                undo.Add(Keys.Delete(open.Key));
                await _set.Store.CommitAsync(undo, cancellationToken).ConfigureAwait(false);
                throw;
            }
        }
    }
}
