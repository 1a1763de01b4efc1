using System.Net;
using RedisPatterns.Testing;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Writes of entities on servers that refuse, forget, or die.</summary>
public sealed class EntityFaultTests
{
    private static readonly Member Ada = new("ada", "ada@x", "active", "London", 36);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_the_memory_limit_writes_are_refused_whole_and_deletes_go_through()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var members = store.Keyspace("shop").Repository<Member, MemberModel>(new MemberModel());
        var stored = await members.InsertAsync(Ada, Cancellation);
        await truth.TextAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await truth.TextAsync("CONFIG", "SET", "maxmemory", "1");
        var before = await StoreContents.ReadAsync(store, "{shop}", Cancellation);

        await Assert.ThrowsAsync<MemoryLimitException>(async () => await members.InsertAsync(Ada with { Id = "bob", Email = "bob@x" }, Cancellation));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await members.UpdateAsync(stored with { Status = null!, City = null! }, Cancellation));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await members.UpsertAsync(stored with { Age = 40 }, Cancellation));
        await Assert.ThrowsAsync<MemoryLimitException>(async () =>
        {
            var change = members.Keyspace.Change();
            change.Update(members, stored with { City = "Paris" });
            change.Insert(members, Ada with { Id = "bob", Email = "bob@x" });
            await change.CommitAsync(Cancellation);
        });
        Assert.Equal(before, await StoreContents.ReadAsync(store, "{shop}", Cancellation));

        Assert.True(await members.DeleteAsync("ada", cancellationToken: Cancellation));
        await truth.TextAsync("CONFIG", "SET", "maxmemory", "0");
        Assert.True((await members.VerifyAsync(Cancellation)).IsClean);
        Assert.Single(await StoreContents.ReadAsync(store, "{shop}", Cancellation));
    }

    [Fact]
    public async Task A_server_that_was_made_a_replica_refuses_writes_whole_and_answers_reads()
    {
        await using var primary = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var members = store.Keyspace("shop").Repository<Member, MemberModel>(new MemberModel());
        var endpoint = (IPEndPoint)primary.Endpoints[0];
        await truth.TextAsync("REPLICAOF", $"{endpoint.Address}", $"{endpoint.Port}");

        await Assert.ThrowsAsync<ReadOnlyServerException>(async () => await members.InsertAsync(Ada, Cancellation));
        await Assert.ThrowsAsync<ReadOnlyServerException>(async () => await members.UpsertAsync(Ada, Cancellation));
        Assert.Equal(0, await truth.IntegerAsync("DBSIZE"));
    }

    [Fact]
    public async Task A_flushed_script_cache_and_a_restart_are_not_seen()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var members = store.Keyspace("shop").Repository<Member, MemberModel>(new MemberModel());
        var stored = await members.InsertAsync(Ada, Cancellation);
        await using (var truth = await server.ConnectAsync(cancellationToken: Cancellation))
        {
            for (var i = 0; i < 20; i++)
            {
                await truth.TextAsync("SCRIPT", "FLUSH");
                stored = await members.UpdateAsync(stored with { Age = i, Email = $"{i}@x" }, Cancellation);
                Assert.Equal(stored, await members.FindAsync(m => m.ByEmail, $"{i}@x", Cancellation));
            }

            Assert.True((await members.VerifyAsync(Cancellation)).IsClean);
        }
    }

    [Fact]
    public async Task A_fault_at_every_store_call_leaves_no_drift()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var model = new MemberModel();
        var plain = store.Keyspace("shop").Repository<Member, MemberModel>(model);
        foreach (var fault in new[] { ChaosFault.BeforeSend, ChaosFault.AfterEffect })
        {
            for (var call = 1; call <= 4; call++)
            {
                await using var chaos = new ChaosStore(store, new ChaosOptions { Rules = [new ChaosRule { Fault = fault, AtCall = call }] }, ownsInner: false);
                var members = chaos.Keyspace("shop").Repository<Member, MemberModel>(model);
                var failures = 0;
                Func<Task>[] steps =
                [
                    async () => await members.InsertAsync(Ada, Cancellation),
                    async () => await members.UpdateAsync(Ada with { Version = 1, Email = "new@x", Status = "new" }, Cancellation),
                    async () =>
                    {
                        var change = members.Keyspace.Change();
                        change.Upsert(members, Ada with { City = "Paris" });
                        change.Insert(members, Ada with { Id = "bob", Email = "bob@x" });
                        await change.CommitAsync(Cancellation);
                    },
                    async () => await members.DeleteAsync("ada", cancellationToken: Cancellation),
                ];
                foreach (var step in steps)
                {
                    try
                    {
                        await step();
                    }
                    catch (StoreException)
                    {
                        // The injected fault, or the refusal of a step that builds on a lost one: either leaves all or nothing.
                        failures++;
                    }

                    var report = await plain.VerifyAsync(Cancellation);
                    Assert.Empty(report.Differences);
                }

                Assert.True(failures >= 1);
                await plain.DeleteAsync("ada", cancellationToken: Cancellation);
                await plain.DeleteAsync("bob", cancellationToken: Cancellation);
            }
        }
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_whole_entities()
    {
        await using var server = await TestServer.StartRedisAsync(
            new TestServerOptions { Arguments = ["--appendonly", "yes", "--appendfsync", "always"] }, Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var members = store.Keyspace("shop").Repository<Member, MemberModel>(new MemberModel());
        for (var round = 0; round < 5; round++)
        {
            var acknowledged = new System.Collections.Concurrent.ConcurrentDictionary<string, Member>();
            var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(
                async () =>
                {
                    for (var i = 0; ; i++)
                    {
                        var id = $"r{round}w{writer}i{i}";
                        try
                        {
                            acknowledged[id] = await members.InsertAsync(new Member(id, $"{id}@x", $"s{i % 3}", $"c{i % 7}", i), Cancellation);
                        }
                        catch (StoreException)
                        {
                            // The server is gone: what follows would fail alike.
                            return;
                        }
                    }
                },
                Cancellation)).ToArray();
            await Poll.UntilAsync(() => Task.FromResult(acknowledged.Count > 200), TimeSpan.FromSeconds(30), "some writes", Cancellation);
            await server.KillAsync();
            await Task.WhenAll(writers);
            await server.RestartAsync(cancellationToken: Cancellation);
            await Poll.UntilAsync(
                async () =>
                {
                    try
                    {
                        return await members.ExistsAsync("none", Cancellation) is false;
                    }
                    catch (StoreException)
                    {
                        return false;
                    }
                },
                TimeSpan.FromSeconds(30),
                "the connection to come back",
                Cancellation);

            var read = await members.GetManyAsync(acknowledged.Keys, Cancellation);
            Assert.DoesNotContain(null, read);
            Assert.Empty((await members.VerifyAsync(Cancellation)).Differences);
        }
    }
}
