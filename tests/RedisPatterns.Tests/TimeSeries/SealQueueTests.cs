using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.TimeSeries;

/// <summary>Sealing in the background.</summary>
public sealed class SealQueueTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly GatedStore _store = new(new InMemoryKeyValueStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_add_do_not_wait_for_it()
    {
        var series = Series("waits");
        _store.Close();
        await FillAsync(series, "a");
        Assert.Equal(240 * 16, await LengthAsync("waits", "a"));
        var finished = series.FinishSealingAsync(Cancellation).AsTask();
        Assert.False(finished.IsCompleted);
        _store.Open();
        await finished;
        Assert.InRange(await LengthAsync("waits", "a"), 1, 400);
        Assert.Equal(241, (await series.RangeAsync("a", TimeRange.All, cancellationToken: Cancellation)).Count);
    }

    [Fact]
    public async Task Waiting_for_it_can_be_given_up()
    {
        var series = Series("given-up");
        _store.Close();
        await FillAsync(series, "a");
        using var cancellation = new CancellationTokenSource();
        var finished = series.FinishSealingAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finished);
        _store.Open();
        await series.FinishSealingAsync(Cancellation);
        Assert.InRange(await LengthAsync("given-up", "a"), 1, 400);
    }

    [Fact]
    public async Task When_too_many_wait_those_who_add_seal_themselves()
    {
        var series = Series("many");
        _store.Close();
        for (var i = 0; i < 257; i++)
        {
            await FillAsync(series, $"s{i}");
        }

        // One is under way and 256 wait.
        Assert.Equal(1, _store.Sealing);
        var more = FillAsync(series, "more");
        Assert.Equal(2, _store.Sealing);
        Assert.False(more.IsCompleted);
        _store.Open();
        await more;
        Assert.InRange(await LengthAsync("many", "more"), 1, 400);
        await series.FinishSealingAsync(Cancellation);
        Assert.InRange(await LengthAsync("many", "s256"), 1, 400);
    }

    [Fact]
    public async Task Sixteen_are_sealed_together()
    {
        var series = Series("together");
        for (var i = 0; i < 20; i++)
        {
            // The latest first, so that no bucket is done with.
            await series.AddAsync("a", new SeriesSample(Noon.AddHours(4 * (20 - i)), i), Cancellation);
        }

        _store.Close();
        var reads = _store.Reads;
        var sealing = series.SealAsync(cancellationToken: Cancellation).AsTask();
        Assert.Equal((1, 16), (_store.Reads - reads, _store.Sealing));
        _store.Open();
        Assert.Equal(20, (await sealing).Buckets);
        Assert.Equal((2, 20), (_store.Reads - reads, _store.Sealing));
    }

    [Fact]
    public async Task What_fails_is_counted_and_what_was_added_is_there()
    {
        var seen = new ConcurrentQueue<(string Name, string? Error)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name is "redispatterns.series.sealed" or "redispatterns.series.seal.failures")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            if (tags[0] is { Key: "redispatterns.series.set", Value: "fails" })
            {
                seen.Enqueue((instrument.Name["redispatterns.series.".Length..], tags.Length > 1 ? tags[1].Value as string : null));
            }
        });
        listener.Start();
        var series = Series("fails");
        _store.Fails = true;
        await FillAsync(series, "a");
        await series.FinishSealingAsync(Cancellation);
        Assert.Equal([("seal.failures", "RedisPatterns.StoreConnectionException")], seen);
        Assert.Equal(240 * 16, await LengthAsync("fails", "a"));
        _store.Fails = false;
        await FillAsync(series, "b");
        await series.FinishSealingAsync(Cancellation);
        Assert.Equal([("seal.failures", "RedisPatterns.StoreConnectionException"), ("sealed", null)], seen);

        // The other one is sealed when that is asked for, or when more is added.
        Assert.Equal(3, (await series.SealAsync(cancellationToken: Cancellation)).Buckets);
    }

    [Fact]
    public async Task A_writer_that_is_disposed_of_leaves_nothing_to_be_sealed()
    {
        var series = Series("writer");
        _store.Close();
        var writer = series.CreateWriter(new() { BatchSize = 1 });
        await writer.WriteAsync("a", new(Noon, 1), Cancellation);
        await writer.WriteAsync("a", new(Noon.AddHours(4), 1), Cancellation);
        await writer.FlushAsync(Cancellation);
        var disposed = writer.DisposeAsync().AsTask();
        Assert.False(disposed.IsCompleted);
        _store.Open();
        await disposed;
        Assert.NotEqual(16, await LengthAsync("writer", "a"));
    }

    [Fact]
    public async Task Other_engines_have_nothing_to_wait_for()
    {
        var series = _store.Keyspace("k").TimeSeries("hashes", new() { Engine = SeriesEngine.HashBuckets });
        await FillAsync(series, "a");
        await series.FinishSealingAsync(Cancellation);
        Assert.Equal(0, _store.Sealing);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    // A period is filled sample by sample, and the next begun.
    private static async Task FillAsync(KeyspaceTimeSeries series, string name)
    {
        for (var i = 0; i <= 240; i++)
        {
            await series.AddAsync(name, new SeriesSample(Noon.AddMinutes(i), 20), Cancellation);
        }
    }

    private KeyspaceTimeSeries Series(string name) => _store.Keyspace("k").TimeSeries(name, new() { Engine = SeriesEngine.Chunks, Period = TimeSpan.FromHours(4) });

    private async Task<long> LengthAsync(string set, string series) =>
        await _store.StringLengthAsync($"{{k}}:ts:{set}:{series}:{Noon.ToUnixTimeMilliseconds()}", Cancellation);

    /// <summary>A store whose sealing can be held up, and fail.</summary>
    private sealed class GatedStore(IKeyValueStore inner) : DelegatingKeyValueStore(inner, ownsInner: true)
    {
        private TaskCompletionSource? _gate;
        private int _sealing;

        public bool Fails { get; set; }

        public int Sealing => Volatile.Read(ref _sealing);

        public int Reads { get; private set; }

        public void Close() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _gate?.TrySetResult();

        public override ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
        {
            Reads += command.Definition.Name == "MGET" ? 1 : 0;
            return Inner.SendAsync(command, cancellationToken);
        }

        public override async ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
        {
            if (call.Script.Name == "seal series")
            {
                Interlocked.Increment(ref _sealing);
                if (Fails)
                {
                    throw new StoreConnectionException("lost");
                }

                if (_gate is { } gate)
                {
                    await gate.Task.WaitAsync(cancellationToken);
                }
            }

            return await Inner.EvaluateAsync(call, cancellationToken);
        }
    }
}
