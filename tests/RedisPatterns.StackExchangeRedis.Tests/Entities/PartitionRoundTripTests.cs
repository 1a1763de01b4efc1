using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>What docs/patterns/partitions.md says of round trips: how often somebody has to wait, one after another.</summary>
public sealed class PartitionRoundTripTests
{
    // What goes to several partitions goes at once, but not in one piece.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_waits_as_often_as_its_unique_values_need()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0], Quiet);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var keyspace = await store.OpenPartitionedKeyspaceAsync("shop", new PartitionedKeyspaceOptions { Partitions = 2 }, Cancellation);
        var members = keyspace.Repository<Member, MemberModel>(new MemberModel());

        async Task<int> RoundTrips(Func<Task> operation) => (await proxy.CountAsync(operation)).RoundTrips;

        // The first use of a script sends its text, and the first write of a partition registers its indexes.
        for (var i = 0; i < 8; i++)
        {
            var other = await members.InsertAsync(new Member($"m{i}", $"m{i}@x", "active", "London", i), Cancellation);
            other = await members.UpsertAsync(other with { Age = i + 1 }, Cancellation);
            await members.UpsertAsync(other with { Id = $"u{i}", Email = $"u{i}@x" }, Cancellation);
            await members.UpdateAsync(other with { Email = $"n{i}@x" }, Cancellation);
            await members.DeleteAsync($"m{i - 7}", cancellationToken: Cancellation);
        }

        await Assert.ThrowsAsync<DuplicateValueException>(async () => await members.InsertAsync(new Member("x", "n7@x", "new", "Rome", 1), Cancellation));
        await members.Query(m => m.ByCity.Is("London")).OrderBy(m => m.ByAge).Take(5).ToListAsync(Cancellation);
        await members.FindAsync(m => m.ByEmail, "none", Cancellation);

        var ada = new Member("ada", "ada@x", "active", "London", 36);
        Assert.Equal(2, await RoundTrips(async () => ada = await members.InsertAsync(ada, Cancellation)));
        Assert.Equal(2, await RoundTrips(async () => ada = await members.UpdateAsync(ada with { Age = 37 }, Cancellation)));
        Assert.Equal(5, await RoundTrips(async () => ada = await members.UpdateAsync(ada with { Email = "countess@x" }, Cancellation)));
        Assert.Equal(2, await RoundTrips(async () => Assert.Equal(ada, await members.FindAsync(m => m.ByEmail, "countess@x", Cancellation))));
        Assert.Equal(1, await RoundTrips(async () => Assert.Equal(ada, await members.GetAsync("ada", Cancellation))));
        Assert.Equal(1, await RoundTrips(async () => Assert.Equal(5, (await members.Query(m => m.ByCity.Is("London")).OrderBy(m => m.ByAge).Take(5).ToListAsync(Cancellation)).Count)));
        Assert.Equal(3, await RoundTrips(async () => await Assert.ThrowsAsync<DuplicateValueException>(async () => await members.UpsertAsync(ada with { Id = "eve" }, Cancellation))));
        Assert.Equal(3, await RoundTrips(async () => await Assert.ThrowsAsync<DuplicateValueException>(async () => await members.InsertAsync(ada with { Id = "eve" }, Cancellation))));
        Assert.Equal(3, await RoundTrips(async () => ada = await members.UpsertAsync(new Member("upserted", "upserted@x", "new", "Rome", 2), Cancellation)));
        Assert.Equal(2, await RoundTrips(async () => ada = await members.UpsertAsync(ada with { Age = 38 }, Cancellation)));
        var bob = await members.InsertAsync(new Member("bob", "bob@x", "new", "Rome", 2), Cancellation);
        Assert.Equal(4, await RoundTrips(async () => await Assert.ThrowsAsync<DuplicateValueException>(async () => await members.UpdateAsync(bob with { Email = ada.Email }, Cancellation))));
        Assert.Equal(4, await RoundTrips(async () => Assert.True(await members.DeleteAsync("ada", cancellationToken: Cancellation))));
    }
}
