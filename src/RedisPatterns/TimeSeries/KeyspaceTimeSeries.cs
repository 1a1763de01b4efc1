namespace RedisPatterns;

/// <summary>Time series of a keyspace: samples by the moment, in series that have a name and labels. Thread-safe; hold it.</summary>
/// <remarks>
/// Moments are milliseconds since 1970 in UTC, values finite doubles. After a timeout it is unknown whether samples were written; to
/// add them again does no harm but under <see cref="DuplicatePolicy.Sum"/>, where they count twice, and <see cref="DuplicatePolicy.Block"/>,
/// where they are refused. <see cref="AddOnceAsync"/> and <see cref="CreateWriter"/> repeat them exactly once under every policy.
/// </remarks>
public sealed class KeyspaceTimeSeries : SeriesReader
{
    private readonly SeriesTree _tree;
    private readonly SeriesWriting _writing;
    private readonly Dictionary<string, SeriesResolution> _resolutions = new(StringComparer.Ordinal);

    internal KeyspaceTimeSeries(Keyspace keyspace, string name, TimeSeriesOptions options)
        : this(new SeriesTree(new SeriesSet(keyspace, Checked(name), name, options)), new SeriesCatalogue(keyspace, name, options.MustBeDeclared))
    {
    }

    private KeyspaceTimeSeries(SeriesTree tree, SeriesCatalogue catalogue)
        : base(tree.Root.Set, tree.Root.Storage, catalogue)
    {
        (_tree, _writing) = (tree, new SeriesWriting(Set, Storage, catalogue, tree.Root.Marks));
        foreach (var node in tree.InOrder)
        {
            if (node.Rule is { } rule)
            {
                _resolutions[rule.Name] = new SeriesResolution(node.Set, node.Storage, catalogue, rule, (series, cancellationToken) => SettleAsync(node, series, cancellationToken));
            }
        }
    }

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
        return await Catalogue.DeclareAsync(series, sorted, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds a sample. One round trip; two where the engine must look before it writes, and more for a series that is new.</summary>
    /// <remarks>Of calls that come together several may share a message. One that is cancelled before it is sent adds nothing.</remarks>
    /// <param name="series">The name of the series.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="cancellationToken">Gives up waiting; the outcome is unknown.</param>
    /// <returns>False when it was left out as <see cref="TimeSeriesOptions.Ignore"/> says.</returns>
    /// <exception cref="SampleException">The sample can not be kept.</exception>
    /// <exception cref="DuplicateSampleException">There is a sample of that moment, and the policy is to block.</exception>
    /// <exception cref="TransactionConflictException">The engine must look before it writes, and others were quicker each time.</exception>
    /// <exception cref="SeriesNotFoundException">There is no such series, and they must be declared.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public ValueTask<bool> AddAsync(string series, SeriesSample sample, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        SampleCheck.ThrowIfBad(sample, Name, 0);
        return _writing.Appender is { } appender && appender.Find(series, sample.Timestamp) is { } open
            ? appender.AppendAsync(open, sample, cancellationToken)
            : AddOneAsync(series, sample, cancellationToken);
    }

    private async ValueTask<bool> AddOneAsync(string series, SeriesSample sample, CancellationToken cancellationToken)
    {
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
    /// <exception cref="TransactionConflictException">The engine must look before it writes, and others were quicker each time.</exception>
    /// <exception cref="SeriesNotFoundException">There is no such series, and they must be declared.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<SeriesAddReport> AddAsync(string series, ReadOnlyMemory<SeriesSample> samples, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        SampleCheck.ThrowIfBad(samples.Span, Name);
        if (_writing.Appender?.TryAppend(series, samples, cancellationToken) is { } appended)
        {
            await appended.ConfigureAwait(false);
            return new(samples.Length, 0, []);
        }

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
    /// <exception cref="TransactionConflictException">The engine must look before it writes, and others were quicker each time.</exception>
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
    /// <exception cref="TransactionConflictException">The engine must look before it writes, and others were quicker each time.</exception>
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

    /// <summary>Adds to the latest value of a series: a counter that is kept as a series. Two round trips, three where samples lie by period, and as many again each time that another was quicker.</summary>
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
        return await Storage.DeleteAsync(series, range, _tree.Root.Marks, cancellationToken).ConfigureAwait(false);
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
        await DropAsync(series, cancellationToken).ConfigureAwait(false);
        var wasThere = await Catalogue.ForgetAsync(series, cancellationToken).ConfigureAwait(false);

        // What was added before it was forgotten is not to wait for a new series of the name.
        await DropAsync(series, cancellationToken).ConfigureAwait(false);
        return wasThere;
    }

