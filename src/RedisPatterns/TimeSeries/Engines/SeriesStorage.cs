using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>How the samples of a set of series lie in the store. What is written are commands, so that others can share the step.</summary>
internal abstract class SeriesStorage(SeriesSet set)
{
    /// <summary>The set.</summary>
    protected SeriesSet Set { get; } = set;

    /// <summary>Whether samples can be put without knowing what is there, by the set's duplicate policy.</summary>
    public virtual bool PutsBlindly => Set.Options.Duplicates == DuplicatePolicy.Last;

    /// <summary>How storage of an engine is made.</summary>
    public static SeriesStorage Of(SeriesSet set) => set.Engine switch
    {
        SeriesEngine.SortedSet => new SortedSetStorage(set),
        SeriesEngine.OrderedKeys => new OrderedKeyStorage(set),
        SeriesEngine.HashBuckets => new HashBucketStorage(set),
        _ => new ChunkStorage(set),
    };

    /// <summary>Reads a page of each read that is not done.</summary>
    public abstract ValueTask ReadPageAsync(IReadOnlyList<SeriesRead> reads, CancellationToken cancellationToken);

    /// <summary>Reads until each read is done.</summary>
    public async ValueTask ReadAsync(IReadOnlyList<SeriesRead> reads, CancellationToken cancellationToken)
    {
        while (reads.Any(static read => !read.IsDone))
        {
            await ReadPageAsync(reads, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at what series have, as part of a transaction.</summary>
    /// <param name="transaction">Remembers what was read.</param>
    /// <param name="writes">The samples whose moments are looked for.</param>
    /// <param name="withLatest">Whether the latest sample of each series is asked for too.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>What was found, for each write.</returns>
    public abstract ValueTask<KnownSamples[]> LookAsync(StoreTransaction transaction, IReadOnlyList<SeriesWrite> writes, bool withLatest, CancellationToken cancellationToken);

    /// <summary>Puts samples in the place of what is there of their moments.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="samples">The samples, strictly ascending.</param>
    /// <param name="add">Takes the commands.</param>
    public abstract void Put(string series, ReadOnlySpan<SeriesSample> samples, Action<StoreCommand> add);

    /// <summary>Adds samples where <see cref="PutsBlindly"/>: the set's policy decides what becomes of those that are there.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="samples">The samples, strictly ascending.</param>
    /// <param name="add">Takes the commands.</param>
    public virtual void Append(string series, ReadOnlySpan<SeriesSample> samples, Action<StoreCommand> add) => Put(series, samples, add);

    /// <summary>Removes the samples of single moments.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="timestamps">The moments, strictly ascending.</param>
    /// <param name="add">Takes the commands.</param>
    public abstract void Remove(string series, ReadOnlySpan<long> timestamps, Action<StoreCommand> add);

    /// <summary>Deletes the samples of a range, in steps that are bounded.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="range">The range.</param>
    /// <param name="marks">Notes what is deleted, in the step that deletes it; null when no rule needs to know.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>How many samples were deleted.</returns>
    public abstract ValueTask<long> DeleteAsync(string series, TimeRange range, SeriesMarks? marks, CancellationToken cancellationToken);

    /// <summary>The periods in which a series has samples, or had some, from the earliest on.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="range">A range that begins and ends with a period.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Their first moments.</returns>
    public virtual async IAsyncEnumerable<long> PeriodsAsync(string series, TimeRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!range.IsEmpty)
        {
            var first = new SampleBuffer();
            await ReadAsync([new(series, range, isDescending: false, new RawSink(first, descending: false, 1)) { Limit = 1 }], cancellationToken).ConfigureAwait(false);
            if (first.Count == 0)
            {
                yield break;
            }

            var start = Set.Period.StartOf(first[0].Timestamp);
            yield return start;
            range = new(start + Set.Period.Length, range.To);
        }
    }

    /// <summary>Drops a period, as part of a transaction that reads what it has.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="series">The name of the series.</param>
    /// <param name="period">The period.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it had.</returns>
    public abstract ValueTask<SeriesData> DropPeriodAsync(StoreTransaction transaction, string series, TimeRange period, CancellationToken cancellationToken);

    /// <summary>Deletes a series with all that is kept of it.</summary>
    public virtual async ValueTask DropAsync(string series, CancellationToken cancellationToken) =>
        await DeleteAsync(series, TimeRange.All, null, cancellationToken).ConfigureAwait(false);

    /// <summary>What is known of a series as a whole.</summary>
    public abstract ValueTask<StorageFacts> DescribeAsync(string series, CancellationToken cancellationToken);

    /// <summary>The number of a text.</summary>
    /// <exception cref="CorruptSeriesException">It is none.</exception>
    protected static double NumberOf(StoreValue value, SeriesSet set) =>
        value.TryGetDouble(out var number) ? number : throw new CorruptSeriesException($"{set.Name}: a value is no number.");
}
