using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.Tests.Documentation;

namespace RedisPatterns.Tests.Entities;

/// <summary>What a shape is called in memos stands in the catalogue before any memo says so: else nobody could read it.</summary>
public sealed class ShapeRegistrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_touch_that_comes_first_does_not_pass_for_a_write_that_registers()
    {
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        var sessions = store.Keyspace("shop").Repository<Session, SessionModel>(new SessionModel());
        Assert.False(await sessions.SetExpiryAsync("s1", Expiry.Persist, Cancellation));
        await sessions.InsertAsync(new Session("s1", "ada", 0, null), Cancellation);
        Assert.Single(await store.HashGetAllAsync("{shop}:idx:session", Cancellation), entry => !entry.Field.AsText()!.StartsWith('#'));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await sessions.SweepAsync(cancellationToken: Cancellation));
        Assert.StartsWith("{shop}:idx:session Hash ", Assert.Single(await StoreContents.ReadAsync(store, "{shop}", Cancellation)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_does_a_demand()
    {
        await using var store = new InMemoryKeyValueStore();
        var shop = store.Keyspace("shop");
        var sessions = shop.Repository<Session, SessionModel>(new SessionModel());
        var change = shop.Change();
        change.RequireAbsent(sessions, "s1");
        await change.CommitAsync(Cancellation);
        await sessions.InsertAsync(new Session("s1", "ada", 0, null), Cancellation);
        Assert.Single(await store.HashGetAllAsync("{shop}:idx:session", Cancellation), entry => !entry.Field.AsText()!.StartsWith('#'));
    }
}
