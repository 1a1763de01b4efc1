using RedisPatterns;
using RedisPatterns.InMemory;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;
using Storefront.Model;

namespace Storefront.Tests;

/// <summary>Everybody at once: nothing is sold twice, no money and no click is lost.</summary>
public abstract class RushTests : IAsyncLifetime
{
    private const int Buyers = 32, Pieces = 10, Price = 1_250, Purse = 2_000;
    private const int Sessions = 16, ClicksAtOnce = 8, Clicks = 25;

    private IKeyValueStore _store = null!;
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await OpenAsync();
        _shop = new Shop(_store, _store);
        await _shop.ClearAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _shop.ClearAsync(CancellationToken.None);
            await _store.DisposeAsync();
        }

        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Thirty_two_buyers_get_ten_pieces()
    {
        await OpenShopAsync(carts: Buyers);
        var checkout = new Checkout(_shop);
        var orders = await AtOnceAsync(Buyers, buyer => checkout.BuyAsync($"c{buyer}", Cancellation).AsTask());

        Assert.Equal(Pieces, orders.Count(order => order is not null));
        await AssertSoldAsync(Pieces);
    }

    [Fact]
    public async Task A_cart_that_is_bought_sixteen_times_at_once_is_bought_once()
    {
        await OpenShopAsync(carts: 1);
        var checkout = new Checkout(_shop);
        var orders = await AtOnceAsync(16, _ => checkout.BuyAsync("c0", Cancellation).AsTask());

        Assert.Single(orders, order => order is not null);
        await AssertSoldAsync(1);
    }

    [Fact]
    public async Task No_click_is_lost()
    {
        var made = await _shop.Sessions.InsertManyAsync([.. Enumerable.Range(0, Sessions).Select(i => new Session(default, $"t{i}", $"u{i % 4}"))], cancellationToken: Cancellation);
        made.ThrowIfAnyFailed();
        Guid[] ids = [.. made.Results.Select(result => result.Value!.Id)];
        Assert.Equal(Sessions, ids.Distinct().Count());

        await AtOnceAsync(Sessions * ClicksAtOnce, async clicker =>
        {
            for (var i = 0; i < Clicks; i++)
            {
                await _shop.Sessions.PatchAsync(ids[clicker % Sessions], p => p.Increment(m => m.Views, 1), Cancellation);
            }

            return true;
        });

        Assert.All(await _shop.Sessions.GetManyAsync(ids, Cancellation), session => Assert.Equal(ClicksAtOnce * Clicks, session!.Views));
        Assert.Equal(Sessions / 4, await _shop.Sessions.Query(m => m.ByUser.Is("u1")).CountAsync(Cancellation));
        Assert.True((await _shop.Sessions.VerifyAsync(Cancellation)).IsClean);
    }

    [Fact]
    public async Task Lines_that_are_added_at_once_are_all_there()
    {
        await _shop.Carts.InsertAsync(new Cart("c", "u", [], 0), Cancellation);
        await AtOnceAsync(32, async i => await _shop.Carts.PatchAsync(
            "c", p => p.Append(m => m.Lines, new CartLine($"s{i}", 1, 10)).Increment(m => m.TotalCents, 10), Cancellation));

        var cart = (await _shop.Carts.GetAsync("c", Cancellation))!;
        Assert.Equal(32, cart.Lines.Select(line => line.Sku).Distinct().Count());
        Assert.Equal((320, 33), (cart.TotalCents, cart.Version));
    }

    protected abstract ValueTask<IKeyValueStore> OpenAsync();

    protected virtual ValueTask CloseAsync() => default;

    private async Task OpenShopAsync(int carts)
    {
        await _shop.Stock.InsertAsync(new StockItem("mug", Pieces), Cancellation);
        await _shop.Accounts.InsertAsync(new Account(Checkout.Till, 0), Cancellation);
        (await _shop.Accounts.InsertManyAsync([.. Enumerable.Range(0, carts).Select(i => new Account($"u{i}", Purse))], cancellationToken: Cancellation)).ThrowIfAnyFailed();
        (await _shop.Carts.InsertManyAsync([.. Enumerable.Range(0, carts).Select(i => new Cart($"c{i}", $"u{i}", [new CartLine("mug", 1, Price)], Price))], cancellationToken: Cancellation)).ThrowIfAnyFailed();
    }

    private async Task AssertSoldAsync(int pieces)
    {
        var buyers = await _shop.Accounts.GetManyAsync(Enumerable.Range(0, Buyers).Select(i => $"u{i}"), Cancellation);
        var accounts = buyers.OfType<Account>().ToList();
        var till = (await _shop.Accounts.GetAsync(Checkout.Till, Cancellation))!.BalanceCents;
        var orders = await _shop.Orders.Query().ToListAsync(Cancellation);
        var carts = await _shop.Carts.GetManyAsync(Enumerable.Range(0, Buyers).Select(i => $"c{i}"), Cancellation);

        Assert.Equal(Pieces - pieces, (await _shop.Stock.GetAsync("mug", Cancellation))!.Quantity);
        Assert.Equal(pieces, orders.Count);
        Assert.Equal(pieces, orders.Select(order => order.Customer).Distinct().Count());
        Assert.Equal(pieces * Price, till);
        Assert.Equal(accounts.Count * Purse, till + accounts.Sum(account => account.BalanceCents));
        Assert.Equal(accounts.Count - pieces, carts.Count(cart => cart is not null));
        Assert.All(orders, order => Assert.Equal(Purse - Price, accounts.Single(account => account.Id == order.Customer).BalanceCents));
        Assert.True((await _shop.Orders.VerifyAsync(Cancellation)).IsClean);
        Assert.True((await _shop.Carts.VerifyAsync(Cancellation)).IsClean);
    }

    private static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> work) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => work(i), Cancellation)));
}

public sealed class InMemoryRushTests : RushTests
{
    protected override ValueTask<IKeyValueStore> OpenAsync() => new(new InMemoryKeyValueStore());
}

public sealed class RedisRushTests : RushTests
{
    private TestServer? _server;

    protected override async ValueTask<IKeyValueStore> OpenAsync()
    {
        _server = await Servers.StartOrSkipAsync(() => TestServer.StartDefaultAsync(cancellationToken: TestContext.Current.CancellationToken));
        return await RedisKeyValueStore.ConnectAsync(_server.ConnectionString, cancellationToken: TestContext.Current.CancellationToken);
    }

    protected override ValueTask CloseAsync() => _server?.DisposeAsync() ?? default;
}
