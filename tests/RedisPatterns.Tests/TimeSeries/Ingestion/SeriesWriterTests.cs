using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.TimeSeries.Ingestion;

public sealed class SeriesWriterTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_does_is_measured()
    {
        var (seen, clock) = (new ConcurrentQueue<(string Name, double Value)>(), new ManualTimeProvider());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name.StartsWith("redispatterns.series.", StringComparison.Ordinal))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags is [{ Key: "redispatterns.series.set", Value: "measured" }])
            {
                seen.Enqueue((instrument.Name["redispatterns.series.".Length..], value));
            }
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();

        await using var store = new ChaosStore(
            new InMemoryKeyValueStore(), new() { Rules = [new() { Fault = ChaosFault.AfterEffect, Operations = ChaosOperations.Batches, AtCall = 1 }] });
        var series = store.Keyspace("shop").TimeSeries("measured", new() { Engine = SeriesEngine.HashBuckets });
        var writer = series.CreateWriter(new() { Capacity = 4, BatchSize = 4, WhenFull = WhenFull.DropOldest, Retry = new() { ShortestPause = TimeSpan.Zero }, TimeProvider = clock });
        await writer.WriteAsync("a", new(1, 1), Cancellation);
        clock.Advance(Second / 4);
        listener.RecordObservableInstruments();
        Assert.Equal([("lag", 0.25), ("buffered", 1.0)], seen);
        seen.Clear();
        await writer.WriteAsync("a", new(2, 1), Cancellation);
        await writer.DisposeAsync();
        Assert.Equal([("retries", 1.0), ("written", 2.0), ("batch.size", 2.0)], seen);
        seen.Clear();
        listener.RecordObservableInstruments();
        Assert.Empty(seen);
        Assert.Equal((2L, 1L, "measured: 0 buffered, 2 written"), (writer.Written, writer.Retries, writer.ToString()));
    }

    [Fact]
    public async Task A_sample_behind_a_flush_waits_no_longer_than_it_is_to()
    {
        var (isDown, clock) = (true, new ManualTimeProvider());
        await using var store = new InMemoryKeyValueStore();
        await using var chaos = new FailingStore(store, () => isDown);
        var writer = chaos.Keyspace("shop").TimeSeries("s", new() { Engine = SeriesEngine.HashBuckets }).CreateWriter(new()
        {
            Retry = new() { MaximumAttempts = 1 },
            BatchDelay = Second,
            FailurePause = TimeSpan.FromMinutes(10),
            TimeProvider = clock,
        });
        await writer.WriteAsync("a", new(1, 1), Cancellation);
        await Assert.ThrowsAsync<StoreConnectionException>(() => writer.FlushAsync(Cancellation).AsTask());
        isDown = false;
        await writer.FlushAsync(Cancellation);
        await writer.WriteAsync("a", new(2, 1), Cancellation);
        clock.Advance(Second);
        await writer.DisposeAsync();
        Assert.Equal((2L, TimeSpan.Zero), (writer.Written, writer.OldestAge));
    }

    [Fact]
    public async Task Room_is_taken_without_allocating()
    {
        await using var store = new InMemoryKeyValueStore();
        var writer = store.Keyspace("shop").TimeSeries("s", new() { Engine = SeriesEngine.HashBuckets }).CreateWriter(new()
        {
            Capacity = 1_000,
            WhenFull = WhenFull.Throw,
            TimeProvider = new ManualTimeProvider(),
        });
        for (var i = 0; i < 300; i++)
        {
            await writer.WriteAsync("a", new(i, i), Cancellation);
        }

        // Room for 512 by now.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 300; i < 499; i++)
        {
            await writer.WriteAsync("a", new(i, i), Cancellation);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(499, writer.Buffered);
        await writer.DisposeAsync();
        Assert.Equal(499, writer.Written);
    }

    [Fact]
    public void Options_have_their_ranges()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWriterOptions { Capacity = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWriterOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWriterOptions { BatchSize = 10_001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWriterOptions { BatchDelay = -Second });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWriterOptions { WhenFull = (WhenFull)3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWriterOptions { FailurePause = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWriterOptions { RememberFor = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesExportOptions { TimeFormat = (SeriesTimeFormat)2 });
    }

    private sealed class FailingStore(IKeyValueStore inner, Func<bool> fails) : DelegatingKeyValueStore(inner, ownsInner: false)
    {
        public override ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default) =>
            fails() ? throw new StoreConnectionException("down") : Inner.SendAsync(pipeline, cancellationToken);

        public override ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default) =>
            fails() ? throw new StoreConnectionException("down") : Inner.CommitAsync(batch, cancellationToken);
    }
}
