namespace RedisPatterns.Testing;

/// <summary>What the writer of series, and the adding of samples under an id, promise on every store.</summary>
public sealed class SeriesWriterConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Scripts;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly RetryOptions Stubborn = new() { MaximumAttempts = 1_000, ShortestPause = TimeSpan.Zero };
    private static readonly RetryOptions Twice = new() { MaximumAttempts = 2, ShortestPause = TimeSpan.Zero };

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_full_batch_is_written_at_once, Needed),
        new(A_batch_is_written_when_its_oldest_sample_has_waited, Needed),
        new(Who_finds_no_room_waits_in_order, Needed),
        new(Who_gives_up_waiting_has_given_nothing, Needed),
        new(The_oldest_is_dropped_that_is_not_on_its_way, Needed),
        new(Who_finds_no_room_is_refused, Needed),
        new(Samples_are_added_in_the_order_of_their_coming, Needed),
        new(A_flush_tells_what_failed_and_nothing_is_lost, Needed),
        new(A_batch_that_failed_is_tried_again_after_a_pause, Needed),
        new(A_batch_that_failed_can_be_discarded, Needed),
        new(Disposing_under_load_loses_nothing, Needed),
        new(What_can_not_be_written_is_given_back, Needed),
        new(Bad_input_is_refused_before_it_is_accepted, Needed),
        new(Under_faults_every_sample_is_written_once, Needed),
        new(Samples_added_under_an_id_are_added_once, Needed),
        new(A_repeated_call_is_told_what_the_first_came_to, Needed),
        new(A_late_repetition_does_not_replace_what_is_newer, Needed),
        new(Whatever_call_fails_samples_under_an_id_are_added_once, Needed),
    ];

    private static TimeSeriesOptions Options(DuplicatePolicy duplicates = DuplicatePolicy.Last, SmallChange? ignore = null, SeriesEngine engine = SeriesEngine.Chunks) =>
        new() { Engine = engine, Period = TimeSpan.FromMinutes(10), Duplicates = duplicates, Ignore = ignore };

    private static KeyspaceTimeSeries Series(ConformanceContext c, IKeyValueStore? store = null, TimeSeriesOptions? options = null, string name = "s") =>
        (store ?? c.Store).Keyspace(c.Tag).TimeSeries(name, options ?? Options());

    private static SeriesSample At(long second, double value) => new(second * 1_000, value);

    private static async Task<double[]> ValuesAsync(ConformanceContext c, KeyspaceTimeSeries series, string name = "a") =>
        [.. (await series.RangeAsync(name, TimeRange.All, cancellationToken: c.CancellationToken)).Select(sample => sample.Value)];

    private static Task WrittenAsync(ConformanceContext c, SeriesWriter writer, long count) =>
        c.UntilOthersAsync(() => Task.FromResult(writer.Written == count && writer.Buffered == 0), $"{count} samples are written");

    private static async Task A_full_batch_is_written_at_once(ConformanceContext c)
    {
        var series = Series(c);
        await using var writer = series.CreateWriter(new() { BatchSize = 3, TimeProvider = new ManualTimeProvider() });
        await writer.WriteAsync("a", At(1, 1), c.CancellationToken);
        await writer.WriteAsync("b", At(1, 2), c.CancellationToken);
        Equal((2, 0L), (writer.Buffered, writer.Written));
        await writer.WriteAsync([new("a", At(2, 3)), new("a", At(3, 4)), new("a", At(4, 5)), new("a", At(5, 6))], c.CancellationToken);
        await WrittenAsync(c, writer, 6);
        Equal([1.0, 3, 4, 5, 6], await ValuesAsync(c, series));
        Equal([2.0], await ValuesAsync(c, series, "b"));
        Equal((0L, 0L, 0L, 0L), (writer.Ignored, writer.Refused, writer.Dropped, writer.Retries));
    }

    private static async Task A_batch_is_written_when_its_oldest_sample_has_waited(ConformanceContext c)
    {
        var (series, clock) = (Series(c), new ManualTimeProvider());
        await using var writer = series.CreateWriter(new() { BatchDelay = Second, TimeProvider = clock });
        Equal(TimeSpan.Zero, writer.OldestAge);
        for (var i = 0; i < 3; i++)
        {
            await writer.WriteAsync("a", At(i * 10, i), c.CancellationToken);
            clock.Advance(Second / 2);
            await writer.WriteAsync("a", At((i * 10) + 1, i), c.CancellationToken);
            clock.Advance((Second / 2) - TimeSpan.FromMilliseconds(1));
            Equal((2, i * 2L), (writer.Buffered, writer.Written));
            Equal(TimeSpan.FromMilliseconds(999), writer.OldestAge);
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await WrittenAsync(c, writer, (i + 1) * 2);
            clock.Advance(Second / 3);
        }

        Equal(TimeSpan.Zero, writer.OldestAge);
        await using var hasty = series.CreateWriter(new() { BatchDelay = TimeSpan.Zero, TimeProvider = clock });
        await hasty.WriteAsync("a", At(100, 1), c.CancellationToken);
        await WrittenAsync(c, hasty, 1);
    }

    private static async Task Who_finds_no_room_waits_in_order(ConformanceContext c)
    {
        var gate = new WriteGate(c.Store);
        var series = Series(c, gate.Store);
        await using var writer = series.CreateWriter(new() { Capacity = 4, BatchSize = 2, TimeProvider = new ManualTimeProvider() });
        gate.Close();
        await writer.WriteAsync([.. Enumerable.Range(1, 4).Select(i => new NamedSample("a", At(i, i)))], c.CancellationToken);
        await gate.Entered;
        var fifth = writer.WriteAsync("a", At(5, 5), c.CancellationToken).AsTask();
        var many = writer.WriteAsync([.. Enumerable.Range(6, 9).Select(i => new NamedSample("a", At(i, i)))], c.CancellationToken).AsTask();
        var last = writer.WriteAsync("a", At(15, 15), c.CancellationToken).AsTask();
        Equal((4, false, false, false), (writer.Buffered, fifth.IsCompleted, many.IsCompleted, last.IsCompleted));
        gate.Open();
        await fifth;
        await many;
        await last;
        await writer.FlushAsync(c.CancellationToken);
        Equal(Enumerable.Range(1, 15).Select(i => (double)i), await ValuesAsync(c, series));
        Equal((15L, 0L, 0), (writer.Written, writer.Dropped, writer.Buffered));
    }

    private static async Task Who_gives_up_waiting_has_given_nothing(ConformanceContext c)
    {
        var gate = new WriteGate(c.Store);
        var series = Series(c, gate.Store);
        await using var writer = series.CreateWriter(new() { Capacity = 2, BatchSize = 1, TimeProvider = new ManualTimeProvider() });
        gate.Close();
        await writer.WriteAsync("a", At(1, 1), c.CancellationToken);
        await writer.WriteAsync("a", At(2, 2), c.CancellationToken);
        using var cancellation = new CancellationTokenSource();
        var third = writer.WriteAsync("a", At(3, 3), cancellation.Token).AsTask();
        var fourth = writer.WriteAsync("a", At(4, 4), c.CancellationToken).AsTask();
        await cancellation.CancelAsync();
        await ThrowsAsync<OperationCanceledException>(() => third);
        await ThrowsAsync<OperationCanceledException>(() => writer.WriteAsync("a", At(5, 5), cancellation.Token).AsTask());
        await ThrowsAsync<OperationCanceledException>(() => writer.FlushAsync(cancellation.Token).AsTask());
        gate.Open();
        await fourth;
        await writer.FlushAsync(c.CancellationToken);
        Equal([1.0, 2, 4], await ValuesAsync(c, series));
        Equal(3L, writer.Written);
    }

    private static async Task The_oldest_is_dropped_that_is_not_on_its_way(ConformanceContext c)
    {
        var gate = new WriteGate(c.Store);
        var series = Series(c, gate.Store);
        await using var writer = series.CreateWriter(new() { Capacity = 4, BatchSize = 100, WhenFull = WhenFull.DropOldest, TimeProvider = new ManualTimeProvider() });
        gate.Close();
        await writer.WriteAsync([new("a", At(1, 1)), new("a", At(2, 2))], c.CancellationToken);
        await gate.Entered;
        for (var i = 3; i <= 10; i++)
        {
            await writer.WriteAsync("a", At(i, i), c.CancellationToken);
            Equal((Math.Min(4, i), Math.Max(0, i - 4L)), (writer.Buffered, writer.Dropped));
        }

        await writer.WriteAsync([.. Enumerable.Range(11, 5).Select(i => new NamedSample("a", At(i, i)))], c.CancellationToken);
        Equal((4, 11L), (writer.Buffered, writer.Dropped));
        gate.Open();
        await writer.FlushAsync(c.CancellationToken);
        Equal([1.0, 2, 14, 15], await ValuesAsync(c, series));
        Equal((4L, 11L, 0), (writer.Written, writer.Dropped, writer.Buffered));
    }

    private static async Task Who_finds_no_room_is_refused(ConformanceContext c)
    {
        var gate = new WriteGate(c.Store);
        var series = Series(c, gate.Store);
        await using var writer = series.CreateWriter(new() { Capacity = 4, BatchSize = 2, WhenFull = WhenFull.Throw, TimeProvider = new ManualTimeProvider() });
        gate.Close();
        await writer.WriteAsync([new("a", At(1, 1)), new("a", At(2, 2)), new("a", At(3, 3))], c.CancellationToken);
        await ThrowsAsync<SeriesWriterFullException>(() => writer.WriteAsync([new("a", At(4, 4)), new("a", At(5, 5))], c.CancellationToken).AsTask());
        await writer.WriteAsync("a", At(6, 6), c.CancellationToken);
        await ThrowsAsync<SeriesWriterFullException>(() => writer.WriteAsync("a", At(7, 7), c.CancellationToken).AsTask());
        gate.Open();
        await writer.FlushAsync(c.CancellationToken);
        await writer.WriteAsync("a", At(8, 8), c.CancellationToken);
        await writer.FlushAsync(c.CancellationToken);
        Equal([1.0, 2, 3, 6, 8], await ValuesAsync(c, series));
    }

    private static async Task Samples_are_added_in_the_order_of_their_coming(ConformanceContext c)
    {
        foreach (var engine in (SeriesEngine[])[SeriesEngine.SortedSet, SeriesEngine.Chunks])
        {
            var series = Series(c, options: Options(engine: engine), name: $"{engine}");
            await using var writer = series.CreateWriter(new() { BatchSize = 7 });
            for (var i = 1; i <= 300; i++)
            {
                await writer.WriteAsync("a", At(i % 5, i), c.CancellationToken);
            }

            await writer.FlushAsync(c.CancellationToken);
            Equal([300.0, 296, 297, 298, 299], await ValuesAsync(c, series), $"{engine}");
            Equal(300L, writer.Written);
        }
    }

    private static async Task A_flush_tells_what_failed_and_nothing_is_lost(ConformanceContext c)
    {
        var isDown = true;
        var store = new InterruptedKeyValueStore(c.Store, () => isDown ? throw new StoreConnectionException("down") : ValueTask.CompletedTask);
        var series = Series(c, store, Options(DuplicatePolicy.Sum));
        await using var writer = series.CreateWriter(new() { Retry = Twice, BatchSize = 2, TimeProvider = new ManualTimeProvider() });
        await writer.FlushAsync(c.CancellationToken);
        await writer.WriteAsync("a", At(1, 1), c.CancellationToken);
        for (var i = 1; i <= 3; i++)
        {
            await ThrowsAsync<StoreConnectionException>(() => writer.FlushAsync(c.CancellationToken).AsTask());
            Equal((1, 0L, (long)i), (writer.Buffered, writer.Written, writer.Retries));
        }

        await writer.WriteAsync([new("a", At(1, 10)), new("a", At(2, 2)), new("a", At(3, 3))], c.CancellationToken);
        isDown = false;
        await writer.FlushAsync(c.CancellationToken);
        Equal([11.0, 2, 3], await ValuesAsync(c, series));
        Equal((0, 4L), (writer.Buffered, writer.Written));
    }

    private static async Task A_batch_that_failed_is_tried_again_after_a_pause(ConformanceContext c)
    {
        var (isDown, clock) = (true, new ManualTimeProvider());
        var store = new InterruptedKeyValueStore(c.Store, () => isDown ? throw new StoreTimeoutException("lost") : ValueTask.CompletedTask);
        var series = Series(c, store);
        var told = new TaskCompletionSource<SeriesBatchFailure>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var writer = series.CreateWriter(new()
        {
            Retry = new() { MaximumAttempts = 1 },
            BatchSize = 1,
            FailurePause = Second,
            TimeProvider = clock,
            BatchFailed = failure => told.TrySetResult(failure) ? FailedBatch.Keep : throw new InvalidOperationException("means to keep it"),
        });
        await writer.WriteAsync("a", At(1, 1), c.CancellationToken);
        var failure = await told.Task.WaitAsync(c.CancellationToken);
        Equal((1, 1, "StoreTimeoutException"), (failure.Samples.Count, failure.Attempts, failure.Error.GetType().Name));
        isDown = false;
        await c.UntilOthersAsync(
            () =>
            {
                clock.Advance(Second);
                return Task.FromResult(writer.Written == 1);
            },
            "the batch is written");
        Equal([1.0], await ValuesAsync(c, series));

        // What comes behind it waits no longer than it is to.
        await using var slow = series.CreateWriter(new() { BatchSize = 1, TimeProvider = clock });
        await slow.WriteAsync("a", At(2, 2), c.CancellationToken);
        await WrittenAsync(c, slow, 1);
    }

    private static async Task A_batch_that_failed_can_be_discarded(ConformanceContext c)
    {
        var series = Series(c, options: new() { Engine = SeriesEngine.Chunks, MustBeDeclared = true });
        await series.DeclareAsync("a", cancellationToken: c.CancellationToken);
        var discarded = new List<NamedSample>();
        await using var writer = series.CreateWriter(new()
        {
            BatchSize = 2,
            TimeProvider = new ManualTimeProvider(),
            BatchFailed = failure =>
            {
                discarded.AddRange(failure.Samples);
                return FailedBatch.Discard;
            },
        });
        await writer.WriteAsync([new("none", At(1, 1)), new("none", At(2, 2)), new("a", At(3, 3))], c.CancellationToken);
        await c.UntilOthersAsync(() => Task.FromResult(writer.Dropped == 2), "two samples are discarded");
        await writer.FlushAsync(c.CancellationToken);
        Equal([new NamedSample("none", At(1, 1)), new("none", At(2, 2))], discarded);
        Equal((1L, 2L, 0), (writer.Written, writer.Dropped, writer.Buffered));
        Equal([3.0], await ValuesAsync(c, series));
    }

    private static async Task Disposing_under_load_loses_nothing(ConformanceContext c)
    {
        var series = Series(c, options: Options(DuplicatePolicy.Block));
        var writer = series.CreateWriter(new() { Capacity = 50, BatchSize = 20 });
        var accepted = 0L;
        var producers = Enumerable.Range(0, 8).Select(producer => Task.Run(async () =>
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await writer.WriteAsync($"p{producer}", At(i, i), c.CancellationToken);
                    Interlocked.Increment(ref accepted);
                }
            }
            catch (ObjectDisposedException)
            {
                // It has ended.
            }
        })).ToArray();
        await c.UntilOthersAsync(() => Task.FromResult(writer.Written >= 200), "the producers are at work");
        await writer.DisposeAsync();
        await Task.WhenAll(producers);
        Equal((accepted, 0L, 0L, 0), (writer.Written, writer.Refused, writer.Dropped, writer.Buffered));
        var found = 0L;
        for (var producer = 0; producer < producers.Length; producer++)
        {
            var values = await ValuesAsync(c, series, $"p{producer}");
            Equal(Enumerable.Range(0, values.Length).Select(i => (double)i), values, $"producer {producer}");
            found += values.Length;
        }

        Equal(accepted, found);
        await writer.DisposeAsync();
    }

    private static async Task What_can_not_be_written_is_given_back(ConformanceContext c)
    {
        // The answers are lost, so the first batch is written all the same.
        await using var chaos = new ChaosStore(
            c.Store, new() { Rules = [new() { Fault = ChaosFault.AfterEffect, Operations = ChaosOperations.Batches | ChaosOperations.Scripts, Probability = 1 }] }, ownsInner: false);
        var plain = Series(c, options: Options(DuplicatePolicy.Sum));
        await plain.DeclareAsync("a", cancellationToken: c.CancellationToken);
        var writer = Series(c, chaos, Options(DuplicatePolicy.Sum)).CreateWriter(new() { BatchSize = 2, Retry = Twice });
        NamedSample[] samples = [new("a", At(1, 1)), new("a", At(1, 10)), new("a", At(2, 2))];
        await writer.WriteAsync(samples, c.CancellationToken);
        var left = await ThrowsAsync<UnwrittenSamplesException>(() => writer.DisposeAsync().AsTask());
        Equal(samples, left.Samples);
        Equal((2, 0), (left.Uncertain, writer.Buffered));
        Equal([11.0], await ValuesAsync(c, plain));
        var report = await plain.AddOnceAsync([.. left.Samples.Take(left.Uncertain)], left.OperationId, Lifetime, c.CancellationToken);
        Equal(2L, report.Written);
        await plain.AddAsync([.. left.Samples.Skip(left.Uncertain)], c.CancellationToken);
        Equal([11.0, 2], await ValuesAsync(c, plain));
    }

    private static async Task Bad_input_is_refused_before_it_is_accepted(ConformanceContext c)
    {
        var series = Series(c);
        var writer = series.CreateWriter(new() { TimeProvider = new ManualTimeProvider() });
        await ThrowsAsync<ArgumentException>(async () => await writer.WriteAsync("", At(1, 1), c.CancellationToken));
        await ThrowsAsync<SampleException>(async () => await writer.WriteAsync("a", At(1, double.NaN), c.CancellationToken));
        await ThrowsAsync<SampleException>(async () => await writer.WriteAsync("a", new(-1, 1), c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await writer.WriteAsync([new("a", At(1, 1)), new("", At(1, 1))], c.CancellationToken));
        await ThrowsAsync<SampleException>(async () => await writer.WriteAsync([new("a", At(1, 1)), new("a", At(1, double.PositiveInfinity))], c.CancellationToken));
        Equal(0, writer.Buffered);
        await writer.WriteAsync([], c.CancellationToken);
        await writer.DisposeAsync();
        await ThrowsAsync<ObjectDisposedException>(async () => await writer.WriteAsync("a", At(1, 1), c.CancellationToken));
        await ThrowsAsync<ObjectDisposedException>(async () => await writer.WriteAsync([new("a", At(1, 1))], c.CancellationToken));
        await ThrowsAsync<ObjectDisposedException>(async () => await writer.FlushAsync(c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await series.AddOnceAsync([], "", Lifetime, c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await series.AddOnceAsync([], "x", TimeSpan.Zero, c.CancellationToken));
    }

    private static async Task Under_faults_every_sample_is_written_once(ConformanceContext c)
    {
        foreach (var policy in (DuplicatePolicy[])[DuplicatePolicy.Sum, DuplicatePolicy.Block, DuplicatePolicy.Last])
        {
            await using var chaos = new ChaosStore(
                c.Store,
                new() { Seed = 3, Rules = [new() { Fault = ChaosFault.AfterEffect, Probability = 0.3 }, new() { Fault = ChaosFault.BeforeSend, Probability = 0.2 }] },
                ownsInner: false);
            var options = Options(policy);
            await using var writer = Series(c, chaos, options, $"{policy}").CreateWriter(new() { BatchSize = 10, Retry = Stubborn });
            for (var i = 0; i < 400; i++)
            {
                await writer.WriteAsync(i % 2 == 0 ? "a" : "b", At(policy == DuplicatePolicy.Sum ? i / 2 % 4 : i / 2, i), c.CancellationToken);
            }

            await writer.FlushAsync(c.CancellationToken);
            Equal((400L, 0L, 0), (writer.Written, writer.Refused, writer.Buffered), $"{policy}");
            True(writer.Retries > 0);
            var even = Enumerable.Range(0, 200).Select(i => i * 2.0);
            var expected = policy == DuplicatePolicy.Sum ? even.Chunk(4).Aggregate(new double[4], (sums, chunk) => [.. sums.Zip(chunk, (sum, value) => sum + value)]) : even;
            Equal(expected, await ValuesAsync(c, Series(c, options: options, name: $"{policy}")), $"{policy}");
        }
    }

    private static async Task Samples_added_under_an_id_are_added_once(ConformanceContext c)
    {
        foreach (var policy in Enum.GetValues<DuplicatePolicy>())
        {
            var series = Series(c, options: Options(policy), name: $"{policy}");
            NamedSample[] samples = [.. Enumerable.Range(0, 1_300).Select(i => new NamedSample(i % 3 == 0 ? "a" : "b", At(i % 700, i)))];
            var plain = Series(c, options: Options(policy), name: $"{policy}.plain");
            var expected = await plain.AddAsync(samples, c.CancellationToken);
            foreach (var id in (string[])["x", "x", "x"])
            {
                var report = await series.AddOnceAsync(samples, id, Lifetime, c.CancellationToken);
                Equal((expected.Written, expected.Ignored), (report.Written, report.Ignored), $"{policy}");
                Equal(expected.Refused, report.Refused, $"{policy}");
            }

            foreach (var name in (string[])["a", "b"])
            {
                Equal(await ValuesAsync(c, plain, name), await ValuesAsync(c, series, name), $"{policy}, {name}");
            }
        }
    }

    private static async Task A_repeated_call_is_told_what_the_first_came_to(ConformanceContext c)
    {
        var blocking = Series(c, options: Options(DuplicatePolicy.Block, new(TimeSpan.FromSeconds(5), 0.5)));
        await blocking.AddAsync("a", At(10, 1), c.CancellationToken);
        NamedSample[] samples = [new("b", At(1, 1)), new("a", At(11, 1.2)), new("a", At(12, 9)), new("a", At(10, 5)), new("b", At(1, 7))];
        for (var i = 0; i < 3; i++)
        {
            var report = await blocking.AddOnceAsync(samples, "a:b;{c} ☃", Lifetime, c.CancellationToken);
            Equal((2L, 1L), (report.Written, report.Ignored));
            Equal([3, 4], report.Refused);
        }

        await ThrowsAsync<IdempotencyConflictException>(() => blocking.AddOnceAsync(samples[..2], "a:b;{c} ☃", Lifetime, c.CancellationToken).AsTask());
        Equal([1.0, 9], await ValuesAsync(c, blocking));

        // The same id of another set, and of a batch, is another operation.
        var other = Series(c, name: "t");
        Equal(5L, (await other.AddOnceAsync(samples, "a:b;{c} ☃", Lifetime, c.CancellationToken)).Written);
        var batch = new AtomicBatch().RememberAs(c.Store.Keyspace(c.Tag).IdempotencyKey("a:b;{c} ☃"), Lifetime);
        batch.Add(Commands.Strings.Increment(c.Key("n")));
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
    }

    private static async Task A_late_repetition_does_not_replace_what_is_newer(ConformanceContext c)
    {
        foreach (var engine in (SeriesEngine[])[SeriesEngine.SortedSet, SeriesEngine.Chunks])
        {
            var series = Series(c, options: Options(engine: engine), name: $"{engine}");
            NamedSample[] samples = [new("a", At(1, 1)), new("a", At(2, 1))];
            await series.AddOnceAsync(samples, "first", Lifetime, c.CancellationToken);
            await series.AddAsync("a", At(1, 2), c.CancellationToken);
            Equal(2L, (await series.AddOnceAsync(samples, "first", Lifetime, c.CancellationToken)).Written);
            Equal([2.0, 1], await ValuesAsync(c, series), $"{engine}");

            // Nor does it bring back what was removed.
            await series.RemoveAsync("a", c.CancellationToken);
            await series.AddOnceAsync(samples, "first", Lifetime, c.CancellationToken);
            Equal([], await ValuesAsync(c, series), $"{engine}");
        }
    }

    private static async Task Whatever_call_fails_samples_under_an_id_are_added_once(ConformanceContext c)
    {
        NamedSample[] samples = [.. Enumerable.Range(0, 600).Select(i => new NamedSample(i % 2 == 0 ? "a" : "b", At(i, 1)))];
        foreach (var fault in (ChaosFault[])[ChaosFault.BeforeSend, ChaosFault.AfterEffect])
        {
            for (var call = 1; ; call++)
            {
                await using var chaos = new ChaosStore(c.Store, new() { Rules = [new() { Fault = fault, AtCall = call }] }, ownsInner: false);
                var series = Series(c, chaos, Options(DuplicatePolicy.Sum), $"{fault}.{call}");
                for (var isAnswered = false; !isAnswered;)
                {
                    try
                    {
                        Equal(600L, (await series.AddOnceAsync(samples, "x", Lifetime, c.CancellationToken)).Written);
                        isAnswered = true;
                    }
                    catch (StoreException error) when (error is StoreTimeoutException or StoreConnectionException)
                    {
                        // Once more.
                    }
                }

                var values = await ValuesAsync(c, Series(c, options: Options(DuplicatePolicy.Sum), name: series.Name));
                Equal((300, 300.0), (values.Length, values.Sum()), $"call {call}, {fault}");
                if (chaos.FailedBeforeSend + chaos.FailedAfterEffect == 0)
                {
                    break;
                }
            }
        }
    }
}
