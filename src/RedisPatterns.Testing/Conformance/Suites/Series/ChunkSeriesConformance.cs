using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>Time series in chunks.</summary>
public sealed class ChunkSeriesConformance() : SeriesConformance(
    SeriesEngine.Chunks,
    StoreFeatures.Scripts,
    new(Sealing_changes_no_sample, StoreFeatures.Scripts),
    new(Many_samples_at_once_are_appended_as_a_chunk, StoreFeatures.Scripts),
    new(A_sealed_series_is_small_and_takes_late_samples, StoreFeatures.Scripts),
    new(Long_buckets_are_sealed_by_their_writers, StoreFeatures.Scripts),
    new(Those_who_seal_and_those_who_add_lose_nothing, StoreFeatures.Scripts),
    new(Damage_is_told_and_never_read, StoreFeatures.Scripts),
    new(A_writer_goes_on_when_its_bucket_was_deleted, StoreFeatures.Scripts),
    new(What_is_added_at_once_is_added_once_each, StoreFeatures.Scripts),
    new(An_append_that_is_refused_fails_alone, StoreFeatures.Scripts),
    new(A_bucket_whose_reply_was_lost_is_noted_again, StoreFeatures.Scripts),
    new(A_step_is_refused_as_a_whole, StoreFeatures.Scripts))
{
    private static KeyspaceTimeSeries Series(ConformanceContext c, string name = "s", DuplicatePolicy policy = DuplicatePolicy.Last, bool mustBeDeclared = false) =>
        c.Store.Keyspace(c.Tag).TimeSeries(name, new()
        {
            Engine = SeriesEngine.Chunks,
            Period = TimeSpan.FromHours(4),
            Duplicates = policy,
            MustBeDeclared = mustBeDeclared,
            Transactions = new() { MaximumAttempts = 200 },
        });

    private static async Task Sealing_changes_no_sample(ConformanceContext c)
    {
        foreach (var policy in Enum.GetValues<DuplicatePolicy>())
        {
            var series = Series(c, $"{policy}", policy);
            var dice = new Random(7 + (int)policy);
            for (var round = 0; round < 4; round++)
            {
                foreach (var samples in Enumerable.Range(0, 100).Select(_ => At(dice.Next(300), dice.Next(-9, 9) / 4.0)).Chunk(50))
                {
                    await series.AddAsync("a", samples, c.CancellationToken);
                }

                var before = await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken);
                True((await series.SealAsync(cancellationToken: c.CancellationToken)).Buckets > 0);
                Equal(before, await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken), $"{policy}");
                Equal(new SealReport(0, 0, 0), await series.SealAsync(cancellationToken: c.CancellationToken));
            }
        }
    }

    private static async Task Many_samples_at_once_are_appended_as_a_chunk(ConformanceContext c)
    {
        foreach (var policy in (DuplicatePolicy[])[DuplicatePolicy.Last, DuplicatePolicy.First, DuplicatePolicy.Minimum, DuplicatePolicy.Maximum, DuplicatePolicy.Sum])
        {
            var (series, name) = (Series(c, $"many-{policy}", policy), "a");
            await series.AddAsync(name, Enumerable.Range(0, 100).Select(i => At(i, i)).ToArray(), c.CancellationToken);
            await series.AddAsync(name, Enumerable.Range(100, 50).Select(i => At(i, i)).ToArray(), c.CancellationToken);
            await series.AddAsync(name, At(150, 7), c.CancellationToken);
            var length = await c.Store.StringLengthAsync(BucketKey(c, At(0, 0), set: $"many-{policy}"), c.CancellationToken);
            True(length < 320, $"{length} bytes for 151 samples that nobody has sealed");
            Equal((151L, 1L), await FactsAsync());
            await series.AddAsync(name, Enumerable.Range(50, 120).Select(i => At(i, 100)).ToArray(), c.CancellationToken);
            SeriesSample[] expected = [.. Enumerable.Range(0, 170).Select(i => At(i, i < 50 ? i : i > 150 ? 100 : Resolve(i < 150 ? i : 7, 100)))];
            Equal(expected, await series.RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken), $"{policy}");
            Equal((170L, 1L), await FactsAsync());
            Equal(1L, (await series.SealAsync(cancellationToken: c.CancellationToken)).Buckets);
            Equal(expected, await series.RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken), $"{policy}, sealed");
            Equal(new SealReport(0, 0, 0), await series.SealAsync(cancellationToken: c.CancellationToken));
            await series.AddAsync("one", Enumerable.Range(0, 100).Select(i => At(i, i)).ToArray(), c.CancellationToken);
            Equal(new SealReport(0, 0, 0), await series.SealAsync(cancellationToken: c.CancellationToken));

            double Resolve(double stands, double comes) => policy switch
            {
                DuplicatePolicy.First => stands,
                DuplicatePolicy.Minimum => Math.Min(stands, comes),
                DuplicatePolicy.Maximum => Math.Max(stands, comes),
                DuplicatePolicy.Sum => stands + comes,
                _ => comes,
            };

            async Task<(long, long)> FactsAsync() => await series.InfoAsync(name, c.CancellationToken) is { } info ? (info.Samples, info.Keys) : default;
        }
    }

    private static async Task A_sealed_series_is_small_and_takes_late_samples(ConformanceContext c)
    {
        var series = Series(c);
        var samples = Enumerable.Range(0, 480).Select(i => At(i, 20 + (i / 60))).ToArray();
        await series.AddAsync("a", samples.Where((_, i) => i != 100).ToArray(), c.CancellationToken);
        await series.SealAsync(SeriesFilter.All, c.CancellationToken);
        var length = await c.Store.StringLengthAsync(BucketKey(c, At(100, 0)), c.CancellationToken);
        True(length < 240, $"{length} bytes for 239 samples");
        await series.AddAsync("a", samples[100], c.CancellationToken);
        Equal(length + 16, await c.Store.StringLengthAsync(BucketKey(c, At(100, 0)), c.CancellationToken));
        Equal(samples, await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal(1L, (await series.SealAsync(SeriesFilter.All, c.CancellationToken)).Buckets);
        Equal(samples, await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private static async Task Long_buckets_are_sealed_by_their_writers(ConformanceContext c)
    {
        var series = Series(c);
        for (var i = 0; i < 2_000; i++)
        {
            await series.AddAsync("a", At(i * 0.1, 5), c.CancellationToken);
        }

        await series.FinishSealingAsync(c.CancellationToken);
        var length = await c.Store.StringLengthAsync(BucketKey(c, At(0, 0)), c.CancellationToken);
        True(length < 17_000, $"{length} bytes for 2,000 samples");
        await series.AddAsync("a", At(300, 5), c.CancellationToken);
        await series.FinishSealingAsync(c.CancellationToken);
        length = await c.Store.StringLengthAsync(BucketKey(c, At(0, 0)), c.CancellationToken);
        True(length < 400, $"{length} bytes for 2,000 samples of a bucket that is done with");
        Equal(2_001, (await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken)).Count);

        // The same by the message that several series share.
        var many = Series(c, "many");
        await many.AddAsync([new("a", At(0, 5)), new("b", At(0, 5))], c.CancellationToken);
        for (var i = 1; i < 1_100; i++)
        {
            await many.AddAsync([new("a", At(i * 0.1, 5)), new("b", At(i * 0.1, 5))], c.CancellationToken);
        }

        await many.FinishSealingAsync(c.CancellationToken);
        foreach (var name in (string[])["a", "b"])
        {
            length = await c.Store.StringLengthAsync(BucketKey(c, At(0, 0), name, "many"), c.CancellationToken);
            True(length < 2_000, $"{length} bytes for 1,100 samples");
            Equal(1_100, (await many.RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken)).Count);
        }
    }

    private static async Task Those_who_seal_and_those_who_add_lose_nothing(ConformanceContext c)
    {
        var series = Series(c, policy: DuplicatePolicy.Sum);
        var adders = Task.WhenAll(Enumerable.Range(0, 4).Select(async adder =>
        {
            for (var i = 0; i < 60; i++)
            {
                await series.AddAsync("a", At(i % 20, 1), c.CancellationToken);
            }
        }));
        do
        {
            await series.SealAsync(SeriesFilter.All, c.CancellationToken);
            await series.DeleteAsync("a", TimeRange.Since(At(30, 0).Time), c.CancellationToken);
        }
        while (!adders.IsCompleted);
        await adders;
        Equal(Enumerable.Range(0, 20).Select(i => At(i, 12)), await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private static async Task Damage_is_told_and_never_read(ConformanceContext c)
    {
        var series = Series(c);
        await series.AddAsync("a", Enumerable.Range(0, 100).Select(i => At(i, i * 0.01)).ToArray(), c.CancellationToken);
        await series.SealAsync(cancellationToken: c.CancellationToken);
        var key = BucketKey(c, At(0, 0));
        var whole = (await c.Store.GetAsync(key, c.CancellationToken)).ToArray()!;
        for (var place = 0; place < whole.Length; place++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= 4;
            await c.Store.SetAsync(key, damaged, cancellationToken: c.CancellationToken);
            await ThrowsAsync<CorruptSeriesException>(async () => await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        }

        await ThrowsAsync<CorruptSeriesException>(async () => await series.DeleteAsync("a", TimeRange.All, c.CancellationToken));
        await c.Store.SetAsync(key, whole, cancellationToken: c.CancellationToken);
        Equal(100, (await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken)).Count);
        await DamageOfManyPartsIsToldAsync(c, series);
    }

    // Two chunks, a record, whose value has no checksum, and a chunk that is late.
    private static async Task DamageOfManyPartsIsToldAsync(ConformanceContext c, KeyspaceTimeSeries series)
    {
        await series.DeleteAsync("a", TimeRange.All, c.CancellationToken);
        await series.AddAsync("a", Enumerable.Range(50, 20).Select(i => At(i, i * 0.01)).ToArray(), c.CancellationToken);
        await series.AddAsync("a", Enumerable.Range(70, 20).Select(i => At(i, i * 0.01)).ToArray(), c.CancellationToken);
        var key = BucketKey(c, At(0, 0));
        var recordAt = await c.Store.StringLengthAsync(key, c.CancellationToken);
        await series.AddAsync("a", At(90, 5), c.CancellationToken);
        await series.AddAsync("a", Enumerable.Range(40, 20).Select(i => At(i, i * 0.01)).ToArray(), c.CancellationToken);
        var whole = (await c.Store.GetAsync(key, c.CancellationToken)).ToArray()!;
        foreach (var place in Enumerable.Range(0, whole.Length).Where(place => place < recordAt || place >= recordAt + 16))
        {
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= 4;
            await c.Store.SetAsync(key, damaged, cancellationToken: c.CancellationToken);
            await ThrowsAsync<CorruptSeriesException>(async () => await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        }

        await ThrowsAsync<CorruptSeriesException>(async () => await series.SealAsync(cancellationToken: c.CancellationToken));
        await c.Store.SetAsync(key, whole[..^1], cancellationToken: c.CancellationToken);
        await ThrowsAsync<CorruptSeriesException>(async () => await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        await c.Store.SetAsync(key, whole, cancellationToken: c.CancellationToken);
        Equal(51, (await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken)).Count);
    }

    private static async Task A_writer_goes_on_when_its_bucket_was_deleted(ConformanceContext c)
    {
        var (writer, other) = (Series(c), Series(c));
        await writer.AddAsync("a", At(0, 1), c.CancellationToken);
        await other.DeleteAsync("a", TimeRange.All, c.CancellationToken);
        await writer.AddAsync("a", At(1, 2), c.CancellationToken);
        Equal([At(1, 2)], await other.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        await other.RemoveAsync("a", c.CancellationToken);
        await writer.AddAsync("a", At(2, 3), c.CancellationToken);
        await writer.AddAsync("a", At(3, 4), c.CancellationToken);
        Equal([At(2, 3), At(3, 4)], await other.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        True(await other.InfoAsync("a", c.CancellationToken) is not null);
        var strict = Series(c, "strict", mustBeDeclared: true);
        await strict.DeclareAsync("a", cancellationToken: c.CancellationToken);
        await strict.AddAsync("a", At(0, 1), c.CancellationToken);
        await Series(c, "strict", mustBeDeclared: true).RemoveAsync("a", c.CancellationToken);
        await ThrowsAsync<SeriesNotFoundException>(async () => await strict.AddAsync("a", At(1, 1), c.CancellationToken));
        Equal([], await strict.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        await ThrowsAsync<SeriesNotFoundException>(async () => await strict.AddAsync("a", At(1, 1), c.CancellationToken));
    }

    private static async Task What_is_added_at_once_is_added_once_each(ConformanceContext c)
    {
        var series = Series(c, policy: DuplicatePolicy.Sum);
        string[] names = ["a", "b", "c", "d", "e"];
        await series.AddAsync([.. names.Select(name => new NamedSample(name, At(0, 0)))], c.CancellationToken);
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select<int, Task>(i => (i % 4) switch
            {
                0 => series.AddAsync(names[i % 5], new[] { At(i % 20, 1), At(20 + (i % 20), 1) }, c.CancellationToken).AsTask(),
                1 => series.AddAsync([.. names.Select(name => new NamedSample(name, At(i % 20, 1)))], c.CancellationToken).AsTask(),
                _ => series.AddAsync(names[i % 5], At(i % 20, 1), c.CancellationToken).AsTask(),
            }));
        }

        // 100 calls of one sample, 50 of two, 50 of five; and those before them.
        var added = new List<SeriesData>();
        foreach (var name in names)
        {
            added.Add(await series.RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken));
        }

        Equal(3.0 * (100 + (2 * 50) + (5 * 50)), added.Sum(samples => samples.Sum(sample => sample.Value)));
        await series.SealAsync(cancellationToken: c.CancellationToken);
        foreach (var (place, name) in names.Index())
        {
            Equal(added[place], await series.RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken), name);
        }
    }

    private static async Task An_append_that_is_refused_fails_alone(ConformanceContext c)
    {
        var series = Series(c);
        var names = Enumerable.Range(0, 9).Select(i => $"{i}").ToArray();
        await series.AddAsync([.. names.Select(name => new NamedSample(name, At(0, 0)))], c.CancellationToken);
        var key = BucketKey(c, At(0, 0), "4");
        await c.Store.DeleteAsync(key, c.CancellationToken);
        await c.Store.SetAddAsync(key, ["no bucket"], c.CancellationToken);

        // Many at once, so that they travel together where the store takes its time.
        var adds = Enumerable.Range(0, 90).Select(i => (Name: names[i % 9], Adding: series.AddAsync(names[i % 9], At(i, i), c.CancellationToken).AsTask())).ToList();
        foreach (var (name, adding) in adds)
        {
            if (name == "4")
            {
                await ThrowsAsync<WrongTypeException>(() => adding);
            }
            else
            {
                True(await adding);
            }
        }

        // The bucket counts as open no more, so this is a step that is refused as a whole.
        await ThrowsAsync<WrongTypeException>(async () => await series.AddAsync([new("3", At(100, 100)), new("4", At(100, 100)), new("5", At(100, 100))], c.CancellationToken));
        foreach (var (place, name) in names.Index().Where(one => one.Index != 4))
        {
            var added = Enumerable.Range(0, 10).Select(i => At((9 * i) + place, (9 * i) + place)).ToList();
            if (place != 0)
            {
                added.Insert(0, At(0, 0));
            }

            Equal(added, await series.RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken), name);
        }
    }

    private static async Task A_bucket_whose_reply_was_lost_is_noted_again(ConformanceContext c)
    {
        // It was dropped with its series, and the answer of the append that would have told so is lost.
        await using var chaos = new ChaosStore(
            c.Store, new() { Rules = [new() { Fault = ChaosFault.AfterEffect, Operations = ChaosOperations.Writes, Probability = 1 }] }, ownsInner: false);
        var (writer, other) = (chaos.Keyspace(c.Tag).TimeSeries("s", new() { Engine = SeriesEngine.Chunks, Period = TimeSpan.FromHours(4) }), Series(c));
        await writer.AddAsync("a", At(0, 1), c.CancellationToken);
        await other.RemoveAsync("a", c.CancellationToken);
        await ThrowsAsync<StoreTimeoutException>(async () => await writer.AddAsync("a", At(1, 2), c.CancellationToken));
        await writer.AddAsync("a", At(2, 3), c.CancellationToken);
        Equal([At(1, 2), At(2, 3)], await other.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private static async Task A_step_is_refused_as_a_whole(ConformanceContext c)
    {
        // A key in the way, of the last of the series.
        var series = Series(c);
        await c.Store.SetAddAsync(BucketKey(c, At(0, 0), "c"), ["no bucket"], c.CancellationToken);
        await ThrowsAsync<WrongTypeException>(async () => await series.AddAsync([new("a", At(0, 1)), new("b", At(0, 1)), new("c", At(0, 1))], c.CancellationToken));
        await ThrowsAsync<WrongTypeException>(async () => await series.AddOnceAsync([new("a", At(0, 1)), new("c", At(0, 1))], "once", TimeSpan.FromHours(1), c.CancellationToken));
        Equal([], await series.RangeAsync("a", TimeRange.All, cancellationToken: c.CancellationToken));
        Equal([], await series.RangeAsync("b", TimeRange.All, cancellationToken: c.CancellationToken));
        await c.Store.DeleteAsync(BucketKey(c, At(0, 0), "c"), c.CancellationToken);
        await series.AddOnceAsync([new("a", At(0, 1)), new("c", At(0, 1))], "once", TimeSpan.FromHours(1), c.CancellationToken);
        Equal([At(0, 1)], await series.RangeAsync("c", TimeRange.All, cancellationToken: c.CancellationToken));
    }

    private static StoreKey BucketKey(ConformanceContext c, SeriesSample sample, string series = "a", string set = "s")
    {
        var period = (long)TimeSpan.FromHours(4).TotalMilliseconds;
        return $"{{{c.Tag}}}:ts:{set}:{series}:{sample.Timestamp / period * period}";
    }
}
