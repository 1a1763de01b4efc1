using RedisPatterns.Commands;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

public sealed class SingleCommandTests(RedisFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Protocols => [",protocol=resp2", ",protocol=resp3"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Strings_come_back_as_they_were_sent(string protocol)
    {
        await using var store = await fixture.ConnectAsync(protocol);
        StoreKey key = RedisFixture.NewTag();
        StoreValue[] values = ["text", "", "ünï\0cödé", new byte[] { 0, 255, 13, 10 }, 42, -1, long.MinValue, 0.1, double.PositiveInfinity, new byte[70_000]];
        foreach (var value in values)
        {
            Assert.True(await store.SendAsync(Strings.Set(key, value), Cancellation));
            Assert.Equal(value, await store.SendAsync(Strings.Get(key), Cancellation));
        }

        Assert.Equal(StoreValue.Null, await store.SendAsync(Strings.Get(RedisFixture.NewTag()), Cancellation));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Every_shape_of_reply_is_that_of_RESP2(string protocol)
    {
        await using var store = await fixture.ConnectAsync(protocol);
        StoreKey key = RedisFixture.NewTag();
        var other = RedisFixture.NewTag();
        async Task<StoreReply> Ask(string name, params StoreValue[] arguments) => await store.SendAsync(
            new StoreCommand<StoreReply>(new CommandDefinition(name, CommandFamily.Other, CommandTraits.Write), Replies.Raw, arguments), Cancellation);

        Assert.Equal(StoreReplyKind.Status, (await Ask("SET", StoreValue.FromKey(key), "v")).Kind);
        Assert.Equal(3, (await Ask("APPEND", StoreValue.FromKey(key), "xx")).Value.AsInt64());
        Assert.True((await Ask("GET", StoreValue.FromKey(other))).IsNull);
        Assert.Equal(1, (await Ask("HSET", StoreValue.FromKey(other + "h"), "f", "1")).Value.AsInt64());
        Assert.Equal(["f", "1"], (await Ask("HGETALL", StoreValue.FromKey(other + "h"))).Items.ToArray().Select(item => item.Value.ToString()));
        await Ask("ZADD", StoreValue.FromKey(other + "z"), "1.5", "m", "inf", "n");
        Assert.Equal("1.5", (await Ask("ZSCORE", StoreValue.FromKey(other + "z"), "m")).Value);
        Assert.Equal("inf", (await Ask("ZSCORE", StoreValue.FromKey(other + "z"), "n")).Value);
        Assert.Equal(StoreReplyKind.Array, (await Ask("SMEMBERS", StoreValue.FromKey(other + "s"))).Kind);
        Assert.Equal("ziplist listpack", (await Ask("OBJECT ENCODING", StoreValue.FromKey(other + "h"))).Value.ToString() is "listpack" ? "ziplist listpack" : "");
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_range_of_keys_is_refused(string protocol)
    {
        await using var store = await fixture.ConnectAsync(protocol);
        await OrderedKeys.AreRefusedAsync(store, Cancellation);
        await using var withoutScripts = await fixture.ConnectAsync(protocol, new RedisKeyValueStoreOptions { UseScripts = false });
        await OrderedKeys.AreRefusedAsync(withoutScripts, Cancellation);
    }

    [Fact]
    public async Task Errors_have_their_types_and_hold_no_values()
    {
        await using var store = await fixture.ConnectAsync();
        StoreKey key = RedisFixture.NewTag();
        await store.SendAsync(Strings.Set(key, "secret"), Cancellation);
        var number = await Assert.ThrowsAsync<InvalidNumberException>(async () => await store.SendAsync(Strings.Increment(key), Cancellation));
        Assert.DoesNotContain("secret", number.Message, StringComparison.Ordinal);
        Assert.NotNull(number.InnerException);
        await store.SendAsync(Strings.Set(key, long.MaxValue), Cancellation);
        await Assert.ThrowsAsync<NumberOverflowException>(async () => await store.SendAsync(Strings.Increment(key), Cancellation));
        await fixture.Truth.TextAsync("DEL", key.ToString());
        await fixture.Truth.TextAsync("LPUSH", key.ToString(), "x");
        await Assert.ThrowsAsync<WrongTypeException>(async () => await store.SendAsync(Strings.Get(key), Cancellation));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await store.SendAsync(Strings.Append(key, "x"), Cancellation));
    }

    [Fact]
    public async Task Cancelling_gives_up_waiting()
    {
        await using var store = await fixture.ConnectAsync();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.SendAsync(Strings.Get("k"), source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.SendAsync(Strings.Append("k", "v"), source.Token));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_and_not_the_command()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await truth.TextAsync("CLIENT", "PAUSE", "60000", "WRITE");
        var waiting = store.SendAsync(Strings.Increment("n"), source.Token).AsTask();
        await Poll.UntilAsync(
            async () => (await truth.InfoAsync("clients")).GetValueOrDefault("blocked_clients") == "1",
            TimeSpan.FromSeconds(30),
            "the write to reach the server",
            Cancellation);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Null(await truth.TextAsync("GET", "n"));
        await truth.TextAsync("CLIENT", "UNPAUSE");

        await Poll.UntilAsync(
            async () => await truth.TextAsync("GET", "n") == "1", TimeSpan.FromSeconds(30), "the write to be carried out", Cancellation);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_connection_failure() =>
        await Assert.ThrowsAsync<StoreConnectionException>(() => RedisKeyValueStore.ConnectAsync("127.0.0.1:1,connectTimeout=200,connectRetry=0", cancellationToken: Cancellation));
}
