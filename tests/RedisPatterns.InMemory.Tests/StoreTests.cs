using RedisPatterns.Commands;
using RedisPatterns.Testing;

namespace RedisPatterns.InMemory.Tests;

public sealed class StoreTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryKeyValueStore _store;

    public StoreTests() => _store = new InMemoryKeyValueStore(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Every_call_is_done_when_it_returns()
    {
        Assert.True(_store.SendAsync(Strings.Set("a", 1), Token).AsTask().IsCompletedSuccessfully);
        Assert.True(_store.SendAsync(new StorePipeline(), Token).AsTask().IsCompletedSuccessfully);
        Assert.True(_store.CommitAsync(new AtomicBatch(), Token).AsTask().IsCompletedSuccessfully);
        var failed = _store.SendAsync(Hashes.Get("a", "f"), Token).AsTask();
        Assert.True(failed.IsFaulted);
        await Assert.ThrowsAsync<WrongTypeException>(() => failed);
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        var batch = new AtomicBatch();
        batch.Add(Strings.Set("a", 1));
        var pipeline = new StorePipeline();
        pipeline.Add(Strings.Set("a", 1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _store.SendAsync(Strings.Set("a", 1), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _store.SendAsync(pipeline, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _store.CommitAsync(batch, cancelled));
        Assert.False(await _store.SendAsync(Keys.Exists("a"), Token));
    }

    [Fact]
    public async Task After_disposal_every_call_fails_and_subscriptions_end()
    {
        var subscription = await _store.SubscribeAsync("news", Token);
        await _store.DisposeAsync();
        await _store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.SendAsync(Strings.Get("a"), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.CommitAsync(new AtomicBatch(), Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.SubscribeAsync("news", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _store.ScanKeysAsync(cancellationToken: Token).ToListAsync(Token));
        Assert.Empty(await subscription.ReadAllAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_command_of_an_unknown_name_is_not_supported()
    {
        var definition = new CommandDefinition("JSON.GET", CommandFamily.Other, CommandTraits.None);
        var command = new StoreCommand<StoreValue>(definition, Replies.Value, StoreValue.FromKey("a"));

        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await _store.SendAsync(command, Token));
    }

    [Fact]
    public async Task Keys_of_many_slots_may_stand_in_a_command_but_not_in_a_batch()
    {
        Assert.Equal(2, (await _store.SendAsync(Strings.GetMany("a", "b"), Token)).Length);
        var batch = new AtomicBatch();
        batch.Add(Strings.Set("a", 1));
        batch.Add(Strings.Set("b", 1));
        await Assert.ThrowsAsync<CrossSlotException>(async () => await _store.CommitAsync(batch, Token));
        Assert.False(await _store.SendAsync(Keys.Exists("a"), Token));
    }

    [Fact]
    public async Task Writes_free_the_memory_of_what_has_expired()
    {
        for (var i = 0; i < 320; i++)
        {
            await _store.SendAsync(Strings.Set($"k{i}", "v", TimeSpan.FromSeconds(1)), Token);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 20; i++)
        {
            await _store.SendAsync(Strings.Set("other", i), Token);
        }

        Assert.Equal(1, _store.EntryCount);
    }

    [Fact]
    public async Task A_scan_of_all_keys_takes_many_pages_and_filters_by_pattern()
    {
        for (var i = 0; i < 1_000; i++)
        {
            await _store.SendAsync(Strings.Set($"{{{i % 2}}}:{i}", "v"), Token);
        }

        var all = await _store.ScanKeysAsync(pageSize: 7, cancellationToken: Token).ToListAsync(Token);
        var half = await _store.ScanKeysAsync("{1}:*", 7, Token).ToListAsync(Token);

        Assert.Equal(1_000, all.Distinct().Count());
        Assert.Equal(500, half.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => _store.ScanKeysAsync(pageSize: 0, cancellationToken: Token));
    }

    [Fact]
    public async Task Messages_reach_channels_and_patterns()
    {
        await using var channel = await _store.SubscribeAsync("news.tech", Token);
        await using var pattern = await _store.SubscribeAsync(new StoreChannel("news.*", IsPattern: true), Token);
        var other = await _store.SubscribeAsync("sport", Token);
        await other.DisposeAsync();

        Assert.Equal(2, await _store.SendAsync(Channels.Publish("news.tech", "hello"), Token));
        Assert.Equal(0, await _store.SendAsync(Channels.Publish("sport", "nobody"), Token));
        var message = await channel.ReadAllAsync(Token).FirstAsync(Token);
        Assert.Equal(("news.tech", "hello"), (message.Channel.AsText(), message.Payload.AsText()));
        Assert.Equal("hello", (await pattern.ReadAllAsync(Token).FirstAsync(Token)).Payload.AsText());
    }

    [Fact]
    public async Task Fields_of_a_hash_expire_by_themselves()
    {
        await _store.SendAsync(Hashes.Set("h", new HashEntry("a", 1), new HashEntry("b", 2)), Token);
        var definition = CommandTable.HPExpire;
        StoreCommand<long[]> Expire(params StoreValue[] rest) => new(definition, Replies.Int64s, [StoreValue.FromKey("h"), .. rest]);

        Assert.Equal(new long[] { 1, -2 }, await _store.SendAsync(Expire(1_000, "FIELDS", 2, "a", "x"), Token));
        Assert.Equal(new long[] { 0 }, await _store.SendAsync(Expire(500, "GT", "FIELDS", 1, "a"), Token));
        Assert.Equal(new long[] { 0 }, await _store.SendAsync(Expire(500, "GT", "FIELDS", 1, "b"), Token));
        Assert.Equal(new long[] { 1 }, await _store.SendAsync(Expire(2_000, "LT", "FIELDS", 1, "b"), Token));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await _store.SendAsync(Hashes.Length("h"), Token));
        Assert.Equal(new long[] { 2 }, await _store.SendAsync(Expire(0, "FIELDS", 1, "b"), Token));
        Assert.False(await _store.SendAsync(Keys.Exists("h"), Token));
    }
}