    /// <summary>
    /// Compresses what was appended to chunks since they were last sealed: about a tenth of the bytes, and faster to read. Adding has it
    /// done in the background, each 16 KiB of a bucket and when the next begins; this does it for what is left, such as late samples. With
    /// other engines there is nothing to do. A round trip for each 64 periods of a series, and two for each 16 that are sealed.
    /// </summary>
    /// <remarks>The samples stay the same, whoever adds, reads or seals meanwhile, and wherever it ends.</remarks>
    /// <param name="filter">Which series; all unless given.</param>
    /// <param name="cancellationToken">Stops between two buckets.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<SealReport> SealAsync(SeriesFilter? filter = null, CancellationToken cancellationToken = default)
    {
        await CheckAllAsync(cancellationToken).ConfigureAwait(false);
        await FinishSealingAsync(cancellationToken).ConfigureAwait(false);
        var report = new SealReport(0, 0, 0);
        foreach (var node in _tree.InOrder)
        {
            if (node.Storage is not ChunkStorage chunks)
            {
                continue;
            }

            var sealer = new ChunkSealer(node.Set, chunks);
            await foreach (var page in Catalogue.PagesAsync(filter ?? SeriesFilter.All, cancellationToken).ConfigureAwait(false))
            {
                foreach (var entry in page)
                {
                    var part = await sealer.SealAllAsync(entry.Name, cancellationToken).ConfigureAwait(false);
                    report = new(report.Buckets + part.Buckets, report.BytesBefore + part.BytesBefore, report.BytesAfter + part.BytesAfter);
                }
            }
        }

        return report;
    }

    /// <summary>Waits until the buckets are sealed that this object's adding has filled by now; it has that done while those who add go on. No round trip of its own.</summary>
    /// <remarks>For before the store is closed, and for tests. Nothing is lost without: what was not sealed stays as it was appended.</remarks>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask FinishSealingAsync(CancellationToken cancellationToken = default) =>
        _writing.Appender is { } appender ? new(appender.FinishSealingAsync(cancellationToken)) : default;

