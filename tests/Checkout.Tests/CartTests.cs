using System.Collections.Concurrent;
using Checkout.Carts;
using Checkout.Orders;
using Checkout.Stock;
using RedisPatterns;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.TestServers;

namespace Checkout.Tests;

public sealed class CartTests(Stores stores)
{
    private static readonly CartLimits Small = new(PiecesOfAnItem: 10, Items: 3, Life: TimeSpan.FromDays(7));
    private static readonly CartLimits Roomy = new(PiecesOfAnItem: 1_000_000, Items: 1_000, Life: TimeSpan.FromDays(7));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_cart_is_changed_within_its_limits_and_once_for_each_click(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var carts = new CartDesk(store.Keyspace(Stores.NewName()), Small);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(new(CartStatus.Done, 4), await carts.AddAsync("ada", "1", "mug", 4, Cancellation));
        }

        Assert.Equal(new(CartStatus.TooManyPieces, 4), await carts.AddAsync("ada", "2", "mug", 7, Cancellation));
        Assert.Equal(new(CartStatus.Done, 10), await carts.AddAsync("ada", "2", "mug", 6, Cancellation));
        Assert.Equal(new(CartStatus.TooManyPieces, 10), await carts.SetAsync("ada", "3", "mug", 11, Cancellation));
        Assert.Equal(new(CartStatus.Done, 8), await carts.AddAsync("ada", "4", "mug", -2, Cancellation));
        await carts.SetAsync("ada", "5", "tray", 1, Cancellation);
        await carts.SetAsync("ada", "6", "lamp", 1, Cancellation);
        Assert.Equal(new(CartStatus.TooManyItems, 0), await carts.SetAsync("ada", "7", "boat", 1, Cancellation));
        Assert.Equal(new(CartStatus.Done, 0), await carts.SetAsync("ada", "8", "lamp", 0, Cancellation));
        Assert.Equal(new(CartStatus.Done, 1), await carts.SetAsync("ada", "9", "boat", 1, Cancellation));
        Assert.Equal(new(CartStatus.Done, 0), await carts.AddAsync("ada", "10", "boat", -5, Cancellation));
        Assert.Equal([new("mug", 8), new("tray", 1)], (await carts.ViewAsync("ada", Cancellation)).OrderBy(line => line.Key));
        await carts.ClearAsync("ada", "11", Cancellation);
        await carts.AddAsync("ada", "12", "mug", 1, Cancellation);
        await carts.ClearAsync("ada", "11", Cancellation);
        Assert.Equal([new("mug", 1)], await carts.ViewAsync("ada", Cancellation));
        Assert.Empty(await carts.ViewAsync("nobody", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_merge_moves_what_there_is_room_for_and_leaves_the_rest(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var carts = new CartDesk(store.Keyspace(Stores.NewName()), Small);
        await carts.SetAsync("ada", "1", "mug", 8, Cancellation);
        await carts.SetAsync("ada", "2", "tray", 1, Cancellation);
        await carts.SetAsync("c-7", "1", "mug", 5, Cancellation);
        await carts.SetAsync("c-7", "2", "lamp", 2, Cancellation);

        Assert.Equal(new(Moved: 4, Left: 3), await carts.MergeAsync("c-7", "ada", Cancellation));
        Assert.Equal(new(Moved: 0, Left: 3), await carts.MergeAsync("c-7", "ada", Cancellation));
        Assert.Equal([new("lamp", 2), new("mug", 10), new("tray", 1)], (await carts.ViewAsync("ada", Cancellation)).OrderBy(line => line.Key));
        Assert.Equal([new("mug", 3)], await carts.ViewAsync("c-7", Cancellation));
        Assert.Equal(new(Moved: 0, Left: 0), await carts.MergeAsync("none", "ada", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await carts.MergeAsync("ada", "ada", Cancellation));
    }

    [Fact]
    public async Task A_cart_lives_a_week_from_its_last_use()
    {
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        var carts = new CartDesk(store.Keyspace("shop"), Small);
        await carts.AddAsync("ada", "1", "mug", 1, Cancellation);
        clock.Advance(TimeSpan.FromDays(6));
        Assert.Single(await carts.ViewAsync("ada", Cancellation));
        clock.Advance(TimeSpan.FromDays(6));
        await carts.AddAsync("ada", "2", "tray", 1, Cancellation);
        clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(2, (await carts.ViewAsync("ada", Cancellation)).Count);
        clock.Advance(TimeSpan.FromDays(7));
        Assert.Empty(await carts.ViewAsync("ada", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_cart_that_has_just_ended_is_empty_and_can_be_used_again(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var keyspace = store.Keyspace(Stores.NewName());
        var (brief, carts) = (new CartDesk(keyspace, Small with { Life = TimeSpan.FromMilliseconds(2) }), new CartDesk(keyspace, Small));
        for (var i = 0; i < 30; i++)
        {
            await brief.AddAsync("ada", $"{i} add", "mug", 1, Cancellation);
            await Poll.UntilAsync(async () => !await store.SendAsync(RedisPatterns.Commands.Keys.Exists(keyspace.Key("cart", "ada")), Cancellation) || i % 3 == 0, TimeSpan.FromSeconds(10), "a cart to end", Cancellation);
            Task use = (i % 4) switch
            {
                0 => brief.ViewAsync("ada", Cancellation).AsTask(),
                1 => brief.SetAsync("ada", $"{i} set", "mug", 0, Cancellation).AsTask(),
                2 => brief.ClearAsync("ada", $"{i} clear", Cancellation).AsTask(),
                _ => brief.MergeAsync("ada", "grace", Cancellation).AsTask(),
            };
            await use;
        }

        await carts.ClearAsync("ada", "last", Cancellation);
        await carts.AddAsync("ada", "again", "mug", 2, Cancellation);
        Assert.Equal([new("mug", 2)], await carts.ViewAsync("ada", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Tabs_that_click_at_once_lose_nothing_even_while_carts_are_merged(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        await using var faulty = Faulty.Store(store);
        var name = Stores.NewName();
        var carts = new CartDesk(faulty.Keyspace(name), Roomy);
        var added = 0;
        await Faulty.AtOnceAsync(16, 1_500, async i =>
        {
            if (i % 25 == 0)
            {
                await Repeat.UntilAnsweredAsync(() => carts.MergeAsync("c-7", "ada", Cancellation), Cancellation);
                return;
            }

            var (cart, item, pieces) = (i % 3 == 0 ? "ada" : "c-7", $"item{i % 5}", 1 + (i % 4));
            Assert.Equal(CartStatus.Done, (await Repeat.UntilAnsweredAsync(() => carts.AddAsync(cart, $"{i}", item, pieces, Cancellation), Cancellation)).Status);
            Interlocked.Add(ref added, pieces);
        });

        var calm = new CartDesk(store.Keyspace(name), Roomy);
        Assert.Equal(0, (await calm.MergeAsync("c-7", "ada", Cancellation)).Left);
        Assert.Equal(added, (await calm.ViewAsync("ada", Cancellation)).Values.Sum());
        Assert.True(faulty.FailedAfterEffect > 0);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task No_number_of_tabs_gets_over_the_limit(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var carts = new CartDesk(store.Keyspace(Stores.NewName()), Small);
        var done = 0;
        await Faulty.AtOnceAsync(16, 64, async i =>
        {
            if ((await carts.AddAsync("ada", $"{i}", "mug", 3, Cancellation)).Status == CartStatus.Done) Interlocked.Increment(ref done);
        });
        Assert.Equal(3, done);
        Assert.Equal([new("mug", 9)], await carts.ViewAsync("ada", Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_cart_that_is_checked_out_many_times_at_once_is_one_order(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        await using var faulty = Faulty.Store(store);
        var name = Stores.NewName();
        var (calm, orders, stock) = await ShopAsync(store.Keyspace(name));
        var carts = new CartDesk(faulty.Keyspace(name));
        for (var round = 0; round < 20; round++)
        {
            await calm.SetAsync("ada", $"{round}", "mug", 2, Cancellation);
            var outcomes = new ConcurrentBag<PlaceOutcome>();

            // Four tabs, each of which has an id of its own and asks four times.
            await Faulty.AtOnceAsync(16, 16, async i => outcomes.Add(await Repeat.UntilAnsweredAsync(() => carts.CheckOutAsync("ada", $"o{round}-{i % 4}", 1_800, Cancellation), Cancellation)));

            var order = Assert.Single(outcomes.Where(outcome => outcome.IsPlaced).Select(outcome => outcome.Order!.Id).Distinct());
            Assert.All(outcomes, outcome => Assert.True(outcome.IsPlaced || outcome.Status == PlaceStatus.Empty));
            Assert.Equal(round + 1, (await orders.OfCustomerAsync("ada", Cancellation)).Count);
            Assert.Equal(new StockLevel(100 - (2 * (round + 1)), 0, 2 * (round + 1), 100), await stock.LevelAsync("mug", Cancellation));
            Assert.Equal(2, (await orders.GetAsync(order, Cancellation))!.Lines.Single().Pieces);
        }
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_click_during_the_checkout_is_ordered_or_stays(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var (carts, orders, _) = await ShopAsync(store.Keyspace(Stores.NewName()));
        for (var round = 0; round < 20; round++)
        {
            await carts.SetAsync("ada", $"{round} begin", "mug", 1, Cancellation);
            var checkout = carts.CheckOutAsync("ada", $"o{round}", 900, Cancellation).AsTask();
            var click = carts.AddAsync("ada", $"{round} click", "mug", 1, Cancellation).AsTask();
            var outcome = await checkout;
            await click;

            // Either it came first, and the total that was agreed on is no longer that of the cart, or it is in a new cart.
            var left = (await carts.ViewAsync("ada", Cancellation)).Values.Sum();
            Assert.Equal(outcome.IsPlaced ? 1 : 2, left);
            Assert.Equal(outcome.IsPlaced ? 1 : 0, (await orders.GetAsync($"o{round}", Cancellation))?.Lines.Single().Pieces ?? 0);
            await carts.ClearAsync("ada", $"{round} end", Cancellation);
        }
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_checkout_says_what_stands_against_it_and_leaves_the_cart(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var (carts, orders, stock) = await ShopAsync(store.Keyspace(Stores.NewName()));
        Assert.Equal(new(PlaceStatus.Empty), await carts.CheckOutAsync("ada", "o1", 0, Cancellation));
        await carts.SetAsync("ada", "1", "tray", 2, Cancellation);
        Assert.Equal(new(PlaceStatus.PriceChanged), await carts.CheckOutAsync("ada", "o1", 4_999, Cancellation));
        Assert.Equal(new(PlaceStatus.SoldOut, Item: "tray"), await carts.CheckOutAsync("ada", "o1", 5_000, Cancellation));
        await carts.SetAsync("ada", "2", "boat", 1, Cancellation);
        Assert.Equal(new(PlaceStatus.PriceChanged, Item: "boat"), await carts.CheckOutAsync("ada", "o1", 5_001, Cancellation));
        Assert.Equal(2, (await carts.ViewAsync("ada", Cancellation)).Count);
        await carts.SetAsync("grace", "1", "mug", 1, Cancellation);
        Assert.True((await carts.CheckOutAsync("grace", "o2", 900, Cancellation)).IsPlaced);
        Assert.Equal(new(PlaceStatus.IdTaken), await carts.CheckOutAsync("ada", "o2", 5_001, Cancellation));
        Assert.Equal(new StockLevel(1, 0, 0, 1), await stock.LevelAsync("tray", Cancellation));
        Assert.Empty(await orders.OfCustomerAsync("ada", Cancellation));
    }

    private static async Task<(CartDesk Carts, OrderDesk Orders, StockRoom Stock)> ShopAsync(Keyspace keyspace)
    {
        var (carts, orders, stock) = (new CartDesk(keyspace), new OrderDesk(keyspace), new StockRoom(keyspace));
        await stock.AddAsync("d1", "mug", 100, Cancellation);
        await stock.AddAsync("d2", "tray", 1, Cancellation);
        await orders.SetPriceAsync("mug", 900, Cancellation);
        await orders.SetPriceAsync("tray", 2_500, Cancellation);
        return (carts, orders, stock);
    }
}
