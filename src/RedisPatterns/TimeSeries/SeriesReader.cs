using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>What can be read of a set of series. Thread-safe; hold it.</summary>
/// <remarks>
/// A range is read in pages of bounded size, each of which is one moment of the store; samples that are added meanwhile may be
/// missed or met. A read is one round trip, or two where the range has more than 64 periods, and one or two more for each further page: of 64 periods, or with a limit of one, two, four and so on.
/// </remarks>
public abstract class SeriesReader
{
    private const int DrainSize = 4_096;
    private readonly SeriesCatalogue _catalogue;

    private protected SeriesReader(SeriesSet set, SeriesStorage storage, SeriesCatalogue catalogue)
    {
        (Set, Storage, _catalogue) = (set, storage, catalogue);
        Guard = new SeriesOptionsGuard(set);
    }

    /// <summary>The name of the set.</summary>
    public string Name => Set.Name;

    /// <summary>How its samples lie.</summary>
    public SeriesEngine Engine => Set.Engine;

    private protected SeriesSet Set { get; }

    private protected SeriesStorage Storage { get; }

    private protected SeriesOptionsGuard Guard { get; }

    private protected SeriesCatalogue Catalogue => _catalogue;

    /// <summary>Reads a range of a series into columns.</summary>
    /// <param name="series">The name of the series; one that does not exist has no samples.</param>
    /// <param name="range">The range.</param>
    /// <param name="options">Order, limit, aggregation; all samples in ascending order unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The samples, or the values of the buckets.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<SeriesData> RangeAsync(string series, TimeRange range, SeriesRangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        options ??= SeriesRangeOptions.Default;
        if (Choose(range, options) is var (reader, chosen))
        {
            return await reader.RangeAsync(series, range, chosen, cancellationToken).ConfigureAwait(false);
        }

        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        await SettleAsync([series], cancellationToken).ConfigureAwait(false);
        var pull = new SeriesPull(series, range, options);
        await Storage.ReadAsync([pull.Read], cancellationToken).ConfigureAwait(false);
        return pull.Complete();
    }

    /// <summary>Reads a range of a series bit by bit: never more than a page is in memory.</summary>
    /// <param name="series">The name of the series; one that does not exist has no samples.</param>
    /// <param name="range">The range.</param>
    /// <param name="options">Order, limit, aggregation; all samples in ascending order unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The samples, or the values of the buckets.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public IAsyncEnumerable<SeriesSample> StreamAsync(string series, TimeRange range, SeriesRangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        options ??= SeriesRangeOptions.Default;
        return Choose(range, options) is var (reader, chosen)
            ? reader.StreamAsync(series, range, chosen, cancellationToken)
            : Walk(new(series, range, options), cancellationToken);
    }

    /// <summary>The latest sample of a series.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The sample; null when there is none.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<SeriesSample?> LatestAsync(string series, CancellationToken cancellationToken = default) =>
        await RangeAsync(series, TimeRange.All, SeriesPull.Latest, cancellationToken).ConfigureAwait(false) is [var latest] ? latest : null;

    /// <summary>The latest sample of each of several series.</summary>
    /// <param name="filter">Which series.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The samples, in no order that is promised.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async IAsyncEnumerable<LatestSample> LatestAsync(SeriesFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var range in RangesAsync(filter, TimeRange.All, SeriesPull.Latest, cancellationToken).ConfigureAwait(false))
        {
            yield return new(range.Series, range.Samples is [var latest] ? latest : null);
        }
    }

    /// <summary>Reads a range of several series, up to 256 of them at once.</summary>
    /// <param name="filter">Which series.</param>
    /// <param name="range">The range.</param>
    /// <param name="options">Order, limit, aggregation; all samples in ascending order unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was read of each, also of those without samples in the range; in no order that is promised.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public IAsyncEnumerable<SeriesRange> RangesAsync(SeriesFilter filter, TimeRange range, SeriesRangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        options ??= SeriesRangeOptions.Default;
        return Choose(range, options) is var (reader, chosen)
            ? reader.RangesAsync(filter, range, chosen, cancellationToken)
            : ReadManyAsync(filter, range, options, cancellationToken);
    }

    /// <summary>Reads a range of several series, and makes one of those that share the value of a label.</summary>
    /// <param name="filter">Which series; those without the label are left out.</param>
    /// <param name="range">The range.</param>
    /// <param name="label">The label.</param>
    /// <param name="reducer">What is made of the values of one moment; any but <see cref="Aggregator.First"/>, <see cref="Aggregator.Last"/> and <see cref="Aggregator.TimeWeightedAverage"/>.</param>
    /// <param name="options">Order, limit of each series, aggregation; without one samples of exactly the same moment are joined.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The groups, by the value of the label in ordinal order.</returns>
    /// <exception cref="ArgumentException">The label is empty, or the aggregator makes no sense for values of one moment.</exception>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public ValueTask<IReadOnlyList<SeriesGroup>> GroupsAsync(
        SeriesFilter filter, TimeRange range, string label, Aggregator reducer, SeriesRangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        SeriesLabels.ThrowIfBadName(label, nameof(label));
        return SeriesReducer.CanReduce(reducer)
            ? ReduceAsync(filter & SeriesFilter.Has(label), range, label, reducer, options ?? SeriesRangeOptions.Default, cancellationToken)
            : throw new ArgumentException("The aggregator makes no sense for values of one moment.", nameof(reducer));
    }

    /// <summary>The series of the set by their labels, a page of 256 for each round trip.</summary>
    /// <param name="filter">Which series; all unless given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The series, in no order that is promised.</returns>
    public async IAsyncEnumerable<LabelledSeries> ListAsync(SeriesFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in _catalogue.PagesAsync(filter ?? SeriesFilter.All, cancellationToken).ConfigureAwait(false))
        {
            foreach (var entry in page)
            {
                yield return Labelled(entry);
            }
        }
    }

    /// <summary>What is known of a series. A round trip, and more for a series of many periods, which are counted.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is known; null when there is no such series.</returns>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<SeriesInfo?> InfoAsync(string series, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (await _catalogue.FindAsync(series, cancellationToken).ConfigureAwait(false) is not { } entry)
        {
            return null;
        }

        await SettleAsync([series], cancellationToken).ConfigureAwait(false);
        var (samples, keys, first, last) = await Storage.DescribeAsync(series, cancellationToken).ConfigureAwait(false);
        return new(Labelled(entry), Set.Engine, samples, keys, first, last);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Sees to it that what is read of some series is as new as what it is made of.</summary>
    private protected virtual ValueTask SettleAsync(IReadOnlyList<string> series, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Another that answers in the place of this one, and how it is to be asked; null when this one does.</summary>
    private protected virtual (SeriesReader Reader, SeriesRangeOptions Options)? Choose(TimeRange range, SeriesRangeOptions options) => null;

    /// <summary>A series with its labels; null when there is no such series. One round trip.</summary>
    internal async ValueTask<LabelledSeries?> FindAsync(string series, CancellationToken cancellationToken) =>
        await _catalogue.FindAsync(series, cancellationToken).ConfigureAwait(false) is { } entry ? Labelled(entry) : null;

    private static LabelledSeries Labelled(SeriesEntry entry) => new(entry.Name, entry.Labels);

    private async IAsyncEnumerable<SeriesSample> Walk(SeriesPull pull, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        await SettleAsync([pull.Read.Series], cancellationToken).ConfigureAwait(false);
        SeriesRead[] reads = [pull.Read];
        while (true)
        {
            if (pull.Drain(DrainSize))
            {
                for (var i = 0; i < pull.Output.Count; i++)
                {
                    yield return pull.Output[i];
                }

                pull.Output.Clear();
            }
            else if (pull.Read.IsDone)
            {
                yield break;
            }
            else
            {
                await Storage.ReadPageAsync(reads, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async IAsyncEnumerable<SeriesRange> ReadManyAsync(SeriesFilter filter, TimeRange range, SeriesRangeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var page in _catalogue.PagesAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            await SettleAsync([.. page.Select(entry => entry.Name)], cancellationToken).ConfigureAwait(false);
            var pulls = page.Select(entry => new SeriesPull(entry.Name, range, options)).ToArray();
            await Storage.ReadAsync([.. pulls.Select(pull => pull.Read)], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < pulls.Length; i++)
            {
                yield return new(Labelled(page[i]), pulls[i].Complete());
            }
        }
    }

    private async ValueTask<IReadOnlyList<SeriesGroup>> ReduceAsync(
        SeriesFilter filter, TimeRange range, string label, Aggregator reducer, SeriesRangeOptions options, CancellationToken cancellationToken)
    {
        var groups = new SortedDictionary<string, (List<string> Names, SeriesReducer Reducer)>(StringComparer.Ordinal);
        await foreach (var (series, samples) in RangesAsync(filter, range, options, cancellationToken).ConfigureAwait(false))
        {
            if (!series.Labels.TryGetValue(label, out var value))
            {
                continue;
            }

            if (!groups.TryGetValue(value, out var group))
            {
                groups[value] = group = ([], new SeriesReducer(reducer));
            }

            group.Names.Add(series.Name);
            group.Reducer.Add(samples.Timestamps, samples.Values);
        }

        return [.. groups.Select(group =>
        {
            var output = new SampleBuffer(group.Value.Reducer.Count);
            group.Value.Reducer.WriteTo(output, options.IsDescending);
            group.Value.Names.Sort(StringComparer.Ordinal);
            return new SeriesGroup(group.Key, group.Value.Names, output.ToData());
        })];
    }
}
