using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Testing.Tests;

public sealed class ChaosStoreTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _inner = new();
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_before_the_send_has_no_effect()
    {
        var store = Chaos(new ChaosRule { Fault = ChaosFault.BeforeSend, AtCall = 2 });
        await store.SendAsync(Strings.Increment("n"), Cancellation);
        await Assert.ThrowsAsync<StoreConnectionException>(async () => await store.SendAsync(Strings.Increment("n"), Cancellation));
        Assert.Equal(2, await store.SendAsync(Strings.Increment("n"), Cancellation));
        Assert.Equal((3, 1, 0, 0), (store.Calls, store.FailedBeforeSend, store.FailedAfterEffect, store.Delayed));
    }

    [Fact]
    public async Task A_fault_after_the_effect_hides_the_answer()
    {
        var store = Chaos(new ChaosRule { Fault = ChaosFault.AfterEffect, Probability = 1 });
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await store.SendAsync(Strings.Increment("n"), Cancellation));
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await store.SendAsync(Sets.Add("n", "a wrong type is hidden too"), Cancellation));

        var pipeline = new StorePipeline();
        var inPipeline = pipeline.Add(Strings.Increment("n"));
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await store.SendAsync(pipeline, Cancellation));
        Assert.False(inPipeline.IsCompleted);

        var batch = new AtomicBatch();
        var inBatch = batch.Add(Strings.Increment("n"));
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await store.CommitAsync(batch, Cancellation));
        Assert.False(inBatch.IsCompleted);

        var script = new AtomicScript<long>("add", "return 0", Replies.Int64, c => StoreReply.Integer(c.Call(Strings.Increment(c.Keys[0]))));
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await store.EvaluateAsync(script.With(["n"]), Cancellation));
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await store.SubscribeAsync("channel", Cancellation));
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await store.ScanKeysAsync(cancellationToken: Cancellation).ToListAsync(Cancellation));
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await store.SendToPrimariesAsync(Strings.Increment("n"), cancellationToken: Cancellation));
        Assert.Equal("5", await _inner.SendAsync(Strings.Get("n"), Cancellation));
        Assert.Equal(8, store.FailedAfterEffect);
    }

    [Fact]
    public async Task A_rule_is_about_its_operations_alone()
    {
        var store = Chaos(new ChaosRule { Fault = ChaosFault.BeforeSend, Probability = 1, Operations = ChaosOperations.Batches | ChaosOperations.Reads });
        await store.SendAsync(Strings.Set("k", "v"), Cancellation);
        await store.SendAsync(new StorePipeline(), Cancellation);
        await Assert.ThrowsAsync<StoreConnectionException>(async () => await store.SendAsync(Strings.Get("k"), Cancellation));
        await Assert.ThrowsAsync<StoreConnectionException>(async () => await store.CommitAsync(new AtomicBatch(), Cancellation));
        await Assert.ThrowsAsync<StoreConnectionException>(async () => await store.SendToPrimariesAsync(Keys.Count(), cancellationToken: Cancellation));
        Assert.Single(await store.SendToPrimariesAsync(Strings.Increment("n"), cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_delay_waits_by_the_given_clock()
    {
        var store = Chaos(new ChaosRule { Fault = ChaosFault.Delay, AtCall = 1, Delay = TimeSpan.FromMinutes(5) });
        var call = store.SendAsync(Strings.Set("k", "v"), Cancellation).AsTask();
        Assert.False(call.IsCompleted);
        Assert.True((await _inner.SendAsync(Strings.Get("k"), Cancellation)).IsNull);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await call);
        Assert.Equal(1, store.Delayed);
    }

    [Fact]
    public async Task The_same_seed_strikes_the_same_calls()
    {
        async Task<string> RunAsync(int seed)
        {
            var options = new ChaosOptions { Seed = seed, Rules = [new ChaosRule { Fault = ChaosFault.BeforeSend, Probability = 0.3 }] };
            await using var store = new ChaosStore(new InMemoryKeyValueStore(), options);
            var outcome = "";
            for (var i = 0; i < 200; i++)
            {
                try
                {
                    await store.SendAsync(Strings.Get("k"), Cancellation);
                    outcome += ".";
                }
                catch (StoreConnectionException)
                {
                    outcome += "x";
                }
            }

            return outcome;
        }

        var first = await RunAsync(7);
        Assert.Equal(first, await RunAsync(7));
        Assert.NotEqual(first, await RunAsync(8));
        Assert.InRange(first.Count(c => c == 'x'), 30, 90);
    }

    [Fact]
    public void Rules_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChaosRule { Fault = ChaosFault.BeforeSend, Probability = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChaosRule { Fault = ChaosFault.BeforeSend, AtCall = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChaosRule { Fault = ChaosFault.Delay, Delay = TimeSpan.FromTicks(-1) });
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private ChaosStore Chaos(params ChaosRule[] rules) => new(_inner, new ChaosOptions { Rules = rules }, _clock);
}
