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
    /// <returns>How many were written, and how many left out as small changes.</returns>
    public async ValueTask<(long Written, long Ignored)> AddAsync(IReadOnlyList<SeriesWrite> writes, Action<int, int> refused, CancellationToken cancellationToken)
    {
        if (Appender is { } appender)
        {
            var others = await appender.AppendAsync(writes, cancellationToken).ConfigureAwait(false);
            foreach (var step in Steps(others))
            {
                await AppendAsync(step, cancellationToken).ConfigureAwait(false);
            }

            await appender.OpenAsync(others, cancellationToken).ConfigureAwait(false);
            return (writes.Sum(write => (long)write.Samples.Length), 0);
        }

        var (written, ignored) = (0L, 0L);
        foreach (var step in Steps(writes))
        {
            var (more, less) = storage.PutsBlindly && set.Options.Ignore is null
                ? (await AppendAsync(step, cancellationToken).ConfigureAwait(false), 0)
                : await MergeAsync(step, refused, cancellationToken).ConfigureAwait(false);
            (written, ignored) = (written + more, ignored + less);
        }

        return (written, ignored);
    }

    /// <summary>Adds to the latest value of a series.</summary>
    public async ValueTask<double> IncrementAsync(string series, double by, long timestamp, CancellationToken cancellationToken)
    {
        SeriesWrite[] write = [new(series, ReadOnlyMemory<SeriesSample>.Empty)];
        return await TransactAsync(
            write,
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

    private async ValueTask<long> AppendAsync(Step step, CancellationToken cancellationToken)
    {
        var resolved = step.Writes.Select(write => (write.Series, Samples: Resolve(write.Samples))).ToList();
        while (true)
        {
            var batch = new AtomicBatch();
            foreach (var (series, samples) in resolved)
            {
                batch.When(BatchCondition.Exists(set.EntryKey(series)));
                storage.Append(series, samples.Span, command => batch.Add(command));
                marks?.Mark(series, samples.Span, command => batch.Add(command));
            }

            var result = await set.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            if (result.Status != CommitStatus.ConditionFailed)
            {
                result.EnsureCommitted();
                return step.Writes.Sum(write => (long)write.Samples.Length);
            }

            await catalogue.DeclareMissingAsync(resolved[result.Index].Series, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<(long Written, long Ignored)> MergeAsync(Step step, Action<int, int> refused, CancellationToken cancellationToken)
    {
        var merged = await TransactAsync(
            step.Writes,
            async (transaction, cancellation) =>
            {
                var known = await storage.LookAsync(transaction, step.Writes, set.Options.Ignore is not null, cancellation).ConfigureAwait(false);
                var merges = new SampleMerge[known.Length];
                for (var i = 0; i < known.Length; i++)
                {
                    merges[i] = new SampleMerge(set.Options, known[i], step.Writes[i].Samples.Span);
                    storage.Put(step.Writes[i].Series, merges[i].Puts, command => transaction.Add(command));
                    marks?.Mark(step.Writes[i].Series, merges[i].Puts, command => transaction.Add(command));
                }

                return merges;
            },
            cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < merged.Length; i++)
        {
            foreach (var place in merged[i].Refused)
            {
                refused(step.Places[i].Write, step.Places[i].First + place);
            }
        }

        return (merged.Sum(merge => merge.Written), merged.Sum(merge => merge.Ignored));
    }

    private async ValueTask<T> TransactAsync<T>(IReadOnlyList<SeriesWrite> writes, Func<StoreTransaction, CancellationToken, ValueTask<T>> body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await set.Store.TransactAsync(
                async (transaction, cancellation) =>
                {
                    foreach (var write in writes)
                    {
                        transaction.When(BatchCondition.Exists(set.EntryKey(write.Series)));
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

            // Which of the conditions it was is not told by place among the reads: those that are there already are left as they are.
            foreach (var write in writes)
            {
                await catalogue.DeclareMissingAsync(write.Series, cancellationToken).ConfigureAwait(false);
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
        var (step, room) = (new Step(), SamplesPerStep);
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
                    (step, room) = (new Step(), SamplesPerStep);
                }
            }
        }

        if (step.Writes.Count > 0)
        {
            yield return step;
        }
    }

    private sealed class Step
    {
        public List<SeriesWrite> Writes { get; } = [];

        public List<(int Write, int First)> Places { get; } = [];

        public void Add(SeriesWrite write, int place, int first)
        {
            Writes.Add(write);
            Places.Add((place, first));
        }
    }
}
