using System.Collections.Concurrent;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.TimeSeries;

/// <summary>What travels together, and what becomes of it.</summary>
public sealed class AppendQueueTests : IAsyncDisposable
{
    private readonly SlowStore _store = new(new InMemoryKeyValueStore());
    private readonly ConcurrentQueue<(string Series, long Length)> _more = [];
    private readonly ConcurrentQueue<string> _lost = [];
    private readonly AppendQueue _queue;

    public AppendQueueTests() => _queue = new(_store, (append, length, _) =>
    {
        _more.Enqueue((append.Open.Series, length));
        return append.Open.Series == "broken" ? throw new StoreTimeoutException("more") : default;
    }, open => _lost.Enqueue(open.Series));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_finds_nothing_under_way_goes_alone()
    {
        await _store.SetAsync(Key("a"), new byte[32], Cancellation);
        _store.Open();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await _queue.AppendAsync(Of("a"), Cancellation));
        }

        Assert.Equal((3, 0), (_store.Commands, _store.Scripts));
        Assert.Empty(_more);
    }

    [Fact]
    public async Task What_comes_while_the_sender_is_busy_goes_together_in_its_order()
    {
        var adding = await BeginAsync();
        for (byte i = 1; i <= 100; i++)
        {
            adding.Add(AddAsync(Of("b", i)));
        }

        _store.Open();
        Assert.All(await Task.WhenAll(adding), Assert.True);
        Assert.Equal((2, 1), (_store.Commands, _store.Scripts));
        var added = (await _store.GetAsync(Key("b"), Cancellation)).ToArray()!;
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (byte)i), added.Chunk(16).Select(record => record[0]));

        // Each series had no bucket before its first.
        Assert.Equal([("a", 16), ("b", 16), ("c", 16)], _more.Order());
    }

    [Fact]
    public async Task So_many_go_together_and_no_more()
    {
        var adding = await BeginAsync();
        for (var i = 0; i < 600; i++)
        {
            adding.Add(AddAsync(Of("b")));
        }

        for (var i = 0; i < 3; i++)
        {
            adding.Add(AddAsync(new BucketAppend(Bucket("b"), new byte[40_000])));
        }

        _store.Open();
        await Task.WhenAll(adding);

        // 256, 256, 88 with the first long one, and two that are too long to go with another.
        Assert.Equal((4, 3), (_store.Commands, _store.Scripts));
        Assert.Equal((600 * 16) + 120_000, await _store.StringLengthAsync(Key("b"), Cancellation));
    }

    [Fact]
    public async Task A_call_with_many_buckets_is_a_step_for_each_512()
    {
        _store.Open();
        BucketAppend[] appends = [.. Enumerable.Range(0, 1_100).Select(i => Of($"s{i}"))];
        await _queue.AppendAsync(appends, Cancellation);
        Assert.Equal((0, 3), (_store.Commands, _store.Scripts));
        Assert.Equal(1_100, _more.Count);
        Assert.Equal(16, await _store.StringLengthAsync(Key("s1099"), Cancellation));
    }

    [Fact]
    public async Task One_that_is_refused_fails_alone()
    {
        await _store.SetAddAsync(Key("set"), ["no bucket"], Cancellation);
        var adding = await BeginAsync();
        var (before, refused, behind) = (AddAsync(Of("b")), AddAsync(Of("set")), AddAsync(Of("b")));
        _store.Open();
        await Task.WhenAll(adding);
        Assert.True(await before);
        Assert.True(await behind);
        await Assert.ThrowsAsync<WrongTypeException>(() => refused);
        Assert.Equal(32, await _store.StringLengthAsync(Key("b"), Cancellation));
    }

    [Fact]
    public async Task What_a_bucket_needs_besides_is_the_matter_of_its_own_append()
    {
        var adding = await BeginAsync();
        var (broken, other) = (AddAsync(Of("broken")), AddAsync(Of("b")));
        _store.Open();
        await Task.WhenAll(adding);
        Assert.True(await other);
        await Assert.ThrowsAsync<StoreTimeoutException>(() => broken);
        Assert.Equal(["broken"], _lost);
    }

    [Fact]
    public async Task Of_a_call_all_that_was_appended_gets_what_it_needs_whatever_fails()
    {
        _store.Open();
        await _store.SetAddAsync(Key("set"), ["no bucket"], Cancellation);
        await Assert.ThrowsAsync<StoreTimeoutException>(() => _queue.AppendAsync([Of("a"), Of("broken"), Of("set"), Of("b")], Cancellation).AsTask());
        Assert.Equal(["a", "b", "broken"], _more.Select(one => one.Series).Order());
        Assert.Equal(["broken", "set"], _lost.Order());
        _store.Fails = true;
        await Assert.ThrowsAsync<StoreConnectionException>(() => _queue.AppendAsync([Of("d"), Of("e")], Cancellation).AsTask());
        Assert.Equal(["broken", "d", "e", "set"], _lost.Order());
    }

    [Fact]
    public async Task When_the_message_is_lost_all_are_told()
    {
        var adding = await BeginAsync();
        var lost = new[] { AddAsync(Of("b")), AddAsync(Of("d")) };
        _store.Fails = true;
        _store.Open();
        await Task.WhenAll(adding);
        foreach (var one in lost)
        {
            await Assert.ThrowsAsync<StoreConnectionException>(() => one);
        }

        Assert.Equal(["b", "d"], _lost.Order());

        _store.Fails = false;
        Assert.True(await _queue.AppendAsync(Of("b"), Cancellation));
    }

    [Fact]
    public async Task What_is_cancelled_before_it_is_sent_is_not_sent()
    {
        using var cancellation = new CancellationTokenSource();
        var adding = await BeginAsync();
        var cancelled = _queue.AppendAsync(Of("b"), cancellation.Token).AsTask();
        var kept = AddAsync(Of("b", 7));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _store.Open();
        await Task.WhenAll(adding);
        Assert.True(await kept);
        Assert.Equal(Of("b", 7).Bytes, (await _store.GetAsync(Key("b"), Cancellation)).ToArray());
    }

    [Fact]
    public async Task A_bucket_that_grows_past_a_mark_is_worth_sealing()
    {
        await _store.SetAsync(Key("a"), new byte[16_384 - 32], Cancellation);
        _store.Open();
        await _queue.AppendAsync(Of("a"), Cancellation);
        await _queue.AppendAsync([Of("a"), Of("a")], Cancellation);
        Assert.Equal([("a", 16_384)], _more);
        Assert.True(new BucketAppend(Bucket("a"), new byte[16]).IsWorthSealing(131_072));

        // From there on in strides of an eighth at most.
        Assert.False(new BucketAppend(Bucket("a"), new byte[16]).IsWorthSealing((1 << 20) + 16_384));
        Assert.True(new BucketAppend(Bucket("a"), new byte[16]).IsWorthSealing((1 << 20) + (1 << 17)));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static OpenBucket Bucket(string series) => new(series, 0, 1, Key(series));

    private static StoreKey Key(string series) => $"{{k}}:{series}";

    private static BucketAppend Of(string series, byte first = 0)
    {
        var bytes = new byte[16];
        bytes[0] = first;
        return new(Bucket(series), bytes);
    }

    private Task<bool> AddAsync(BucketAppend append) => _queue.AppendAsync(append, Cancellation).AsTask();

    // One is under way, and the sender is busy with another.
    private async Task<List<Task<bool>>> BeginAsync()
    {
        List<Task<bool>> adding = [AddAsync(Of("a")), AddAsync(Of("c"))];
        await _store.SenderIsBusy.WaitAsync(Cancellation);
        return adding;
    }

    /// <summary>A store whose first append is answered late, and whose second holds up the one who sends it.</summary>
    private sealed class SlowStore(IKeyValueStore inner) : DelegatingKeyValueStore(inner, ownsInner: true)
    {
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _held = new();
        private int _commands;
        private int _scripts;

        public int Commands => Volatile.Read(ref _commands);

        public int Scripts => Volatile.Read(ref _scripts);

        public bool Fails { get; set; }

        public Task SenderIsBusy => _busy.Task;

        public void Open()
        {
            _opened.SetResult();
            _held.Set();
        }

        public override async ValueTask DisposeAsync()
        {
            _held.Dispose();
            await base.DisposeAsync();
        }

        public override ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
        {
            if (command.Definition.Name != "APPEND")
            {
                return Inner.SendAsync(command, cancellationToken);
            }

            switch (Interlocked.Increment(ref _commands))
            {
                case 1 when !_opened.Task.IsCompleted:
                    return LateAsync(command, cancellationToken);
                case 2 when !_opened.Task.IsCompleted:
                    _busy.SetResult();
                    _held.Wait(cancellationToken);
                    break;
            }

            return Inner.SendAsync(command, cancellationToken);
        }

        public override ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _scripts);
            return Fails ? throw new StoreConnectionException("lost") : Inner.EvaluateAsync(call, cancellationToken);
        }

        private async ValueTask<TReply> LateAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken)
        {
            await _opened.Task.WaitAsync(cancellationToken);
            return await Inner.SendAsync(command, cancellationToken);
        }
    }
}
