using System.Collections.Concurrent;
using Checkout.Orders;
using Checkout.Stock;
using RedisPatterns;
using RedisPatterns.Testing;
using RedisPatterns.TestServers;
using Order = Checkout.Orders.Order;

namespace Checkout.Tests;

/// <summary>Reservations that are made, confirmed, cancelled and left to end, and orders of the same items, all at once and with lost calls: every piece is in one place at every moment.</summary>
public sealed class StockRushTests(Stores stores, ITestOutputHelper output)
{
    private const int Items = 4, Pieces = 12, CallsForALook = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.Memory, 60_000, 4)]
    [InlineData(StoreKind.Redis, 12_000, 32)]
    [InlineData(StoreKind.Cluster, 4_000, 32)]
    [InlineData(StoreKind.Garnet, 4_000, 32)]
    public async Task No_piece_is_sold_twice_and_none_is_lost(StoreKind kind, int calls, int workers)
    {
        var clock = new ManualTimeProvider();
        await using var store = await stores.OpenAsync(kind, clock);
        await using var faulty = Faulty.Store(store);
        var name = Stores.NewName();
        var (reservations, orders) = (new Reservations(faulty.Keyspace(name)), new OrderDesk(faulty.Keyspace(name)));
        var (calm, stock) = (new Reservations(store.Keyspace(name)), new StockRoom(store.Keyspace(name)));
        for (var i = 0; i < Items; i++)
        {
            await stock.AddAsync($"first{i}", Item(i), Pieces, Cancellation);
            await orders.SetPriceAsync(Item(i), 100, Cancellation);
        }

        var (sold, ordered) = (new ConcurrentDictionary<string, (string Item, long Pieces)>(), new ConcurrentDictionary<string, Order>());
        var counts = new ConcurrentDictionary<string, int>();
        await Faulty.AtOnceAsync(workers, calls, async call =>
        {
            var dice = new Random(call);
            var some = Math.Max(call - dice.Next(40), 0);
            switch (dice.Next(20))
            {
                case < 8:
                    var life = TimeSpan.FromMilliseconds(dice.Next(1, 30));
                    var reserved = await AnsweredAsync(() => reservations.ReserveAsync(Item(call), $"r{call}", dice.Next(1, 6), life, Cancellation));
                    counts.AddOrUpdate($"{reserved.Status}", 1, (_, n) => n + 1);
                    break;
                case < 12:
                    var confirmed = await AnsweredAsync(() => reservations.ConfirmAsync(Item(some), $"r{some}", Cancellation));
                    if (confirmed.Status == ReservationStatus.Sold) sold[$"r{some}"] = (Item(some), confirmed.Pieces);
                    break;
                case < 14:
                    await AnsweredAsync(() => reservations.CancelAsync(Item(some), $"r{some}", Cancellation));
                    break;
                case < 16:
                    var order = new Order($"o{call}", "ada", [new(Item(call), dice.Next(1, 4), 100), new(Item(call + 1), 1, 100)]);
                    if ((await AnsweredAsync(() => orders.PlaceAsync(order, Cancellation))).IsPlaced)
                    {
                        ordered[order.Id] = order;
                        counts.AddOrUpdate("placed", 1, (_, n) => n + 1);
                    }

                    break;
                case < 18 when ordered.Keys.FirstOrDefault() is { } one && ordered.TryRemove(one, out _):
                    Assert.True(await AnsweredAsync(() => orders.CancelAsync(one, Cancellation)));
                    break;
                case 18:
                    await AnsweredAsync(async () =>
                    {
                        await new StockRoom(faulty.Keyspace(name)).AddAsync($"d{call}", Item(call), 3, Cancellation);
                        return true;
                    });
                    break;
                default:
                    clock.Advance(TimeSpan.FromMilliseconds(dice.Next(10)));
                    break;
            }

            if (call % CallsForALook == 0) Assert.True((await stock.LevelAsync(Item(call / CallsForALook), Cancellation)).IsWhole);
        });

        clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < Items; i++)
        {
            var (item, level) = (Item(i), default(StockLevel));
            await Poll.UntilAsync(
                async () =>
                {
                    await calm.SweepAsync(item, Cancellation);
                    return (level = await stock.LevelAsync(item, Cancellation)).Reserved == 0;
                },
                Patience,
                "all reservations to end",
                Cancellation);
            Assert.True(level!.IsWhole);
            Assert.Equal(sold.Values.Where(sale => sale.Item == item).Sum(sale => sale.Pieces) + ordered.Values.Sum(order => order.Lines.Where(line => line.Item == item).Sum(line => line.Pieces)), level.Sold);
        }

        output.WriteLine($"{kind}: {calls} calls by {workers} workers, {string.Join(", ", counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}"))}, {sold.Count} confirmed, {ordered.Count} orders left, {faulty.FailedBeforeSend} not sent, {faulty.FailedAfterEffect} answers lost");
        Assert.True(counts["Held"] > 0 && counts["Short"] > 0 && counts["placed"] > 0 && !sold.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_hundred_who_want_the_last_ten_get_ten(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var keyspace = store.Keyspace(Stores.NewName());
        await new StockRoom(keyspace).AddAsync("d", "lamp", 10, Cancellation);
        var reservations = new Reservations(keyspace);
        var held = new ConcurrentBag<int>();
        await Faulty.AtOnceAsync(16, 100, async i =>
        {
            if ((await reservations.ReserveAsync("lamp", $"r{i}", 1, TimeSpan.FromMinutes(5), Cancellation)).Status == ReservationStatus.Held) held.Add(i);
        });
        Assert.Equal(10, held.Count);
        Assert.Equal(new StockLevel(0, 10, 0, 10), await new StockRoom(keyspace).LevelAsync("lamp", Cancellation));
    }

    private static string Item(int number) => $"item{number % Items}";

    private static ValueTask<T> AnsweredAsync<T>(Func<ValueTask<T>> call) => Repeat.UntilAnsweredAsync(call, Cancellation);
}
