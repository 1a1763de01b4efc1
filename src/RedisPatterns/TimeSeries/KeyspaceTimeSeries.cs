namespace RedisPatterns;

/// <summary>Time series of a keyspace: samples by the moment, in series that have a name and labels. Thread-safe; hold it.</summary>
/// <remarks>
/// Moments are milliseconds since 1970 in UTC, values finite doubles. After a timeout it is unknown whether samples were written; to
/// add them again does no harm but under <see cref="DuplicatePolicy.Sum"/>, where they count twice, and <see cref="DuplicatePolicy.Block"/>,
/// where they are refused. <see cref="AddOnceAsync"/> and <see cref="CreateWriter"/> repeat them exactly once under every policy.
/// </remarks>
public sealed class KeyspaceTimeSeries : SeriesReader
{
    private readonly SeriesCatalogue _catalogue;
    private readonly SeriesWriting _writing;

    internal KeyspaceTimeSeries(Keyspace keyspace, string name, TimeSeriesOptions options)
        : this(new SeriesSet(keyspace, Checked(name), name, options), new SeriesCatalogue(keyspace, name, options.MustBeDeclared))
    {
    }

    private KeyspaceTimeSeries(SeriesSet set, SeriesCatalogue catalogue)
        : base(set, catalogue) => (_catalogue, _writing) = (catalogue, new SeriesWriting(set, Storage, catalogue));

    /// <summary>Declares a series with its labels, or gives one that is there other labels. One round trip for a new series, else two.</summary>
    /// <param name="series">The name: any text that is not empty.</param>
    /// <param name="labels">The labels, which replace those that are there; none unless given. No name and no value is empty.</param>
    /// <param name="cancellationToken">Gives up waiting; the outcome is unknown.</param>
    /// <returns>Whether it was not there.</returns>
    /// <exception cref="ArgumentException">A text is empty.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<bool> DeclareAsync(string series, IReadOnlyDictionary<string, string>? labels = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        var sorted = SeriesLabels.Check(labels, nameof(labels));
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        return await _catalogue.DeclareAsync(series, sorted, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a sample. One round trip; two where the engine must look before it writes, and more for a series that is new.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="cancellationToken">Gives up waiting; the outcome is unknown.</param>
    /// <returns>False when it was left out as <see cref="TimeSeriesOptions.Ignore"/> says.</returns>
    /// <exception cref="SampleException">The sample can not be kept.</exception>
    /// <exception cref="DuplicateSampleException">There is a sample of that moment, and the policy is to block.</exception>
    /// <exception cref="SeriesNotFoundException">There is no such series, and they must be declared.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<bool> AddAsync(string series, SeriesSample sample, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        SampleCheck.ThrowIfBad(sample, Name, 0);
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        var isRefused = false;
        var (_, ignored) = await _writing.AddAsync([new(series, new SeriesSample[] { sample })], (_, _) => isRefused = true, cancellationToken).ConfigureAwait(false);
        return isRefused ? throw new DuplicateSampleException($"{Name}: the series has a sample of that moment.") : ignored == 0;
    }

