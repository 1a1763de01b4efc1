using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>What repositories cost, counted where it reaches the server.</summary>
public sealed class EntityRoundTripTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_write_and_read_is_one_round_trip_and_one_command()
    {
        // A server of its own, since other tests make the shared one forget its scripts.
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var keyspace = store.Keyspace("shop");
        var members = keyspace.Repository<Member, MemberModel>(new MemberModel());
        var ada = new Member("ada", "ada@x", "active", "London", 36);

        // The first use of a script sends its text, and the first write of a repository registers its indexes.
        await members.InsertAsync(ada with { Id = "first", Email = "first@x" }, Cancellation);
        await members.UpdateAsync(await members.InsertAsync(ada with { Id = "second", Email = "second@x", City = "Rome" }, Cancellation), Cancellation);
        await members.UpsertAsync(ada with { Id = "first", Email = "first@x" }, Cancellation);
        await members.DeleteAsync("second", cancellationToken: Cancellation);
        await members.FindAsync(m => m.ByEmail, "none", Cancellation);
        await members.Query(m => m.ByCity.Is("none") & m.ByAge.AtLeast(0)).OrderBy(m => m.ByAge).ToListAsync(Cancellation);
        await members.Query(m => m.ByCity.Is("none") & m.ByAge.AtLeast(0)).CountAsync(Cancellation);
        var first = keyspace.Change();
        first.Insert(members, ada with { Id = "third", Email = "third@x" });
        first.Update(members, ada with { Id = "third", Email = "third@x", Version = 1 });
        first.Delete(members, "third");
        await first.CommitAsync(Cancellation);

        async Task Costs(string command, Func<Task> operation)
        {
            var traffic = await proxy.CountAsync(operation);
            Assert.Equal(1, traffic.RoundTrips);
            Assert.Equal(command.Split(' '), traffic.Names);
        }

        await Costs("EVALSHA", async () => ada = await members.InsertAsync(ada, Cancellation));
        await Costs("EVALSHA", async () => ada = await members.UpdateAsync(ada with { Status = "new", City = "Paris", Age = 37, Email = "countess@x" }, Cancellation));
        await Costs("EVALSHA", async () => ada = await members.UpsertAsync(ada with { Status = "active" }, Cancellation));
        await Costs("EVALSHA", async () => await Assert.ThrowsAsync<EntityExistsException>(async () => await members.InsertAsync(ada, Cancellation)));
        await Costs("EVALSHA", async () => await Assert.ThrowsAsync<VersionConflictException>(async () => await members.UpdateAsync(ada with { Version = 1 }, Cancellation)));
        await Costs("GET", async () => Assert.Equal(ada, await members.GetAsync("ada", Cancellation)));
        await Costs("EXISTS", async () => Assert.True(await members.ExistsAsync("ada", Cancellation)));
        await Costs("MGET", async () => Assert.Equal([ada, null], await members.GetManyAsync(["ada", "none"], Cancellation)));
        await Costs("EVALSHA", async () => Assert.Equal(ada, await members.FindAsync(m => m.ByEmail, "countess@x", Cancellation)));
        await Costs("EVALSHA", async () => Assert.Equal([ada], await members.Query(m => m.ByCity.Is("Paris") & m.ByAge.Between(30, 40)).OrderBy(m => m.ByAge).Take(20).ToListAsync(Cancellation)));
        await Costs("HGET SCARD HGET", async () => Assert.Equal(1, await members.Query(m => m.ByCity.Is("Paris")).CountAsync(Cancellation)));
        await Costs("EVALSHA", async () => Assert.Equal(1, await members.Query(m => m.ByCity.Is("Paris") & m.ByAge.AtLeast(30)).CountAsync(Cancellation)));
        await Costs("EVALSHA", async () =>
        {
            var change = keyspace.Change();
            change.Update(members, ada);
            change.Insert(members, ada with { Id = "bob", Email = "bob@x" });
            change.Delete(members, "first");
            await change.CommitAsync(Cancellation);
        });
        await Costs("EVALSHA", async () => Assert.True(await members.DeleteAsync("ada", cancellationToken: Cancellation)));

        var many = await proxy.CountTogetherAsync(5, async () => await members.GetManyAsync(Enumerable.Range(0, 5_000).Select(i => $"m{i}"), Cancellation));
        Assert.Equal(Enumerable.Repeat("MGET", 5), many.Names);
        Assert.Equal(1, many.RoundTrips);
    }

    [Fact]
    public async Task Totals_are_kept_and_read_in_one_round_trip()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var members = store.Keyspace("shop").Repository<Member, CountedMemberModel>(new CountedMemberModel());
        var ada = new Member("ada", "ada@x", "active", "London", 36);
        await members.InsertAsync(ada with { Id = "first" }, Cancellation);
        await members.UpdateAsync(await members.InsertAsync(ada with { Id = "second" }, Cancellation), Cancellation);
        await members.DeleteAsync("second", cancellationToken: Cancellation);
        await members.DeleteAsync("first", cancellationToken: Cancellation);
        await members.TotalsAsync(m => m.PerStatus, Cancellation);
        await members.TotalAsync(m => m.PerStatus, "none", Cancellation);
        await members.CountGroupsAsync(m => m.PerStatus, Cancellation);
        await members.ExtremesAsync(m => m.Ages, "London", Cancellation);

        async Task Costs(Func<Task> operation)
        {
            var traffic = await proxy.CountAsync(operation);
            Assert.Equal(1, traffic.RoundTrips);
            Assert.Equal(["EVALSHA"], traffic.Names);
        }

        await Costs(async () => ada = await members.InsertAsync(ada, Cancellation));
        await Costs(async () => ada = await members.UpdateAsync(ada with { Status = "new", Age = 37 }, Cancellation));
        await Costs(async () => Assert.Equal(1, await members.TotalAsync(m => m.PerStatus, "new", Cancellation)));
        await Costs(async () => Assert.Equal([0, 1], await members.TotalsAsync(m => m.PerStatus, ["active", "new"], Cancellation)));
        await Costs(async () => Assert.Equal([new("new", 1)], await members.TotalsAsync(m => m.PerStatus, Cancellation)));
        await Costs(async () => Assert.Equal(1, await members.CountGroupsAsync(m => m.PerStatus, Cancellation)));
        await Costs(async () => Assert.Equal(37, await members.TotalAsync(m => m.AgePerCity, "London", Cancellation)));
        await Costs(async () => Assert.Equal(new Extremes<int>(37, 37), await members.ExtremesAsync(m => m.Ages, "London", Cancellation)));
        await Costs(async () => Assert.True(await members.DeleteAsync("ada", cancellationToken: Cancellation)));
        Assert.Empty(await members.TotalsAsync(m => m.PerStatus, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fields_that_lie_apart_are_read_and_patched_in_one_round_trip(bool isHash)
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var members = store.Keyspace("shop").Repository<Member, FieldMemberModel>(new FieldMemberModel(isHash ? EntityLayout.Hash : EntityLayout.Attributes));
        var ada = await members.InsertAsync(new Member("ada", "ada@x", "active", "London", 36), Cancellation);
        await members.PatchAsync("ada", p => p.Set(m => m.Status, "new").Increment(m => m.Age, -1), Cancellation);

        async Task Costs(Func<Task> operation) => Assert.Equal(1, (await proxy.CountAsync(operation)).RoundTrips);

        await Costs(async () => Assert.Equal(3, await members.PatchAsync("ada", p => p.Set(m => m.Status, "old").Increment(m => m.Age, 1), Cancellation)));
        ada = ada with { Status = "old", Age = 36, Version = 3 };
        await Costs(async () => Assert.Equal(ada, await members.GetAsync("ada", Cancellation)));
        await Costs(async () => Assert.Equal("old", (await members.GetFieldsAsync("ada", m => [m.Status], Cancellation))!.Get(members.Model.Status)));
        await Costs(async () => Assert.Equal([ada, null], await members.GetManyAsync(["ada", "none"], Cancellation)));
        Assert.Equal(["ada"], await members.Query(m => m.ByStatus.Is("old") & m.ByAge.Is(36)).ToIdsAsync(Cancellation));
    }

    private sealed class CountedMemberModel : EntityModel<Member>
    {
        public CountedMemberModel()
            : base("member", member => member.Id, MemberJson.Default.Member)
        {
            Version(member => member.Version, (member, version) => member with { Version = version });
            PerStatus = Count("per-status", member => member.Status);
            AgePerCity = Sum("age-per-city", member => member.Age, member => member.City);
            Ages = Extremes("age", member => member.Age, member => member.City);
        }

        public GroupTotal<Member, string, long> PerStatus { get; }

        public GroupTotal<Member, string, long> AgePerCity { get; }

        public GroupExtremes<Member, string, int> Ages { get; }
    }

    private sealed class FieldMemberModel : EntityModel<Member>
    {
        public FieldMemberModel(EntityLayout layout)
            : base("member", member => member.Id, MemberJson.Default.Member)
        {
            StoreAs(layout);
            Version(member => member.Version, (member, version) => member with { Version = version });
            Status = Field("Status", member => member.Status);
            Age = Field("Age", member => member.Age);
            ByStatus = Tag("status", Status);
            ByAge = Range("age", Age);
        }

        public EntityField<Member, string> Status { get; }

        public EntityField<Member, int> Age { get; }

        public TagIndex<Member, string> ByStatus { get; }

        public RangeIndex<Member, int> ByAge { get; }
    }
}
