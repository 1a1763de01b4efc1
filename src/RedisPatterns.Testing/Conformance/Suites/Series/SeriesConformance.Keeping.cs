namespace RedisPatterns.Testing;

public abstract partial class SeriesConformance
{
    private async Task Periods_are_dropped_by_age_and_by_count(ConformanceContext c)
    {
        var samples = Enumerable.Range(0, 100).Select(i => At(i, i)).ToArray();
        (SeriesRetention Retention, int Kept)[] cases =
        [
            (new() { Age = TimeSpan.FromMinutes(30) }, 40), (new() { Count = 25 }, 30), (new() { Age = TimeSpan.FromMinutes(60), Count = 41 }, 50),
            (new() { Age = TimeSpan.FromMinutes(20), Count = 90 }, 30), (new() { Count = 100 }, 100), (new() { Count = 1_000 }, 100), (new(), 100),
        ];
        for (var i = 0; i < cases.Length; i++)
        {
            var options = new TimeSeriesOptions { Engine = _engine, Period = TimeSpan.FromMinutes(10), Retention = cases[i].Retention };
            var series = Series(c, $"s{i}", options);
            await series.AddAsync("a", samples, c.CancellationToken);
            await DeclareAsync(c, series, "empty");
            Equal(new RetentionReport(10 - (cases[i].Kept / 10), 100 - cases[i].Kept), await series.ApplyRetentionAsync(cancellationToken: c.CancellationToken), $"case {i}");
            Equal(samples[^cases[i].Kept..], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken), $"case {i}");
            Equal(new RetentionReport(0, 0), await series.ApplyRetentionAsync(cancellationToken: c.CancellationToken), $"case {i}");
            await series.AddAsync("a", At(1, 1), c.CancellationToken);
            Equal(cases[i].Kept == 100 ? 100 : cases[i].Kept + 1, (await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken)).Count, $"case {i}, late");
        }
    }

    private async Task Nothing_is_dropped_that_the_archive_has_not_got(ConformanceContext c)
    {
        var series = Series(c, options: new() { Engine = _engine, Period = TimeSpan.FromMinutes(10), Retention = new() { Age = TimeSpan.FromMinutes(5) } });
        var samples = Enumerable.Range(0, 50).Select(i => At(i, i)).ToArray();
        await DeclareAsync(c, series, "a", ("x", "1"));
        await series.AddAsync("a", samples, c.CancellationToken);
        var archived = new List<SeriesArchive>();
        await ThrowsAsync<InvalidOperationException>(async () => await series.ApplyRetentionAsync(
            (archive, _) =>
            {
                archived.Add(archive);
                return archived.Count == 3 ? throw new InvalidOperationException() : ValueTask.CompletedTask;
            },
            cancellationToken: c.CancellationToken));
        Equal(samples[20..], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        var isLate = false;
        await series.ApplyRetentionAsync(
            async (archive, cancellation) =>
            {
                archived.Add(archive);
                if (!isLate)
                {
                    // Whoever adds now is not to be dropped unseen.
                    isLate = true;
                    await series.AddAsync("a", At(25.5, 99), cancellation);
                }
            },
            cancellationToken: c.CancellationToken);
        Equal(samples[40..], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal("s 12:00 10 | s 12:10 10 | s 12:20 10 | s 12:20 10 | s 12:20 11 | s 12:30 10", string.Join(" | ", archived.Select(
            archive => $"{archive.Set} {DateTimeOffset.FromUnixTimeMilliseconds(archive.Period.From):HH:mm} {archive.Samples.Count}")));
        Equal([.. samples[20..26], At(25.5, 99), .. samples[26..30]], archived[4].Samples);
        Equal("1", archived[4].Series.Labels["x"]);
    }

    private async Task What_rules_keep_outlives_the_samples(ConformanceContext c)
    {
        var series = Series(c, options: new()
        {
            Engine = _engine,
            Period = TimeSpan.FromMinutes(10),
            Retention = new() { Age = TimeSpan.FromMinutes(20) },
            Rules =
            [
                Rule("sum", Aggregator.Sum, 5),
                new("recent", new(Aggregator.Maximum, TimeSpan.FromMinutes(5))) { Period = TimeSpan.FromMinutes(10), Retention = new() { Age = TimeSpan.FromMinutes(40) } },
            ],
        });
        await series.AddAsync("a", Enumerable.Range(0, 100).Select(i => At(i, 1)).ToArray(), c.CancellationToken);
        await series.ApplyRetentionAsync(cancellationToken: c.CancellationToken);
        Equal(30, (await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken)).Count);
        var sums = Enumerable.Range(0, 20).Select(i => At(i * 5, 5)).ToArray();
        Equal(sums, await series.Resolution("sum").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal(Enumerable.Range(10, 10).Select(i => At(i * 5, 1)), await series.Resolution("recent").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        await series.AddAsync("a", new[] { At(12, 50), At(72, 50) }, c.CancellationToken);
        sums[14] = At(70, 54);
        Equal(sums, await series.Resolution("sum").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal(new RetentionReport(1, 1), await series.ApplyRetentionAsync(cancellationToken: c.CancellationToken));
        Equal(sums, await series.Resolution("sum").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        await series.RemoveAsync("a", c.CancellationToken);
        Equal(false, (await KeysAsync(c)).Exists(key => key.Contains(":a", StringComparison.Ordinal)), "keys that stayed");
    }

    private async Task Retention_follows_any_sequence_of_operations(ConformanceContext c)
    {
        foreach (var retention in (SeriesRetention[])[new() { Age = TimeSpan.FromMinutes(25) }, new() { Count = 30 }, new() { Age = TimeSpan.FromMinutes(40), Count = 50 }])
        {
            var options = new TimeSeriesOptions { Engine = _engine, Period = TimeSpan.FromMilliseconds(PeriodLength), Retention = retention };
            await SeriesFuzz.RunAsync(Series(c, $"{retention.Age?.Minutes}-{retention.Count}", options), new SeriesOracle(options), [], PeriodLength, seed: 53, operations: 80, c.CancellationToken);
        }
    }

    private Task A_crash_at_any_call_loses_and_doubles_nothing(ConformanceContext c) => CrashAsync(c, 1, 5);

    /// <summary>A process that dies at a call of adding, working off rules, sealing and dropping, again and again at a later one.</summary>
    internal async Task CrashAsync(ConformanceContext c, int first, int step)
    {
        var (call, wasStruck) = (first, true);
        for (; wasStruck; call += step)
        {
            var what = $"call {call}";
            var fault = call % 2 == 0 ? ChaosFault.BeforeSend : ChaosFault.AfterEffect;
            var options = new TimeSeriesOptions
            {
                Engine = _engine,
                Period = TimeSpan.FromMinutes(10),
                Duplicates = DuplicatePolicy.Sum,
                Retention = new() { Age = TimeSpan.FromMinutes(35) },
                Rules = [Rule("sum", Aggregator.Sum, 5), Rule("count", Aggregator.Count, 20, from: "sum"), Rule("all", Aggregator.Sum, 60, from: "sum")],
            };
            var keyspace = c.Store.Keyspace($"{c.Tag}-{call}");
            var calm = keyspace.TimeSeries("s", options);
            await calm.AddAsync("a", Enumerable.Range(0, 60).Select(i => At(i, 1)).ToArray(), c.CancellationToken);
            await calm.SealAsync(cancellationToken: c.CancellationToken);
            await using var chaos = new ChaosStore(c.Store, new ChaosOptions { Rules = [new ChaosRule { Fault = fault, AtCall = call }] }, ownsInner: false);
            var (archived, added, isKnown) = (new List<SeriesArchive>(), 0, true);
            ValueTask KeepAsync(SeriesArchive archive, CancellationToken cancellation)
            {
                archived.Add(archive);
                return ValueTask.CompletedTask;
            }

            try
            {
                var series = chaos.Keyspace(keyspace.Name).TimeSeries("s", options);
                for (; added < 6; added++)
                {
                    isKnown = false;
                    await series.AddAsync("a", At(58 + added, 10), c.CancellationToken);
                    isKnown = true;
                }

                await series.RunRulesAsync(c.CancellationToken);
                await series.SealAsync(cancellationToken: c.CancellationToken);
                await series.ApplyRetentionAsync(KeepAsync, cancellationToken: c.CancellationToken);
            }
            catch (StoreException)
            {
                // The process is gone.
            }

            wasStruck = chaos.Calls >= call;
            await calm.RunRulesAsync(c.CancellationToken);
            await calm.SealAsync(cancellationToken: c.CancellationToken);
            await calm.ApplyRetentionAsync(KeepAsync, cancellationToken: c.CancellationToken);
            var there = await calm.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken);
            var kept = archived.Where(archive => archive.Set == "s").SelectMany(archive => archive.Samples).Concat(there)
                .GroupBy(sample => sample.Timestamp).Select(samples => samples.Last()).OrderBy(sample => sample.Timestamp).ToList();
            var isThere = isKnown || kept.Exists(sample => sample.Timestamp == At(58 + added, 0).Timestamp && sample.Value >= 10);
            var adds = added + (isKnown || !isThere ? 0 : 1);
            var expected = Enumerable.Range(0, Math.Max(60, 58 + adds)).Select(i => At(i, (i < 60 ? 1 : 0) + (i >= 58 && i < 58 + adds ? 10 : 0))).ToList();
            Equal(expected, kept, what);
            Equal(
                expected.GroupBy(sample => sample.Timestamp / 300_000 * 300_000).Select(bucket => new SeriesSample(bucket.Key, bucket.Sum(sample => sample.Value))),
                await calm.Resolution("sum").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken),
                what);
            Equal(expected.Sum(sample => sample.Value), (await calm.Resolution("all").RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken)).Sum(sample => sample.Value), what);
            await calm.RemoveAsync("a", c.CancellationToken);
        }

        True(call > 20);
    }
}
