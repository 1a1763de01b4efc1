using RedisPatterns.Commands;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Servers that refuse writes as a whole.</summary>
public sealed class BatchLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task At_the_memory_limit_a_batch_is_refused_whole_and_one_that_only_deletes_works(bool useScripts, bool asFunctions)
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(
            server.ConnectionString, new RedisKeyValueStoreOptions { UseScripts = useScripts, BatchesAsFunctions = asFunctions }, Cancellation);
        await truth.TextAsync("SET", "{a}old", "v");
        await truth.TextAsync("SADD", "{a}set", "a", "b");

        // At its limit a server takes no functions, but it runs those that it has.
        var reads = new AtomicBatch();
        reads.Add(Strings.Get("{a}old"));
        Assert.True((await store.CommitAsync(reads, Cancellation)).IsCommitted);
        await truth.TextAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await truth.TextAsync("CONFIG", "SET", "maxmemory", "1");

        foreach (var deletesFirst in new[] { true, false })
        {
            var batch = new AtomicBatch();
            if (deletesFirst)
            {
                batch.Add(Keys.Delete("{a}old"));
            }

            batch.Add(Strings.Set("{a}new", "v"));
            batch.Add(Keys.Delete("{a}old"));
            await Assert.ThrowsAsync<MemoryLimitException>(async () => await store.CommitAsync(batch, Cancellation));
            Assert.Equal("v", await truth.TextAsync("GET", "{a}old"));
            Assert.Null(await truth.TextAsync("GET", "{a}new"));
        }

        var deletes = new AtomicBatch().When(BatchCondition.Exists("{a}old"));
        deletes.Add(Keys.Delete("{a}old"));
        deletes.Add(Sets.Remove("{a}set", "a"));
        if (useScripts)
        {
            reads = new AtomicBatch();
            var old = reads.Add(Strings.Get("{a}old"));
            Assert.True((await store.CommitAsync(reads, Cancellation)).IsCommitted);
            Assert.Equal("v", old.Value);
            Assert.True((await store.CommitAsync(deletes, Cancellation)).IsCommitted);
            Assert.Null(await truth.TextAsync("GET", "{a}old"));
            Assert.Equal(["b"], await truth.ListAsync("SMEMBERS", "{a}set"));
        }
        else
        {
            // The server queues nothing for a transaction then, be it a read or a deletion.
            await Assert.ThrowsAsync<MemoryLimitException>(async () => await store.CommitAsync(deletes, Cancellation));
            Assert.Equal("v", await truth.TextAsync("GET", "{a}old"));
        }

        await Assert.ThrowsAsync<MemoryLimitException>(async () => await store.SendAsync(Strings.Set("{a}new", "v"), Cancellation));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_server_that_was_made_a_replica_refuses_a_batch_whole(bool useScripts, bool asFunctions)
    {
        await using var primary = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(
            server.ConnectionString, new RedisKeyValueStoreOptions { UseScripts = useScripts, BatchesAsFunctions = asFunctions }, Cancellation);
        var endpoint = (System.Net.IPEndPoint)primary.Endpoints[0];
        await truth.TextAsync("REPLICAOF", $"{endpoint.Address}", $"{endpoint.Port}");

        var batch = new AtomicBatch();
        batch.Add(Keys.Delete("{a}old"));
        batch.Add(Strings.Set("{a}new", "v"));
        await Assert.ThrowsAsync<ReadOnlyServerException>(async () => await store.CommitAsync(batch, Cancellation));
        await Assert.ThrowsAsync<ReadOnlyServerException>(async () => await store.SendAsync(Strings.Set("{a}new", "v"), Cancellation));
    }
}
