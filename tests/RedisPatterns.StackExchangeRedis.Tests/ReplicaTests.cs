using System.Net;
using RedisPatterns.Commands;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>A primary with a replica: who is asked for what.</summary>
public sealed class ReplicaTests
{
    private static readonly AtomicScript<StoreValue> ReadScript = new(
        "read", "return redis.call('GET', KEYS[1])", Replies.Value, isReadOnly: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ReadPreference.Primary)]
    [InlineData(ReadPreference.PreferReplica)]
    public async Task Reads_go_where_they_are_wanted_and_writes_to_the_primary(ReadPreference preference)
    {
        await using var primary = await TestServer.StartRedisAsync(
            new TestServerOptions { Arguments = ["--repl-diskless-sync-delay", "0"] }, Cancellation);
        await using var replica = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var primaryTruth = await primary.ConnectAsync(cancellationToken: Cancellation);
        await using var replicaTruth = await replica.ConnectAsync(cancellationToken: Cancellation);
        await FollowAsync(replicaTruth, (IPEndPoint)primary.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(
            $"{primary.ConnectionString},{replica.ConnectionString}", new RedisKeyValueStoreOptions { ReadPreference = preference }, Cancellation);

        await store.SendAsync(Strings.Set("{a}k", "v"), Cancellation);
        await Poll.UntilAsync(
            async () => await replicaTruth.IntegerAsync("EXISTS", "{a}k") == 1, TimeSpan.FromSeconds(30), "the write to reach the replica", Cancellation);
        await primaryTruth.TextAsync("CONFIG", "RESETSTAT");
        await replicaTruth.TextAsync("CONFIG", "RESETSTAT");

        Assert.Equal("v", await store.SendAsync(Strings.Get("{a}k"), Cancellation));
        var pipeline = new StorePipeline();
        var exists = pipeline.Add(Keys.Exists("{a}k"));
        await store.SendAsync(pipeline, Cancellation);
        Assert.True(exists.Value);
        Assert.Equal("v", await store.EvaluateAsync(ReadScript.With(["{a}k"]), Cancellation));
        var batch = new AtomicBatch();
        var length = batch.Add(Strings.Length("{a}k"));
        Assert.True((await store.CommitAsync(batch, Cancellation)).IsCommitted);
        Assert.Equal(1, length.Value);
        await store.SendAsync(Strings.Append("{a}k", "w"), Cancellation);

        var (readers, others) = preference == ReadPreference.Primary
            ? (await primaryTruth.CommandCallsAsync(), await replicaTruth.CommandCallsAsync())
            : (await replicaTruth.CommandCallsAsync(), await primaryTruth.CommandCallsAsync());
        Assert.Equal(2, readers.GetValueOrDefault("get"));
        Assert.Equal(0, others.GetValueOrDefault("get"));
        Assert.Equal(1, readers.GetValueOrDefault("exists"));
        Assert.True((await primaryTruth.CommandCallsAsync()).ContainsKey("strlen"));
        Assert.False((await replicaTruth.CommandCallsAsync()).ContainsKey("strlen"));
        Assert.Equal(1, (await primaryTruth.CommandCallsAsync()).GetValueOrDefault("append"));
    }

    private static async Task FollowAsync(RespClient replica, IPEndPoint primary)
    {
        await replica.TextAsync("REPLICAOF", $"{primary.Address}", $"{primary.Port}");
        await Poll.UntilAsync(
            async () => (await replica.InfoAsync("replication")).GetValueOrDefault("master_link_status") == "up",
            TimeSpan.FromSeconds(30),
            "the replica to follow its primary",
            Cancellation);
    }
}
