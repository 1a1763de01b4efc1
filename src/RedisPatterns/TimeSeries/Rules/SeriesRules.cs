using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The rules on one set, or on what a rule makes of one: works off what changes have marked.</summary>
/// <remarks>
/// Of the stretches that are marked the buckets that touch them are made anew from what is there now, and put in the place of what the rule
/// had, in one step with the removal of the marks, and only if no mark has changed meanwhile and nobody else has worked any off. So it does not matter how often, by how many or
/// up to where a stretch is worked off: what ends half-way is made again, and nothing counts twice.
/// </remarks>
internal sealed class SeriesRules(SeriesSet set, SeriesStorage storage, SeriesMarks marks, IReadOnlyList<RuleTarget> targets)
{
    private const int GreatestMarks = 64;
    private const int BucketsPerStep = 4_096;
    private const int SeriesPerPage = 256;

    // A stretch touches the buckets that lie in it, and with windows those behind it: many stretches could be a step without end.
    private readonly int _marksPerStep = (int)Math.Clamp(BucketsPerStep / targets.Sum(target => target.BucketsTouchedBy(marks.Length)), 1, GreatestMarks);

    /// <summary>What the rules write to.</summary>
    public IReadOnlyList<RuleTarget> Targets { get; } = targets;

    /// <summary>Works off what is marked of some series. One round trip when there is nothing.</summary>
    public async ValueTask SettleAsync(IReadOnlyList<string> series, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var waiting = series.Select(name => pipeline.Add(SortedSets.Length(marks.KeyOf(name)))).ToArray();
        await set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < waiting.Length; i++)
        {
            if (waiting[i].Value > 0)
            {
                await SettleAsync(series[i], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Works off what is marked, of all series.</summary>
    /// <returns>How many buckets were made.</returns>
    public async ValueTask<long> RunAsync(CancellationToken cancellationToken)
    {
        var made = 0L;
        for (ulong cursor = 0; ;)
        {
            var page = await set.Store.SendAsync(Sets.Scan(marks.Pending, cursor, count: SeriesPerPage), cancellationToken).ConfigureAwait(false);
            foreach (var series in page.Items)
            {
                made += await SettleAsync(series.AsText()!, cancellationToken).ConfigureAwait(false);
            }

            cursor = page.Cursor;
            if (cursor == 0)
            {
                return made;
            }
        }
    }

    /// <summary>Marks everything that there is of a series.</summary>
    public async ValueTask MarkAllAsync(string series, CancellationToken cancellationToken)
    {
        var pull = new SeriesPull(series, TimeRange.All, new() { Aggregation = new(Aggregator.Count, TimeSpan.FromMilliseconds(marks.Length)) });
        SeriesRead[] reads = [pull.Read];
        while (true)
        {
            if (pull.Drain(GreatestMarks))
            {
                var batch = new AtomicBatch();
                marks.Mark(series, pull.Output.Timestamps, command => batch.Add(command));
                pull.Output.Clear();
                (await set.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false)).EnsureCommitted();
            }
            else if (pull.Read.IsDone)
            {
                return;
            }
            else
            {
                await storage.ReadPageAsync(reads, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Notes before which moment samples of a series are dropped.</summary>
    public async ValueTask CutAsync(string series, long cut, CancellationToken cancellationToken)
    {
        var key = marks.TurnOf(series);
        var result = await set.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var turn = SeriesTurn.Read(await transaction.ReadAsync(Strings.Get(key), cancellation).ConfigureAwait(false));
                if (turn.Cut < cut)
                {
                    transaction.Add(Strings.Set(key, SeriesTurn.Next(cut)));
                }
            },
            set.Options.Transactions,
            cancellationToken).ConfigureAwait(false);
        result.EnsureCommitted();
    }

    /// <summary>Forgets what is marked of a series.</summary>
    public async ValueTask ForgetAsync(string series, CancellationToken cancellationToken)
    {
        var batch = new AtomicBatch();
        batch.Add(Keys.Delete(marks.KeyOf(series)));
        batch.Add(Keys.Delete(marks.TurnOf(series)));
        batch.Add(Sets.Remove(marks.Pending, series));
        (await set.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false)).EnsureCommitted();
    }

    private async ValueTask<long> SettleAsync(string series, CancellationToken cancellationToken)
    {
        var key = marks.KeyOf(series);
        for (var made = 0L; ;)
        {
            var pipeline = new StorePipeline();
            var (some, known) = (pipeline.Add(SortedSets.RangeWithScores(key, RankRange.First(_marksPerStep))), pipeline.Add(Strings.Get(marks.TurnOf(series))));
            await set.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            var marked = some.Value;
            if (marked.Length == 0)
            {
                // A change that comes now puts the series back in its own step.
                var end = new AtomicBatch().When(BatchCondition.Absent(key));
                end.Add(Sets.Remove(marks.Pending, series));
                await set.Store.CommitAsync(end, cancellationToken).ConfigureAwait(false);
                return made;
            }

            var turn = SeriesTurn.Read(known.Value);
            var batch = new AtomicBatch().When(turn.Stands(marks.TurnOf(series)));
            foreach (var mark in marked)
            {
                batch.When(BatchCondition.Score(key, mark.Member, Comparison.Equal, mark.Score));
            }

            var stretches = Array.ConvertAll(marked, mark => mark.Member.AsInt64());
            Array.Sort(stretches);
            var count = 0L;
            foreach (var target in Targets)
            {
                count += await AddAsync(target, series, stretches, turn.Cut, batch, cancellationToken).ConfigureAwait(false);
            }

            batch.Add(Strings.Set(marks.TurnOf(series), SeriesTurn.Next(turn.Cut)));
            batch.Add(SortedSets.Remove(key, Array.ConvertAll(marked, mark => mark.Member)));
            var result = await set.Store.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            if (result.Status != CommitStatus.ConditionFailed)
            {
                result.EnsureCommitted();
                made += count;
            }
        }
    }

    private async ValueTask<long> AddAsync(RuleTarget target, string series, long[] stretches, long cut, AtomicBatch batch, CancellationToken cancellationToken)
    {
        var aggregation = target.Rule.Aggregation;
        var grid = new BucketGrid(aggregation);
        var window = aggregation.BucketsOfWindow;
        var (puts, gone) = (new List<SeriesSample>(), new List<long>());
        foreach (var (from, last) in Runs(grid, window, stretches))
        {
            // What begins before the cut can not be made anew: it keeps the value that it had.
            var first = from;
            while (first <= last && grid.StartOf(first + 1 - window) < cut)
            {
                first++;
            }

            if (first > last)
            {
                continue;
            }

            var range = new TimeRange(Math.Max(0, grid.StartOf(first + 1 - window)), Math.Clamp(grid.EndOf(last), 0, SeriesTime.Greatest + 1));
            var summaries = new BucketSummaries(grid, aggregation.Aggregator.Parts());
            await storage.ReadAsync([new(series, range, isDescending: false, summaries)], cancellationToken).ConfigureAwait(false);

            var bucket = first;
            foreach (var (number, summary) in summaries.Windows(first, last, window))
            {
                gone.AddRange(Moments(grid, bucket, number));
                puts.Add(new(grid.MomentOf(number, BucketTime.Start), summary.ValueOf(aggregation.Aggregator)));
                bucket = number + 1;
            }

            gone.AddRange(Moments(grid, bucket, last + 1));
        }

        void Add(StoreCommand command) => batch.Add(command);
        target.Storage.Put(series, puts.ToArray(), Add);
        target.Storage.Remove(series, gone.ToArray(), Add);
        target.Marks?.Mark(series, puts.ToArray(), Add);
        target.Marks?.Mark(series, gone.ToArray(), Add);
        return puts.Count + gone.Count;
    }

    private static IEnumerable<long> Moments(BucketGrid grid, long from, long to)
    {
        for (var number = from; number < to && grid.StartOf(number) <= SeriesTime.Greatest; number++)
        {
            yield return grid.MomentOf(number, BucketTime.Start);
        }
    }

    // The buckets that the stretches touch, neighbours together. A rolling value is touched by what its window holds.
    private List<(long First, long Last)> Runs(BucketGrid grid, int bucketsOfWindow, long[] stretches)
    {
        var runs = new List<(long First, long Last)>();
        foreach (var stretch in stretches)
        {
            var first = grid.NumberOf(stretch);
            var last = grid.NumberOf(Math.Min(stretch + marks.Length - 1, SeriesTime.Greatest)) + bucketsOfWindow - 1;
            if (runs.Count > 0 && first <= runs[^1].Last + 1)
            {
                runs[^1] = (runs[^1].First, Math.Max(runs[^1].Last, last));
            }
            else
            {
                runs.Add((first, last));
            }
        }

        return runs;
    }
}
