using RedisPatterns.Commands;
using RedisPatterns.TestServers;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Tests;

public sealed class ConnectionTests(RedisFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_given_connection_outlives_the_store()
    {
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(fixture.Server.ConnectionString);
        var store = await RedisKeyValueStore.CreateAsync(multiplexer, cancellationToken: Cancellation);
        await store.DisposeAsync();
        await store.DisposeAsync();
        Assert.True(multiplexer.IsConnected);
        await multiplexer.GetDatabase().PingAsync();
    }

    [Fact]
    public async Task An_owned_connection_ends_with_the_store()
    {
        var store = await fixture.ConnectAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StoreConnectionException>(async () => await store.SendAsync(Strings.Get("k"), Cancellation));
    }

    [Theory]
    [InlineData("localhost:6379,nosuchoption=secret")]
    [InlineData("localhost:6379,abortConnect=secret")]
    [InlineData("localhost:secret")]
    public async Task A_configuration_that_can_not_be_read_is_refused_without_quoting_it(string configuration)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RedisKeyValueStore.ConnectAsync(configuration, cancellationToken: Cancellation));
        Assert.Equal("configuration", error.ParamName);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_out_of_reach_is_told_as_such()
    {
        var error = await Assert.ThrowsAsync<StoreConnectionException>(() =>
            RedisKeyValueStore.ConnectAsync("127.0.0.1:1,connectTimeout=1000", cancellationToken: Cancellation));
        Assert.Equal("Connecting: the server can not be reached.", error.Message);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_such()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await truth.TextAsync("CONFIG", "SET", "requirepass", "right");
        foreach (var password in new[] { "", ",password=wrong" })
        {
            await Assert.ThrowsAsync<AccessDeniedException>(() =>
                RedisKeyValueStore.ConnectAsync(server.ConnectionString + password, cancellationToken: Cancellation));
        }
    }

    [Fact]
    public async Task The_capabilities_of_redis_are_found_out()
    {
        await using var store = await fixture.ConnectAsync();
        Assert.Equal("redis", store.Capabilities.Server);
        Assert.True(store.Capabilities.Version >= new Version(7, 0));
        Assert.True(store.Capabilities.Has(
            StoreFeatures.Scripts | StoreFeatures.Functions | StoreFeatures.Streams | StoreFeatures.PubSub | StoreFeatures.Dump | StoreFeatures.UndeclaredScriptKeys));
        Assert.False(store.Capabilities.Has(StoreFeatures.Cluster));
    }

    [Fact]
    public async Task Another_database_is_used_when_asked_for()
    {
        await using var store = await fixture.ConnectAsync(options: new RedisKeyValueStoreOptions { Database = 3 });
        StoreKey key = RedisFixture.NewTag();
        await store.SendAsync(Strings.Set(key, "third"), Cancellation);
        Assert.Null(await fixture.Truth.TextAsync("GET", key.ToString()));
        Assert.Equal("third", await store.SendAsync(Strings.Get(key), Cancellation));
        Assert.Equal("third", await store.SendAsync(new StoreCommand<StoreValue>(CommandTable.GetEx, Replies.Value, StoreValue.FromKey(key)), Cancellation));
    }

    [Fact]
    public async Task Keys_are_scanned_on_every_primary_of_a_cluster()
    {
        await using var cluster = await TestServer.StartRedisClusterAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(cluster.ConnectionString, cancellationToken: Cancellation);
        Assert.True(store.Capabilities.Has(StoreFeatures.Cluster));
        var pipeline = new StorePipeline();
        for (var i = 0; i < 300; i++)
        {
            pipeline.Add(Strings.Set($"scan:{i}", i));
        }

        await store.SendAsync(pipeline, Cancellation);
        pipeline.ThrowIfAnyFailed();
        var seen = new HashSet<string>();
        await foreach (var key in store.ScanKeysAsync("scan:*", 50, Cancellation))
        {
            seen.Add(key.ToString());
        }

        Assert.Equal(300, seen.Count);
        await Assert.ThrowsAsync<CrossSlotException>(async () => await store.SendAsync(Strings.GetMany("a", "b", "c"), Cancellation));
    }

    [Theory]
    [InlineData(CutMoment.BeforeSend, 0)]
    [InlineData(CutMoment.AfterEffect, 0)]
    [InlineData(CutMoment.BeforeSend, 3)]
    [InlineData(CutMoment.AfterEffect, 3)]
    public async Task A_walk_through_the_keys_goes_on_where_the_connection_broke(CutMoment moment, int page)
    {
        await using var server = await TestServer.StartDefaultAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var pipeline = new StorePipeline();
        for (var i = 0; i < 300; i++)
        {
            pipeline.Add(Strings.Set($"walk:{i}", i));
        }

        await store.SendAsync(pipeline, Cancellation);
        var before = proxy.ConnectionCount;
        proxy.CutAt("SCAN", moment, page);
        var seen = new HashSet<string>();
        await foreach (var key in store.ScanKeysAsync("walk:*", 50, Cancellation))
        {
            seen.Add(key.ToString());
        }

        Assert.Equal(300, seen.Count);
        Assert.True(proxy.ConnectionCount > before);
    }

    [Fact]
    public async Task A_command_on_servers_goes_to_every_primary_of_a_cluster_or_to_the_one_that_is_named()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var cluster = await TestServer.StartRedisClusterAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(cluster.ConnectionString, cancellationToken: Cancellation);
        var pipeline = new StorePipeline();
        for (var i = 0; i < 300; i++)
        {
            pipeline.Add(Strings.Set($"{i}", i));
        }

        await store.SendAsync(pipeline, Cancellation);
        var all = await store.SendToPrimariesAsync(Keys.Count(), cancellationToken: Cancellation);
        var one = await store.SendToPrimariesAsync(Keys.Count(), all[1].Primary, Cancellation);
        var none = await store.SendToPrimariesAsync(Keys.Count(), "elsewhere:1", Cancellation);

        Assert.Equal(cluster.Endpoints.Select(endpoint => $"{endpoint}").Order(), all.Select(reply => reply.Primary).Order());
        Assert.Equal(300, all.Sum(reply => reply.Value));
        Assert.Equal((all[1].Primary, all[1].Value), (Assert.Single(one).Primary, one[0].Value));
        Assert.Empty(none);

        // Each has an outcome of its own.
        await cluster.KillAsync(0);
        var down = $"{cluster.Endpoints[0]}";
        await Poll.UntilAsync(
            async () => (await store.SendToPrimariesAsync(Keys.Count(), down, Cancellation))[0].Error is StoreConnectionException,
            TimeSpan.FromSeconds(30), "the primary to be missed", Cancellation);
        all = await store.SendToPrimariesAsync(Keys.Count(), cancellationToken: Cancellation);
        Assert.Equal([down], all.Where(reply => reply.Error is not null).Select(reply => reply.Primary));
    }

    [Fact]
    public async Task Messages_of_a_channel_come_in_order_until_the_subscription_ends()
    {
        await using var store = await fixture.ConnectAsync();
        var name = RedisFixture.NewTag();
        var subscription = await store.SubscribeAsync(name, Cancellation);
        for (var i = 0; i < 100; i++)
        {
            await fixture.Truth.TextAsync("PUBLISH", name, $"{i}");
        }

        var got = new List<string>();
        await foreach (var message in subscription.ReadAllAsync(Cancellation))
        {
            got.Add(message.Payload.ToString());
            if (got.Count == 100)
            {
                await subscription.DisposeAsync();
            }
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), got);
    }
}
