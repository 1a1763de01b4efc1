namespace RedisPatterns;

/// <summary>Adds samples to the series of a set: blindly where the engine resolves duplicates by itself, else by what is there.</summary>
internal sealed class SeriesWriting(SeriesSet set, SeriesStorage storage, SeriesCatalogue catalogue, SeriesMarks? marks)
{
    private const int SamplesPerStep = 512;

    /// <summary>Adds by nothing but appending, where that is all that there is to do; null where it is not.</summary>
    public ChunkAppender? Appender { get; } =
        storage is ChunkStorage { PutsBlindly: true } chunks && set.Options.Ignore is null && marks is null ? new(set, chunks, catalogue) : null;

    /// <summary>Adds samples.</summary>
    /// <param name="writes">The samples of each series, checked, in the order of their arrival.</param>
    /// <param name="refused">Takes the place of a sample that was refused: of its write, and in it.</param>
    /// <param name="cancellationToken">Stops between two steps; in a step the outcome is unknown.</param>
    /// <param name="memory">How each step is remembered, so that it is done once however often it is repeated; null for not at all.</param>
    /// <returns>How many were written, and how many left out as small changes.</returns>
    public async ValueTask<(long Written, long Ignored)> AddAsync(
        IReadOnlyList<SeriesWrite> writes, Action<int, int> refused, CancellationToken cancellationToken, AddMemory? memory = null)
    {
        if (memory is null && Appender?.TryAppend(writes, cancellationToken) is { } appended)
        {
            await appended.ConfigureAwait(false);
            return (writes.Sum(write => (long)write.Samples.Length), 0);
        }

        var (written, ignored) = (0L, 0L);
        foreach (var step in Steps(writes))
        {
            var outcome = storage.PutsBlindly && set.Options.Ignore is null
                ? await AppendAsync(step, memory, cancellationToken).ConfigureAwait(false)
                : await MergeAsync(step, memory, cancellationToken).ConfigureAwait(false);
            (written, ignored) = (written + outcome.Written, ignored + outcome.Ignored);
            foreach (var (write, place) in outcome.Refused)
            {
                refused(step.Places[write].Write, step.Places[write].First + place);
            }
        }

        if (Appender is { } opener)
        {
            await opener.OpenAsync(writes).ConfigureAwait(false);
        }

        return (written, ignored);
    }

