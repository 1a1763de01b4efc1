using RedisPatterns;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using Storefront.Model;

namespace Storefront.Tests;

/// <summary>Time that really passes, for the store in memory.</summary>
public sealed class TimeTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly InMemoryKeyValueStore _store;
    private readonly Shop _shop;

    public TimeTests()
    {
        _store = new InMemoryKeyValueStore(_time);
        _shop = new Shop(_store, _store);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_session_lives_while_it_is_used_and_half_an_hour_longer()
    {
        var session = await _shop.Sessions.InsertAsync(new Session(default, "t", "ada"), Cancellation);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(29));
            Assert.NotNull(await _shop.Sessions.FindAsync(m => m.ByToken, "t", Cancellation));
        }

        _time.Advance(TimeSpan.FromMinutes(29));
        await _shop.Sessions.PatchAsync(session.Id, p => p.Increment(m => m.Views, 1), Cancellation);
        _time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(1, await _shop.Sessions.Query(m => m.ByUser.Is("ada")).CountAsync(Cancellation));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await _shop.Sessions.Query(m => m.ByUser.Is("ada")).CountAsync(Cancellation));
        Assert.Null(await _shop.Sessions.GetAsync(session.Id, Cancellation));
        Assert.Null(await _shop.Sessions.FindAsync(m => m.ByToken, "t", Cancellation));
        await _shop.Sessions.SweepAsync(cancellationToken: Cancellation);
        Assert.Equal("{storefront}:idx:session", Assert.Single(await KeysAsync()));
    }

    [Fact]
    public async Task A_cart_lives_a_week_from_its_last_patch()
    {
        var week = Expiry.After(TimeSpan.FromDays(7));
        await _shop.Carts.InsertAsync(new Cart("c", "ada", [], 0), week, Cancellation);
        _time.Advance(TimeSpan.FromDays(6));
        await _shop.Carts.PatchAsync("c", p => p.Append(m => m.Lines, new CartLine("mug", 1, 900)).Expire(week), Cancellation);
        _time.Advance(TimeSpan.FromDays(6));
        Assert.Single((await _shop.Carts.GetAsync("c", Cancellation))!.Lines);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await _shop.Carts.GetAsync("c", Cancellation));
        Assert.Empty(await _shop.Carts.Query(m => m.ByCustomer.Is("ada")).ToListAsync(Cancellation));
        await Assert.ThrowsAsync<EntityNotFoundException>(async () => await _shop.Carts.PatchAsync("c", p => p.Increment(m => m.TotalCents, 1), Cancellation));
    }

    [Fact]
    public async Task A_cart_that_expires_before_the_checkout_is_not_bought()
    {
        await _shop.Stock.InsertAsync(new StockItem("mug", 1), Cancellation);
        await _shop.Accounts.InsertAsync(new Account("ada", 1_000), Cancellation);
        await _shop.Accounts.InsertAsync(new Account(Checkout.Till, 0), Cancellation);
        await _shop.Carts.InsertAsync(new Cart("c", "ada", [new CartLine("mug", 1, 900)], 900), Expiry.After(TimeSpan.FromDays(7)), Cancellation);
        var (change, _) = (await new Checkout(_shop).PrepareAsync("c", Cancellation))!.Value;
        _time.Advance(TimeSpan.FromDays(8));
        await Assert.ThrowsAsync<EntityNotFoundException>(async () => await change.CommitAsync(Cancellation));
        Assert.Equal(1, (await _shop.Stock.GetAsync("mug", Cancellation))!.Quantity);
        Assert.Equal(1_000, (await _shop.Accounts.GetAsync("ada", Cancellation))!.BalanceCents);
        Assert.Empty(await _shop.Orders.Query().ToListAsync(Cancellation));
    }

    private async Task<List<string>> KeysAsync()
    {
        var keys = new List<string>();
        await foreach (var key in _store.ScanKeysAsync(cancellationToken: Cancellation))
        {
            keys.Add(key.ToString());
        }

        return keys;
    }
}
