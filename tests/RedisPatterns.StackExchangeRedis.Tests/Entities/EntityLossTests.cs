using System.Net;
using RedisPatterns.Testing;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Entities where something is lost: a primary, a key, a connection, scripts.</summary>
public sealed class EntityLossTests(RedisFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_promoted_replica_has_each_write_whole_or_not_at_all()
    {
        await using var primary = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var replica = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var replicaTruth = await replica.ConnectAsync(cancellationToken: Cancellation);
        var endpoint = (IPEndPoint)primary.Endpoints[0];
        await replicaTruth.TextAsync("REPLICAOF", $"{endpoint.Address}", $"{endpoint.Port}");
        await Poll.UntilAsync(
            async () => (await replicaTruth.InfoAsync("replication")).GetValueOrDefault("master_link_status") == "up",
            TimeSpan.FromSeconds(30),
            "the replica to follow its primary",
            Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(primary.ConnectionString, cancellationToken: Cancellation);
        var members = store.Keyspace("shop").Repository<Member, MemberModel>(new MemberModel());
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; ; i++)
                {
                    try
                    {
                        await members.UpsertAsync(new Member($"w{writer}i{i % 50}", $"w{writer}i{i}@x", $"s{i % 3}", $"c{i % 7}", i), Cancellation);
                        Interlocked.Increment(ref written);
                    }
                    catch (StoreException)
                    {
                        // The primary is gone: what follows would fail alike.
                        return;
                    }
                }
            },
            Cancellation)).ToArray();
        await Poll.UntilAsync(() => Task.FromResult(Volatile.Read(ref written) > 1_000), TimeSpan.FromSeconds(30), "some writes", Cancellation);

        await primary.KillAsync();
        await Task.WhenAll(writers);
        await replicaTruth.TextAsync("REPLICAOF", "NO", "ONE");

        await using var promoted = await RedisKeyValueStore.ConnectAsync(replica.ConnectionString, cancellationToken: Cancellation);
        var report = await promoted.Keyspace("shop").Repository<Member, MemberModel>(new MemberModel()).VerifyAsync(Cancellation);
        Assert.Empty(report.Differences);
        Assert.True(report.Entities > 0);
    }

    [Fact]
    public async Task An_evicted_document_is_not_returned_and_is_told_by_a_verification()
    {
        await using var store = await fixture.ConnectAsync();
        var name = RedisFixture.NewTag().Trim('{', '}');
        var members = store.Keyspace(name).Repository<Member, MemberModel>(new MemberModel());
        await members.InsertAsync(new Member("ada", "ada@x", "active", "London", 36), Cancellation);

        // What an eviction under memory pressure does to one key.
        await fixture.Truth.IntegerAsync("DEL", $"{{{name}}}:member:ada");

        Assert.Null(await members.FindAsync(m => m.ByEmail, "ada@x", Cancellation));
        Assert.Empty(await members.Query(m => m.ByStatus.Is("active")).ToListAsync(Cancellation));
        var differences = (await members.VerifyAsync(Cancellation)).Differences;
        Assert.Contains(new IndexDrift(DriftKind.OrphanMemo, null, "ada"), differences);
        Assert.Contains(new IndexDrift(DriftKind.ExtraEntry, "email", "ada"), differences);

        await members.InsertAsync(new Member("ada", "new@x", "new", "Paris", 1), Cancellation);
        Assert.Empty((await members.VerifyAsync(Cancellation)).Differences);
    }

    [Theory]
    [InlineData(CutMoment.BeforeSend)]
    [InlineData(CutMoment.AfterEffect)]
    public async Task A_broken_connection_leaves_a_write_whole_or_not_at_all_and_it_may_be_repeated(CutMoment moment)
    {
        await using var proxy = RoundTripProxy.Start(fixture.Server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var members = store.Keyspace(RedisFixture.NewTag().Trim('{', '}')).Repository<Member, MemberModel>(new MemberModel());
        var ada = await members.InsertAsync(new Member("ada", "ada@x", "active", "London", 36), Cancellation);
        ada = await members.UpdateAsync(ada with { Age = 37 }, Cancellation);

        proxy.CutAt("EVALSHA", moment);
        await Assert.ThrowsAnyAsync<StoreException>(async () => await members.UpdateAsync(ada with { City = "Paris" }, Cancellation));

        var isThere = moment == CutMoment.AfterEffect;
        Member? found = null;
        await Poll.UntilAsync(
            async () =>
            {
                try
                {
                    found = await members.GetAsync("ada", Cancellation);
                    return true;
                }
                catch (StoreException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30),
            "the connection to come back",
            Cancellation);
        Assert.Equal(isThere ? ("Paris", 3) : ("London", 2), (found!.City, found.Version));
        if (isThere)
        {
            await Assert.ThrowsAsync<VersionConflictException>(async () => await members.UpdateAsync(ada with { City = "Paris" }, Cancellation));
        }
        else
        {
            Assert.Equal(3, (await members.UpdateAsync(ada with { City = "Paris" }, Cancellation)).Version);
        }

        Assert.Empty((await members.VerifyAsync(Cancellation)).Differences);
    }

    [Fact]
    public async Task Without_scripts_writes_finds_and_queries_are_refused_before_anything_is_sent()
    {
        await using var store = await fixture.ConnectAsync(options: new RedisKeyValueStoreOptions { UseScripts = false });
        var name = RedisFixture.NewTag().Trim('{', '}');
        var members = store.Keyspace(name).Repository<Member, MemberModel>(new MemberModel());
        var ada = new Member("ada", "ada@x", "active", "London", 36);
        var change = members.Keyspace.Change();
        change.Insert(members, ada);

        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await members.InsertAsync(ada, Cancellation));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await members.UpsertAsync(ada, Cancellation));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await members.DeleteAsync("ada", cancellationToken: Cancellation));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await change.CommitAsync(Cancellation));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await members.FindAsync(m => m.ByEmail, "ada@x", Cancellation));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await members.Query().ToListAsync(Cancellation));

        Assert.Null(await members.GetAsync("ada", Cancellation));
        Assert.Equal([null], await members.GetManyAsync(["ada"], Cancellation));
        Assert.False(await members.ExistsAsync("ada", Cancellation));
        Assert.Empty(await fixture.Truth.ListAsync("KEYS", $"{{{name}}}*"));
    }
}