    /// <summary>Adds to the latest value of a series.</summary>
    public async ValueTask<double> IncrementAsync(string series, double by, long timestamp, CancellationToken cancellationToken)
    {
        SeriesWrite[] write = [new(series, ReadOnlyMemory<SeriesSample>.Empty)];
        return await TransactAsync(
            [series],
            async (transaction, cancellation) =>
            {
                var known = await storage.LookAsync(transaction, write, withLatest: true, cancellation).ConfigureAwait(false);
                var value = by + (known[0].Latest?.Value ?? 0);
                if (known[0].Latest?.Timestamp > timestamp)
                {
                    throw new SampleException($"{set.Name}: the increment lies before the latest sample of its series.");
                }

                if (!double.IsFinite(value))
                {
                    throw new NumberOverflowException($"{set.Name}: the value would leave the range of numbers.");
                }

                storage.Put(series, [new(timestamp, value)], command => transaction.Add(command));
                marks?.Mark(series, [timestamp], command => transaction.Add(command));
                return value;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<StepOutcome> AppendAsync(Step step, AddMemory? memory, CancellationToken cancellationToken)
    {
        var resolved = step.Writes.ConvertAll(write => write with { Samples = Resolve(write.Samples) });
        var outcome = new StepOutcome(step.Samples, 0, []);
        var kept = memory?.Of(step.Number, outcome);
        while (true)
        {
            var result = Appender is { } appender
                ? await appender.AddAsync(resolved, kept, cancellationToken).ConfigureAwait(false)
                : await CommitAsync(resolved, memory is null ? null : (memory.NotDone(step.Number), memory.Keep(step.Number, outcome)), cancellationToken).ConfigureAwait(false);
            if (result == AddResult.Added)
            {
                return outcome;
            }

            if (result == AddResult.NotDeclared)
            {
                await catalogue.DeclareMissingAsync(step.Series, cancellationToken).ConfigureAwait(false);
            }
            else if (await memory!.RecallAsync(step.Number, step.Samples, cancellationToken).ConfigureAwait(false) is { } done)
            {
                return done;
            }
        }
    }

    private async ValueTask<AddResult> CommitAsync(
        IReadOnlyList<SeriesWrite> writes, (BatchCondition NotDone, StoreCommand Keep)? memory, CancellationToken cancellationToken)
    {
        var batch = new AtomicBatch();
        if (memory is var (notDone, keep))
        {
            batch.When(notDone);
            batch.Add(keep);
        }

        foreach (var (series, samples) in writes)
        {
            batch.When(BatchCondition.Exists(set.EntryKey(series)));
            storage.Append(series, samples.Span, command => batch.Add(command));
            marks?.Mark(series, samples.Span, command => batch.Add(command));
        }

        var result = await set.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        if (result.Status != CommitStatus.ConditionFailed)
        {
            result.EnsureCommitted();
            return AddResult.Added;
        }

        return memory is not null && result.Index == 0 ? AddResult.DoneBefore : AddResult.NotDeclared;
    }

    private ValueTask<StepOutcome> MergeAsync(Step step, AddMemory? memory, CancellationToken cancellationToken) => TransactAsync(
        step.Series,
        async (transaction, cancellation) =>
        {
            var known = await storage.LookAsync(transaction, step.Writes, set.Options.Ignore is not null, cancellation).ConfigureAwait(false);
            var (written, ignored, refused) = (0L, 0L, new List<(int, int)>());
            for (var i = 0; i < known.Length; i++)
            {
                var merge = new SampleMerge(set.Options, known[i], step.Writes[i].Samples.Span);
                storage.Put(step.Writes[i].Series, merge.Puts, command => transaction.Add(command));
                marks?.Mark(step.Writes[i].Series, merge.Puts, command => transaction.Add(command));
                (written, ignored) = (written + merge.Written, ignored + merge.Ignored);
                refused.AddRange(merge.Refused.Select(place => (i, place)));
            }

            var outcome = new StepOutcome(written, ignored, refused);
            if (memory is not null)
            {
                transaction.Add(memory.Keep(step.Number, outcome));
            }

            return outcome;
        },
        cancellationToken,
        memory?.NotDone(step.Number),
        memory is null ? null : () => memory.RecallAsync(step.Number, step.Samples, cancellationToken));

    // Where it was done before, nothing is written, and what it came to then is recalled.
    private async ValueTask<T> TransactAsync<T>(
        IReadOnlyList<string> series,
        Func<StoreTransaction, CancellationToken, ValueTask<T>> body,
        CancellationToken cancellationToken,
        BatchCondition? notDone = null,
        Func<ValueTask<T?>>? recall = null)
    {
        while (true)
        {
            var result = await set.Store.TransactAsync(
                async (transaction, cancellation) =>
                {
                    if (notDone is not null)
                    {
                        transaction.When(notDone);
                    }

                    foreach (var name in series)
                    {
                        transaction.When(BatchCondition.Exists(set.EntryKey(name)));
                    }

                    return await body(transaction, cancellation).ConfigureAwait(false);
                },
                set.Options.Transactions,
                cancellationToken).ConfigureAwait(false);
            if (result.Status != TransactionStatus.Refused || result.Obstacle is not { Status: CommitStatus.ConditionFailed })
            {
                result.EnsureCommitted();
                return result.Value;
            }

            if (recall is null || result.Obstacle.Index > 0)
            {
                await catalogue.DeclareMissingAsync(series, cancellationToken).ConfigureAwait(false);
            }
            else if (await recall().ConfigureAwait(false) is { } done)
            {
                return done;
            }
        }
    }

    // A moment that comes twice in a call would be two commands whose order decides; here the policy does.
    private ReadOnlyMemory<SeriesSample> Resolve(ReadOnlyMemory<SeriesSample> samples)
    {
        var isAscending = true;
        var span = samples.Span;
        for (var i = 1; i < span.Length && isAscending; i++)
        {
            isAscending = span[i - 1].Timestamp < span[i].Timestamp;
        }

        return isAscending ? samples : new SampleMerge(new() { Duplicates = set.Options.Duplicates }, new(), span).Puts;
    }

    private static IEnumerable<Step> Steps(IReadOnlyList<SeriesWrite> writes)
    {
        var (step, room) = (new Step(0), SamplesPerStep);
        for (var i = 0; i < writes.Count; i++)
        {
            var samples = writes[i].Samples;
            for (var first = 0; first < samples.Length;)
            {
                var count = Math.Min(room, samples.Length - first);
                step.Add(writes[i] with { Samples = samples.Slice(first, count) }, i, first);
                (first, room) = (first + count, room - count);
                if (room == 0)
                {
                    yield return step;
                    (step, room) = (new Step(step.Number + 1), SamplesPerStep);
                }
            }
        }

        if (step.Writes.Count > 0)
        {
            yield return step;
        }
    }

    private sealed class Step(int number)
    {
        public int Number => number;

        public int Samples { get; private set; }

        public List<SeriesWrite> Writes { get; } = [];

        /// <summary>The names of the series, each once.</summary>
        public string[] Series => [.. Writes.Select(write => write.Series).Distinct()];

        public List<(int Write, int First)> Places { get; } = [];

        public void Add(SeriesWrite write, int place, int first)
        {
            Writes.Add(write);
            Places.Add((place, first));
            Samples += write.Samples.Length;
        }
    }
}