    /// <summary>
    /// Drops the periods that <see cref="TimeSeriesOptions.Retention"/>, and that of each rule, need not keep: whole periods, each in one step. Some
    /// three round trips for each series and each period; with <see cref="SeriesRetention.Count"/> the latest samples are counted.
    /// </summary>
    /// <remarks>
    /// Late samples of a period that was dropped are taken, and dropped by the next call; rules leave them out. Ages are counted from the
    /// latest sample of each series, not by a clock.
    /// </remarks>
    /// <param name="archive">
    /// Gets the samples of each period before they are dropped, such as <see cref="SeriesArchiveFolder.WriteAsync(SeriesArchive, CancellationToken)"/>. What it throws ends the call, and the period stays. It
    /// may get a period again, when somebody adds to it meanwhile or when the step behind it fails: what it does must bear that.
    /// </param>
    /// <param name="filter">Which series; all unless given.</param>
    /// <param name="cancellationToken">Stops between two periods.</param>
    /// <returns>What was dropped.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged; what is damaged is not dropped.</exception>
    /// <exception cref="TransactionConflictException">Others added to a period each time.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<RetentionReport> ApplyRetentionAsync(
        Func<SeriesArchive, CancellationToken, ValueTask>? archive = null, SeriesFilter? filter = null, CancellationToken cancellationToken = default)
    {
        await CheckAllAsync(cancellationToken).ConfigureAwait(false);
        var report = new RetentionReport(0, 0);
        foreach (var node in _tree.InOrder.Where(node => node.Set.Options.Retention is not { Age: null, Count: null }))
        {
            var work = new RetentionWork(node, archive);
            await foreach (var series in ListAsync(filter, cancellationToken).ConfigureAwait(false))
            {
                await SeriesTree.SettleAsync(node, [series.Name], cancellationToken).ConfigureAwait(false);
                var part = await work.ApplyAsync(series, cancellationToken).ConfigureAwait(false);
                report = new(report.Periods + part.Periods, report.Samples + part.Samples);
            }
        }

        return report;
    }

    /// <summary>What a rule keeps of the series.</summary>
    /// <param name="rule">The name of the rule.</param>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public SeriesResolution Resolution(string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return _resolutions.GetValueOrDefault(rule) ?? throw new ArgumentException($"{Name}: there is no rule of that name.", nameof(rule));
    }

    /// <summary>Works off what changes have left to the rules, of all series. Some three round trips for each series with changes, and up to 64 buckets of the finest rule.</summary>
    /// <param name="cancellationToken">Stops between two steps, each of which is whole.</param>
    /// <returns>How many buckets were made anew.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<long> RunRulesAsync(CancellationToken cancellationToken = default)
    {
        await CheckAllAsync(cancellationToken).ConfigureAwait(false);
        var made = 0L;
        foreach (var node in _tree.InOrder)
        {
            if (node.Work is { } work)
            {
                made += await work.RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return made;
    }

    /// <summary>Makes what the rules keep anew, of all samples that are there: for a rule that was added to series with samples. Reads every sample.</summary>
    /// <param name="filter">Which series; all unless given.</param>
    /// <param name="cancellationToken">Stops between two steps; call again to go on.</param>
    /// <returns>How many buckets were made anew.</returns>
    /// <exception cref="CorruptSeriesException">What the store holds is damaged.</exception>
    /// <exception cref="SeriesOptionsException">The series are kept by other options.</exception>
    public async ValueTask<long> RebuildRulesAsync(SeriesFilter? filter = null, CancellationToken cancellationToken = default)
    {
        await CheckAllAsync(cancellationToken).ConfigureAwait(false);
        var made = 0L;
        foreach (var node in _tree.InOrder.Where(node => node.Work is not null))
        {
            await foreach (var page in Catalogue.PagesAsync(filter ?? SeriesFilter.All, cancellationToken).ConfigureAwait(false))
            {
                foreach (var entry in page)
                {
                    await node.Work!.MarkAllAsync(entry.Name, cancellationToken).ConfigureAwait(false);
                }
            }

            made += await node.Work!.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        return made;
    }

    /// <summary>Tells how a range would be read. Asks the store nothing.</summary>
    /// <param name="range">The range.</param>
    /// <param name="options">How it would be read.</param>
    public SeriesExplanation Explain(TimeRange range, SeriesRangeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Choose(range, options) is var (reader, chosen)
            ? new(((SeriesResolution)reader).Rule.Name, reader.Engine, chosen.Aggregation)
            : new(null, Engine, options.Aggregation);
    }

    private protected override (SeriesReader Reader, SeriesRangeOptions Options)? Choose(TimeRange range, SeriesRangeOptions options)
    {
        if (!options.UsesRules || options.Aggregation is not { } wanted)
        {
            return null;
        }

        var (node, aggregation) = ResolutionChoice.Of(_tree, range, wanted);
        return node.Rule is { } rule ? (_resolutions[rule.Name], options with { Aggregation = aggregation, UsesRules = false }) : null;
    }

    // To settle is to write to what other rules make, too.
    private async ValueTask SettleAsync(SeriesTree.Node node, IReadOnlyList<string> series, CancellationToken cancellationToken)
    {
        await CheckAllAsync(cancellationToken).ConfigureAwait(false);
        await SeriesTree.SettleAsync(node, series, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask CheckAllAsync(CancellationToken cancellationToken)
    {
        await Guard.CheckAsync(cancellationToken).ConfigureAwait(false);
        foreach (var resolution in _resolutions.Values)
        {
            await resolution.CheckAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask DropAsync(string series, CancellationToken cancellationToken)
    {
        foreach (var node in _tree.InOrder)
        {
            await node.Storage.DropAsync(series, cancellationToken).ConfigureAwait(false);
            if (node.Work is { } work)
            {
                await work.ForgetAsync(series, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<SeriesAddReport> AddAsync(IReadOnlyList<NamedSample> samples, AddMemory? memory, CancellationToken cancellationToken)
    {
        SampleCheck.ThrowIfBad(samples, Name);
        if (memory is null && _writing.Appender?.TryAppend(samples, cancellationToken) is { } appended)
        {
            await appended.ConfigureAwait(false);
            return new(samples.Count, 0, []);
        }

        var groups = new SampleGroups(samples);
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
