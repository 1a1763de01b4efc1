using System.Collections.Concurrent;
using Checkout.Orders;
using Checkout.Stock;
using RedisPatterns;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using Order = Checkout.Orders.Order;

namespace Checkout.Tests;

public sealed class OrderTests(Stores stores)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_order_is_written_to_every_data_type_or_to_none(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var keyspace = store.Keyspace(Stores.NewName());
        var (orders, stock) = await OpenAsync(keyspace);
        var order = new Order("o1", "ada", [new("mug", 2, 900), new("tray", 1, 2_500)]);

        Assert.Equal(new(PlaceStatus.Placed, order), await orders.PlaceAsync(order, Cancellation));
        var before = await orders.PlaceAsync(order, Cancellation);
        Assert.Equal(PlaceStatus.PlacedBefore, before.Status);
        Assert.True(order.IsSame(before.Order!));
        Assert.Equal(new(PlaceStatus.IdTaken), await orders.PlaceAsync(order with { Customer = "grace" }, Cancellation));
        Assert.Equal(new(PlaceStatus.SoldOut, Item: "tray"), await orders.PlaceAsync(new("o2", "grace", [new("mug", 1, 900), new("tray", 1, 2_500)]), Cancellation));
        Assert.Equal(new(PlaceStatus.PriceChanged, Item: "mug"), await orders.PlaceAsync(new("o3", "grace", [new("mug", 1, 899)]), Cancellation));
        Assert.Equal(new(PlaceStatus.PriceChanged, Item: "boat"), await orders.PlaceAsync(new("o4", "grace", [new("boat", 1, 1)]), Cancellation));

        Assert.Equal(new StockLevel(8, 0, 2, 10), await stock.LevelAsync("mug", Cancellation));
        Assert.Equal(new StockLevel(0, 0, 1, 1), await stock.LevelAsync("tray", Cancellation));
        Assert.Equal([("mug", 2), ("tray", 1)], await orders.BestSellersAsync(5, Cancellation));
        Assert.Equal(["o1"], await orders.OfCustomerAsync("ada", Cancellation));
        Assert.Empty(await orders.OfCustomerAsync("grace", Cancellation));
        Assert.Equal(1, await store.SendAsync(Lists.Length(keyspace.Key("queue")), Cancellation));
        Assert.Equal(1, await store.SendAsync(Sets.Length(keyspace.Key("orders", "open")), Cancellation));
        if (store.Capabilities.Supports(Streams.Length("any")))
        {
            Assert.Equal(1, await store.SendAsync(Streams.Length(keyspace.Key("events")), Cancellation));
        }
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_order_is_shipped_or_cancelled_once(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var keyspace = store.Keyspace(Stores.NewName());
        var (orders, stock) = await OpenAsync(keyspace);
        foreach (var id in (string[])["o1", "o2", "o3"])
        {
            await orders.PlaceAsync(new(id, "ada", [new("mug", 3, 900)]), Cancellation);
        }

        Assert.Equal("o1", await orders.NextAsync(Cancellation));
        Assert.Equal("o2", await orders.NextAsync(Cancellation));
        Assert.Equal(["o1", "o2"], await orders.PackingAsync(Cancellation));
        for (var i = 0; i < 2; i++)
        {
            Assert.True(await orders.ShipAsync("o1", Cancellation));
            Assert.True(await orders.CancelAsync("o2", Cancellation));
            Assert.True(await orders.CancelAsync("o3", Cancellation));
        }

        Assert.False(await orders.CancelAsync("o1", Cancellation));
        Assert.False(await orders.ShipAsync("o2", Cancellation));
        Assert.False(await orders.ShipAsync("none", Cancellation));
        Assert.False(await orders.CancelAsync("none", Cancellation));
        Assert.Null(await orders.NextAsync(Cancellation));
        Assert.Empty(await orders.PackingAsync(Cancellation));
        Assert.Equal(new StockLevel(7, 0, 3, 10), await stock.LevelAsync("mug", Cancellation));
        Assert.Equal(("mug", 3), (await orders.BestSellersAsync(1, Cancellation))[0]);
        Assert.Equal(Order.Shipped, (await orders.GetAsync("o1", Cancellation))!.Status);
        foreach (var (status, count) in ((string, int)[])[(Order.Shipped, 1), (Order.Cancelled, 2), (Order.Open, 0)])
        {
            Assert.Equal(count, await store.SendAsync(Sets.Length(keyspace.Key("orders", status)), Cancellation));
        }
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Many_who_order_at_once_get_what_is_there(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        await using var faulty = Faulty.Store(store);
        var name = Stores.NewName();
        var (orders, stock) = await OpenAsync(store.Keyspace(name));
        var desk = new OrderDesk(faulty.Keyspace(name));
        var outcomes = new ConcurrentBag<PlaceOutcome>();
        await Faulty.AtOnceAsync(16, 200, async i => outcomes.Add(
            await Repeat.UntilAnsweredAsync(() => desk.PlaceAsync(new($"o{i}", $"c{i % 7}", [new("mug", 1 + (i % 3), 900)]), Cancellation), Cancellation)));

        var placed = outcomes.Where(outcome => outcome.IsPlaced).Select(outcome => outcome.Order!).ToList();
        var level = await stock.LevelAsync("mug", Cancellation);
        Assert.True(level.IsWhole);
        Assert.Equal(placed.Sum(order => order.Lines[0].Pieces), level.Sold);
        Assert.All(outcomes, outcome => Assert.True(outcome.IsPlaced || outcome is { Status: PlaceStatus.SoldOut, Item: "mug" }));
        Assert.Equal(0, level.Available);
        var queue = new List<string>();
        while (await orders.NextAsync(Cancellation) is { } next)
        {
            queue.Add(next);
        }

        Assert.Equal(placed.Select(order => order.Id).Order(), queue.Order());
    }

    [Fact]
    public async Task What_is_no_order_is_refused_before_anything_is_sent()
    {
        await using var store = new InMemoryKeyValueStore();
        var (orders, _) = await OpenAsync(store.Keyspace("shop"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await orders.PlaceAsync(new("o", "ada", []), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await orders.PlaceAsync(new("o", "ada", [new("mug", 0, 900)]), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await orders.PlaceAsync(new("o", "ada", [new("mug", 1, 900), new("mug", 1, 900)]), Cancellation));
    }

    private static async Task<(OrderDesk Orders, StockRoom Stock)> OpenAsync(Keyspace keyspace)
    {
        var (orders, stock) = (new OrderDesk(keyspace), new StockRoom(keyspace));
        await stock.AddAsync("d1", "mug", 10, Cancellation);
        await stock.AddAsync("d2", "tray", 1, Cancellation);
        await orders.SetPriceAsync("mug", 900, Cancellation);
        await orders.SetPriceAsync("tray", 2_500, Cancellation);
        return (orders, stock);
    }
}
