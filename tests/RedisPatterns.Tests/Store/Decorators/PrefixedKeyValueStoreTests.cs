using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Store.Decorators;

public sealed class PrefixedKeyValueStoreTests : IAsyncDisposable
{
    private readonly InMemoryKeyValueStore _inner = new();
    private readonly PrefixedKeyValueStore _store;

    public PrefixedKeyValueStoreTests() => _store = new PrefixedKeyValueStore(_inner, "p:");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("a}")]
    public void A_prefix_that_would_change_hash_tags_is_refused(string prefix) =>
        Assert.Throws<ArgumentException>(() => new PrefixedKeyValueStore(_inner, prefix));

    // Not as a theory's data: attributes are stored as UTF-8, which has no lone surrogate.
    [Fact]
    public void A_prefix_without_a_UTF8_form_is_refused() => Assert.Throws<ArgumentException>(() => new PrefixedKeyValueStore(_inner, "a\uD800"));

    [Fact]
    public async Task Keys_get_the_prefix_in_every_kind_of_call()
    {
        await _store.SendAsync(Strings.Set("{t}single", 1), Cancellation);
        var pipeline = new StorePipeline();
        pipeline.Add(Strings.Set("{t}pipeline"u8.ToArray(), 2));
        await _store.SendAsync(pipeline, Cancellation);
        var batch = new AtomicBatch().When(BatchCondition.Exists("{t}single")).RememberAs("{t}memory", TimeSpan.FromHours(1));
        batch.Add(Strings.Set("{t}batch", 3));
        Assert.True((await _store.CommitAsync(batch, Cancellation)).IsCommitted);
        var script = new AtomicScript<long>(
            "set", "return 0", Replies.Int64, context => StoreReply.Integer(context.Call(Strings.Increment(context.Keys[0], 4))));
        Assert.Equal(4, await _store.EvaluateAsync(script.With(["{t}script"]), Cancellation));
        Assert.Equal(
            ["p:{t}batch", "p:{t}memory", "p:{t}pipeline", "p:{t}script", "p:{t}single"],
            await _inner.ScanKeysAsync(cancellationToken: Cancellation).Select(key => key.ToString()).Order().ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Keys_lose_the_prefix_on_their_way_out()
    {
        await _inner.SendAsync(Strings.Set("other", "v"), Cancellation);
        await _store.SendAsync(Strings.Set("k", "v"), Cancellation);
        Assert.Equal([(StoreKey)"k"], await _store.ScanKeysAsync(cancellationToken: Cancellation).ToListAsync(Cancellation));

        await _store.SendAsync(Lists.RightPush("list", "p:element"), Cancellation);
        var popped = await _store.SendAsync(Lists.PopFirst(["none", "list"], ListSide.Left), Cancellation);
        Assert.Equal("list", popped!.Key);
        Assert.Equal(["p:element"], popped.Elements);

        await _store.SendAsync(Streams.Add("stream", new KeyValuePair<StoreValue, StoreValue>("p:f", "p:v")), Cancellation);
        var read = Assert.Single(await _store.SendAsync(Streams.Read(null, StreamPosition.Behind("stream", StreamId.Zero)), Cancellation));
        Assert.Equal("stream", read.Key);
        Assert.Equal("p:v", read.Entries[0]["p:f"]);
    }

    [Fact]
    public async Task The_prefix_is_no_pattern()
    {
        await using var store = new PrefixedKeyValueStore(_inner, "a*[b]?\\^-:", ownsInner: false);
        await store.SendAsync(Strings.Set("k", "v"), Cancellation);
        await _inner.SendAsync(Strings.Set("axbx\\^-:k", "v"), Cancellation);
        Assert.Equal([(StoreKey)"k"], await store.ScanKeysAsync("*", cancellationToken: Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Channels_have_the_prefix_too()
    {
        await using var own = await _store.SubscribeAsync("news", Cancellation);
        await using var pattern = await _store.SubscribeAsync(new StoreChannel("n*", IsPattern: true), Cancellation);
        await using var inner = await _inner.SubscribeAsync("p:news", Cancellation);
        await _inner.SendAsync(Channels.Publish("news", "not for us"), Cancellation);
        await _store.SendAsync(Channels.Publish("news", "m"), Cancellation);
        Assert.Equal(new StoreMessage("news", "m"), await own.ReadAllAsync(Cancellation).FirstAsync(Cancellation));
        Assert.Equal(new StoreMessage("news", "m"), await pattern.ReadAllAsync(Cancellation).FirstAsync(Cancellation));
        Assert.Equal(new StoreMessage("p:news", "m"), await inner.ReadAllAsync(Cancellation).FirstAsync(Cancellation));
    }

    [Fact]
    public async Task What_concerns_the_whole_server_is_refused()
    {
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await _store.SendAsync(Keys.Random(), Cancellation));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await _store.SendAsync(Keys.Count(), Cancellation));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await _store.SendAsync(Keys.Scan(), Cancellation));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await _store.SendToPrimariesAsync(Keys.Count(), cancellationToken: Cancellation));
        Assert.Equal("memory", Assert.Single(await _store.SendToPrimariesAsync(Functions.List(), cancellationToken: Cancellation)).Primary);
        var unknown = new CommandDefinition("X.KEYS", CommandFamily.Other, CommandTraits.RepliesWithKeys);
        await Assert.ThrowsAsync<UnsupportedCommandException>(
            async () => await _store.SendAsync(new StoreCommand<StoreReply>(unknown, Replies.Raw, StoreValue.FromKey("k")), Cancellation));
    }

    [Fact]
    public async Task Every_command_whose_reply_holds_keys_is_known()
    {
        foreach (var definition in CommandTable.All.Where(row => (row.Traits & (CommandTraits.RepliesWithKeys | CommandTraits.Keyless)) == CommandTraits.RepliesWithKeys))
        {
            var pipeline = new StorePipeline();
            pipeline.Add(new StoreCommand<StoreReply>(definition, Replies.Raw, StoreValue.FromKey("k")));
            await _store.SendAsync(pipeline, Cancellation);
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