    /// <summary>Adds samples of one series, in any order. A round trip for each 512 samples, each of them one atomic step; two where the engine must look before it writes.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="samples">The samples; not to be changed before the call ends.</param>
    /// <param name="cancellationToken">Stops between two steps; in a step the outcome is unknown.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="SampleException">A sample can not be kept; none was written.</exception>
    /// <exception cref="SeriesNotFoundException">There is no such series, and they must be declared.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<SeriesAddReport> AddAsync(string series, ReadOnlyMemory<SeriesSample> samples, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        SampleCheck.ThrowIfBad(samples.Span, Name);
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        var refused = new List<int>();
        var (written, ignored) = await _writing.AddAsync([new(series, samples)], (_, place) => refused.Add(place), cancellationToken).ConfigureAwait(false);
        return new(written, ignored, refused);
    }

    /// <summary>Adds samples of many series, in any order. A round trip for each 512 samples; two where the engine must look before it writes.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="cancellationToken">Stops between two steps; in a step the outcome is unknown.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="ArgumentException">The name of a series is empty; none was written.</exception>
    /// <exception cref="SampleException">A sample can not be kept; none was written.</exception>
    /// <exception cref="SeriesNotFoundException">There is no such series, and they must be declared.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<SeriesAddReport> AddAsync(IReadOnlyList<NamedSample> samples, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return await AddAsync(samples, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Adds samples of many series once, however often it is repeated under the same id: for when it is unknown whether they were written.
    /// The round trips of <see cref="AddAsync(IReadOnlyList{NamedSample}, CancellationToken)"/>, and one more for each 512 samples that were written before.
    /// </summary>
    /// <remarks>
    /// Each step of 512 samples keeps a key with what became of them, in the step itself; a repeated call is given that, and adds the steps that
    /// are still missing. A write that comes late, after it was repeated, is refused by the same key. Where the samples were added without an id
    /// nothing is known of it.
    /// </remarks>
    /// <param name="samples">The samples, and their order; the same at each repetition.</param>
    /// <param name="operationId">What names the operation; any text that is not empty, used for these samples alone.</param>
    /// <param name="lifetime">How long it is remembered; at least a millisecond, and longer than the longest time after which it is repeated.</param>
    /// <param name="cancellationToken">Stops between two steps; in a step the outcome is unknown.</param>
    /// <returns>What became of them the first time.</returns>
    /// <exception cref="ArgumentException">The name of a series or the id is empty; none was written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is shorter than a millisecond.</exception>
    /// <exception cref="SampleException">A sample can not be kept; none was written.</exception>
    /// <exception cref="IdempotencyConflictException">The id was used for another number of samples.</exception>
    /// <exception cref="SeriesNotFoundException">There is no such series, and they must be declared.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<SeriesAddReport> AddOnceAsync(IReadOnlyList<NamedSample> samples, string operationId, TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromMilliseconds(1));
        return await AddAsync(samples, new AddMemory(Set, operationId, lifetime), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A writer that gathers samples in a bounded buffer and adds them in batches. Hold it, and dispose it in the end.</summary>
    /// <param name="options">How much it holds, and when it writes; the defaults unless given.</param>
    public SeriesWriter CreateWriter(SeriesWriterOptions? options = null) => new(this, options ?? SeriesWriterOptions.Default);

    /// <summary>Adds to the latest value of a series: a counter that is kept as a series. Two round trips, and two more for each time that another was quicker.</summary>
    /// <param name="series">The name of the series; one without samples counts from 0.</param>
    /// <param name="by">How much; finite, may be negative.</param>
    /// <param name="time">The moment of the new sample, in milliseconds since 1970, not before the latest one; a sample of this moment is replaced.</param>
    /// <param name="cancellationToken">Gives up waiting; during the commit the outcome is unknown.</param>
    /// <returns>The new value.</returns>
    /// <exception cref="SampleException">The number is not finite, or the moment can not be one, or lies before the latest sample.</exception>
    /// <exception cref="NumberOverflowException">The value would be infinite; nothing was written.</exception>
    /// <exception cref="TransactionConflictException">Others were quicker each time; nothing was written.</exception>
    /// <exception cref="SeriesNotFoundException">There is no such series, and they must be declared.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<double> IncrementAsync(string series, double by, long time, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        SampleCheck.ThrowIfBad(new(time, by), Name, 0);
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        return await _writing.IncrementAsync(series, by, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the samples of a range. A few round trips for each period, or for each 4,096 samples; each step is atomic.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="range">The range.</param>
    /// <param name="cancellationToken">Stops between two steps; what was deleted stays deleted.</param>
    /// <returns>How many samples were deleted.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<long> DeleteAsync(string series, TimeRange range, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        return await Storage.DeleteAsync(series, range, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a series with its samples and labels. As many round trips as deleting all its samples takes, and three.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="cancellationToken">Stops between two steps; call again to go on.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<bool> RemoveAsync(string series, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        await Storage.DropAsync(series, cancellationToken).ConfigureAwait(false);
        var wasThere = await _catalogue.ForgetAsync(series, cancellationToken).ConfigureAwait(false);

        // What was added before it was forgotten is not to wait for a new series of the name.
        await Storage.DropAsync(series, cancellationToken).ConfigureAwait(false);
        return wasThere;
    }

    private async ValueTask<SeriesAddReport> AddAsync(IReadOnlyList<NamedSample> samples, AddMemory? memory, CancellationToken cancellationToken)
    {
        var groups = new SampleGroups(samples, Name);
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        var refused = new List<int>();
        var (written, ignored) = await _writing.AddAsync(groups.Writes, (write, place) => refused.Add(groups.PlaceOf(write, place)), cancellationToken, memory).ConfigureAwait(false);
        refused.Sort();
        return new(written, ignored, refused);
    }

    private static string Checked(string name)
    {
        KeyGrammar.ThrowIfBadName(name, "a set of series");
        return name;
    }
}
