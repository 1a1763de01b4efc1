using RedisPatterns.Commands;
using RedisPatterns.Testing;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Inserts, updates and patches of one entity in the layouts whose scripts have a short way, on a server.</summary>
public sealed class SingleWriteTests(RedisFixture fixture)
{
    private static readonly Player Ada = new("ada", "ada@x", "gold", "London", 36, 7, ["a"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Layouts => ["document", "hash", "attributes"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Writes_in_a_row_leave_what_was_meant(string layout)
    {
        await using var store = await fixture.ConnectAsync();
        var players = Players(store, layout);
        await players.InsertAsync(Ada with { Id = "first", Email = "first@x" }, Cancellation);
        var ada = await players.InsertAsync(Ada, Cancellation);
        ada = await players.UpdateAsync(ada with { City = "Paris", Age = 37, Score = 8 }, Cancellation);
        Assert.Equal(3, await players.PatchAsync("ada", p => p.Increment(m => m.Age, 2).Set(m => m.City, "Rome"), Cancellation));
        Assert.Equal(4, await players.PatchAsync("ada", p => p.Append(m => m.Medals, "b"), Cancellation));
        Assert.Equal(5, await players.PatchAsync("ada", p => p.Set(m => m.Score, -4).Increment(m => m.Age, -50).WhenVersion(4), Cancellation));
        Assert.Equal(6, await players.PatchAsync("ada", p => p.Set(m => m.Email, "new@x"), Cancellation));
        await Assert.ThrowsAsync<VersionConflictException>(async () => await players.UpdateAsync(ada, Cancellation));
        await Assert.ThrowsAsync<VersionConflictException>(async () => await players.PatchAsync("ada", p => p.Set(m => m.City, "Oslo").WhenVersion(5), Cancellation));
        await Assert.ThrowsAsync<EntityNotFoundException>(async () => await players.PatchAsync("bob", p => p.Set(m => m.City, "Oslo"), Cancellation));
        await Assert.ThrowsAsync<EntityNotFoundException>(async () => await players.UpdateAsync(Ada with { Id = "bob" }, Cancellation));
        await Assert.ThrowsAsync<EntityExistsException>(async () => await players.InsertAsync(Ada with { Email = "other@x" }, Cancellation));
        await Assert.ThrowsAsync<DuplicateValueException>(async () => await players.PatchAsync("ada", p => p.Set(m => m.Email, "first@x"), Cancellation));
        await Assert.ThrowsAsync<PatchException>(async () => await players.PatchAsync("ada", p => p.Increment(m => m.Age, int.MinValue), Cancellation));

        var read = await players.GetAsync("ada", Cancellation);
        Assert.Equivalent(Ada with { City = "Rome", Age = -11, Score = -4, Email = "new@x", Medals = ["a", "b"], Version = 6 }, read);
        Assert.Equal("ada", (await players.FindAsync(m => m.ByEmail, "new@x", Cancellation))?.Id);
        Assert.Equal(["ada"], (await players.Query(m => m.ByCity.Is("Rome") & m.ByAge.Between(-11, -11) & m.ByScore.Between(-4, -4)).ToListAsync(Cancellation)).Select(player => player.Id));
        Assert.True((await players.VerifyAsync(Cancellation)).IsClean);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task A_key_of_another_type_anywhere_leaves_nothing_written(string layout)
    {
        await using var store = await fixture.ConnectAsync();
        var players = Players(store, layout);
        var tag = players.Keyspace.Tag;
        await players.InsertAsync(Ada with { Id = "first", Email = "first@x" }, Cancellation);
        var ada = await players.InsertAsync(Ada, Cancellation);
        foreach (var key in new[] { "email", "city:Oslo", "age", "score", "rank:iron" })
        {
            StoreKey poisoned = $"{tag}:idx:player:{key}";
            var isHeld = await store.SendAsync(Keys.Exists(poisoned), Cancellation);
            if (isHeld)
            {
                await store.SendAsync(Keys.Rename(poisoned, $"{tag}:aside"), Cancellation);
            }

            await store.SendAsync(Strings.Set(poisoned, "poison"), Cancellation);
            var before = await StoreContents.ReadAsync(store, tag, Cancellation);
            var changed = ada with { City = "Oslo", Age = 1, Score = 2, Rank = "iron", Email = "new@x" };
            await Assert.ThrowsAsync<WrongTypeException>(async () => await players.InsertAsync(changed with { Id = "bob" }, Cancellation));
            await Assert.ThrowsAsync<WrongTypeException>(async () => await players.UpdateAsync(changed, Cancellation));
            await Assert.ThrowsAsync<WrongTypeException>(async () => await players.PatchAsync(
                "ada", p => p.Set(m => m.City, "Oslo").Set(m => m.Age, 1).Set(m => m.Score, 2).Set(m => m.Rank, "iron").Set(m => m.Email, "new@x"), Cancellation));
            Assert.Equal(before, await StoreContents.ReadAsync(store, tag, Cancellation));
            await store.SendAsync(Keys.Delete(poisoned), Cancellation);
            if (isHeld)
            {
                await store.SendAsync(Keys.Rename($"{tag}:aside", poisoned), Cancellation);
            }
        }

        Assert.True((await players.VerifyAsync(Cancellation)).IsClean);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task An_update_removes_what_the_entity_has_no_longer(string layout)
    {
        await using var store = await fixture.ConnectAsync();
        var players = Players(store, layout);
        await players.InsertAsync(Ada with { Id = "first", Email = "first@x" }, Cancellation);
        var ada = await players.InsertAsync(Ada with { Nick = "countess" }, Cancellation);
        var keys = (await StoreContents.ReadAsync(store, players.Keyspace.Tag, Cancellation)).Count;
        ada = await players.UpdateAsync(ada with { Nick = null }, Cancellation);
        Assert.Equivalent(ada, await players.GetAsync("ada", Cancellation));
        Assert.Equal(keys - (layout == "attributes" ? 1 : 0), (await StoreContents.ReadAsync(store, players.Keyspace.Tag, Cancellation)).Count);
        ada = await players.UpdateAsync(ada with { Nick = "again" }, Cancellation);
        await players.PatchAsync("ada", p => p.Unset(m => m.Nick).Set(m => m.City, "Oslo"), Cancellation);
        await players.PatchAsync("ada", p => p.Set(m => m.Nick, "late"), Cancellation);
        Assert.Equivalent(ada with { Nick = "late", City = "Oslo", Version = 5 }, await players.GetAsync("ada", Cancellation));
        Assert.True((await players.VerifyAsync(Cancellation)).IsClean);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task At_the_memory_limit_nothing_is_written(string layout)
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var plain = store.Keyspace("plain").Repository<Player, PlainPlayerModel>(new PlainPlayerModel(LayoutOf(layout)));
        var players = Players(store, layout);
        await players.InsertAsync(Ada with { Id = "first", Email = "first@x" }, Cancellation);
        var ada = await players.InsertAsync(Ada, Cancellation);
        await plain.InsertAsync(Ada, Cancellation);
        await truth.TextAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await truth.TextAsync("CONFIG", "SET", "maxmemory", "1");
        var before = await StoreContents.ReadAsync(store, "", Cancellation);
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await players.InsertAsync(Ada with { Id = "bob", Email = "bob@x" }, Cancellation));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await players.UpdateAsync(ada with { City = "Paris" }, Cancellation));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await players.PatchAsync("ada", p => p.Set(m => m.City, "Paris"), Cancellation));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await plain.InsertAsync(Ada with { Id = "bob" }, Cancellation));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await plain.UpdateAsync(Ada with { City = "Paris" }, Cancellation));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await plain.PatchAsync("ada", p => p.Set(m => m.City, "Paris").Increment(m => m.Age, 1), Cancellation));
        Assert.Equal(before, await StoreContents.ReadAsync(store, "", Cancellation));
    }

    private static Repository<Player, PlayerModel> Players(IKeyValueStore store, string layout) =>
        store.Keyspace("k" + Guid.NewGuid().ToString("N")).Repository<Player, PlayerModel>(new PlayerModel(LayoutOf(layout)));

    private static EntityLayout LayoutOf(string layout) => layout switch { "hash" => EntityLayout.Hash, "attributes" => EntityLayout.Attributes, _ => EntityLayout.Document() };
}
