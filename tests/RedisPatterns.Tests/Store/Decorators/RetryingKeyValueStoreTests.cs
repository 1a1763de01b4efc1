using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace RedisPatterns.Tests.Store.Decorators;

/// <summary>What is sent again, how often, and what is not.</summary>
public sealed class RetryingKeyValueStoreTests : IAsyncDisposable
{
    private static readonly RetryOptions AtOnce = new() { ShortestPause = TimeSpan.Zero };

    private static readonly AtomicScript<long> Count = new(
        "count", "return redis.call('INCR',KEYS[1])", Replies.Int64, static context => StoreReply.Integer(context.Call(Strings.Increment(context.Keys[0]))));

    private static readonly AtomicScript<StoreValue> Look = new(
        "look", "return redis.call('GET',KEYS[1])", Replies.Value, static context => StoreReply.FromValue(context.Call(Strings.Get(context.Keys[0]))), isReadOnly: true);

    private readonly InMemoryKeyValueStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(ChaosFault.BeforeSend)]
    [InlineData(ChaosFault.AfterEffect)]
    public async Task What_reads_is_sent_again(ChaosFault fault)
    {
        await _store.SendAsync(Strings.Set("k", "v"), Cancellation);
        var (retrying, chaos) = Failing(fault, times: 4);
        Assert.Equal("v", await retrying.SendAsync(Strings.Get("k"), Cancellation));
        Assert.Equal((5, 4), (chaos.Calls, retrying.Repeats));

        (retrying, chaos) = Failing(fault, times: 4);
        Assert.Equal("v", await retrying.EvaluateAsync(Look.With(["k"]), Cancellation));
        Assert.Equal(5, chaos.Calls);

        (retrying, chaos) = Failing(fault, times: 4);
        var pipeline = new StorePipeline();
        var (one, two) = (pipeline.Add(Strings.Get("k")), pipeline.Add(Keys.Exists("none")));
        await retrying.SendAsync(pipeline, Cancellation);
        Assert.Equal(("v", false, 5), (one.Value, two.Value, chaos.Calls));

        (retrying, chaos) = Failing(fault, times: 4);
        var batch = new AtomicBatch().When(BatchCondition.Exists("k"));
        var read = batch.Add(Strings.Get("k"));
        Assert.True((await retrying.CommitAsync(batch, Cancellation)).IsCommitted);
        Assert.Equal(("v", 5), (read.Value, chaos.Calls));
    }

    [Theory]
    [InlineData(ChaosFault.BeforeSend)]
    [InlineData(ChaosFault.AfterEffect)]
    public async Task What_is_remembered_is_sent_again_and_done_once(ChaosFault fault)
    {
        var (retrying, chaos) = Failing(fault, times: 4);
        var batch = new AtomicBatch().RememberAs("{n}id 1", TimeSpan.FromMinutes(1));
        var count = batch.Add(Strings.Increment("{n}"));
        Assert.True((await retrying.CommitAsync(batch, Cancellation)).IsCommitted);
        Assert.Equal((1, 5), (count.Value, chaos.Calls));

        (retrying, chaos) = Failing(fault, times: 4);
        Assert.Equal(2, await retrying.EvaluateAsync(Count.With(["{n}"]).RememberAs("{n}id 2", TimeSpan.FromMinutes(1)), Cancellation));
        Assert.Equal(5, chaos.Calls);
        Assert.Equal("2", await _store.SendAsync(Strings.Get("{n}"), Cancellation));
    }

    [Theory]
    [InlineData(ChaosFault.BeforeSend)]
    [InlineData(ChaosFault.AfterEffect)]
    public async Task Other_writes_are_sent_once(ChaosFault fault)
    {
        var (retrying, chaos) = Failing(fault, times: 100);
        var pipeline = new StorePipeline();
        pipeline.Add(Strings.Get("{n}"));
        pipeline.Add(Strings.Increment("{n}"));
        var batch = new AtomicBatch();
        batch.Add(Strings.Increment("{n}"));
        Func<Task>[] writes =
        [
            async () => await retrying.SendAsync(Strings.Increment("n"), Cancellation),
            async () => await retrying.SendAsync(pipeline, Cancellation),
            async () => await retrying.CommitAsync(batch, Cancellation),
            async () => await retrying.EvaluateAsync(Count.With(["{n}"]), Cancellation),
        ];
        foreach (var write in writes)
        {
            await Assert.ThrowsAnyAsync<StoreException>(write);
        }

        Assert.Equal((writes.Length, 0), (chaos.Calls, retrying.Repeats));
    }

    [Fact]
    public async Task It_gives_up_after_the_last_attempt_with_its_error()
    {
        var (retrying, chaos) = Failing(ChaosFault.AfterEffect, times: 100);
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await retrying.SendAsync(Strings.Get("k"), Cancellation));
        Assert.Equal((5, 4), (chaos.Calls, retrying.Repeats));
        var pipeline = new StorePipeline();
        pipeline.Add(Strings.Get("k"));
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await retrying.SendAsync(pipeline, Cancellation));
        Assert.Equal(10, chaos.Calls);
        await using var once = new RetryingKeyValueStore(chaos, new RetryOptions { MaximumAttempts = 1 }, ownsInner: false);
        await Assert.ThrowsAsync<StoreTimeoutException>(async () => await once.SendAsync(Strings.Get("k"), Cancellation));
        Assert.Equal(11, chaos.Calls);
    }

    [Fact]
    public async Task Other_errors_are_told_at_once()
    {
        await _store.SendAsync(Strings.Set("k", "v"), Cancellation);
        await using var counting = new RoundTripCountingKeyValueStore(_store, ownsInner: false);
        await using var retrying = new RetryingKeyValueStore(counting, AtOnce);
        await Assert.ThrowsAsync<WrongTypeException>(async () => await retrying.SendAsync(Lists.Length("k"), Cancellation));
        Assert.Equal(1, counting.RoundTrips);
    }

    [Fact]
    public async Task What_a_server_could_not_serve_is_sent_again_whatever_it_is()
    {
        var busy = new BusyStore(_store, times: 3);
        await using var retrying = new RetryingKeyValueStore(busy, AtOnce);
        Assert.Equal(1, await retrying.SendAsync(Strings.Increment("n"), Cancellation));
        Assert.Equal(4, busy.Calls);
    }

    [Fact]
    public async Task Of_a_pipeline_that_reads_only_what_got_no_answer_is_sent_again()
    {
        await _store.SendAsync(Strings.Set("a", "1"), Cancellation);
        await _store.SendAsync(Strings.Set("b", "2"), Cancellation);
        var busy = new BusyStore(_store, times: 2);
        await using var retrying = new RetryingKeyValueStore(busy, AtOnce);
        var pipeline = new StorePipeline();
        var (a, b, wrong) = (pipeline.Add(Strings.Get("a")), pipeline.Add(Strings.Get("b")), pipeline.Add(Lists.Length("a")));
        await retrying.SendAsync(pipeline, Cancellation);
        Assert.Equal(("1", "2"), (a.Value, b.Value));
        Assert.IsType<WrongTypeException>(wrong.Error);
        Assert.Equal([3, 1, 1], busy.Sizes);
    }

    [Fact]
    public async Task It_rests_by_its_clock_and_no_longer_than_is_waited()
    {
        var clock = new ManualTimeProvider();
        var (_, chaos) = Failing(ChaosFault.BeforeSend, times: 1);
        await using var retrying = new RetryingKeyValueStore(chaos, new RetryOptions { ShortestPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1), TimeProvider = clock });
        var reading = retrying.SendAsync(Strings.Get("k"), Cancellation).AsTask();
        Assert.False(reading.IsCompleted);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await reading).IsNull);

        (_, chaos) = Failing(ChaosFault.BeforeSend, times: 1);
        using var cancelling = new CancellationTokenSource();
        await using var other = new RetryingKeyValueStore(chaos, new RetryOptions { ShortestPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1), TimeProvider = clock });
        reading = other.SendAsync(Strings.Get("k"), cancelling.Token).AsTask();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(1, chaos.Calls);
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryOptions { MaximumAttempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryOptions { MaximumAttempts = 1_001 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryOptions { ShortestPause = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryOptions { LongestPause = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryOptions { LongestPause = TimeSpan.FromHours(2) });
    }

    private (RetryingKeyValueStore Retrying, ChaosStore Chaos) Failing(ChaosFault fault, int times)
    {
        var rules = Enumerable.Range(1, times).Select(call => new ChaosRule { Fault = fault, AtCall = call });
        var chaos = new ChaosStore(_store, new ChaosOptions { Rules = [.. rules] }, ownsInner: false);
        return (new RetryingKeyValueStore(chaos, AtOnce), chaos);
    }

    /// <summary>A server that can not serve the first calls, or the second command of a pipeline.</summary>
    private sealed class BusyStore(IKeyValueStore inner, int times) : DelegatingKeyValueStore(inner, ownsInner: false)
    {
        public int Calls { get; private set; }

        public List<int> Sizes { get; } = [];

        public override ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default) =>
            ++Calls <= times ? throw new ServerUnavailableException() : base.SendAsync(command, cancellationToken);

        public override async ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
        {
            Sizes.Add(pipeline.Count);
            await base.SendAsync(pipeline, cancellationToken);
            if (++Calls <= times)
            {
                pipeline.Replies[Calls == 1 ? 1 : 0].Fail(new ServerUnavailableException());
            }
        }
    }
}
