using Checkout.Bank;
using Checkout.Orders;
using RedisPatterns;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using Order = Checkout.Orders.Order;

namespace Checkout.Tests;

/// <summary>A process that dies at any call to the store, of any use case: all of it is there or nothing, and asking again makes it whole, once.</summary>
public sealed class CrashTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private static readonly Dictionary<string, Func<Market, Task>> Cases = new()
    {
        ["transfer"] = async market => await market.Bank.TransferAsync("t", new Transfer("a", "b", 500), Cancellation),
        ["transfers"] = async market => await market.Bank.TransferAsync("t", [new("a", "b", 500), new("b", "c", 700), new("c", "a", 1)], Cancellation),
        ["delivery"] = async market => await market.Stock.AddAsync("d9", "mug", 5, Cancellation),
        ["reserve"] = async market => await market.Reservations.ReserveAsync("mug", "r", 2, Quarter, Cancellation),
        ["confirm"] = async market => await market.Reservations.ConfirmAsync("mug", "held", Cancellation),
        ["cancel a reservation"] = async market => await market.Reservations.CancelAsync("mug", "held", Cancellation),
        ["order"] = async market => await market.Orders.PlaceAsync(new Order("o", "ada", [new("mug", 2, 900), new("tray", 1, 2_500)]), Cancellation),
        ["ship"] = async market => await market.Orders.ShipAsync("o1", Cancellation),
        ["cancel an order"] = async market => await market.Orders.CancelAsync("o1", Cancellation),
        ["add to a cart"] = async market => await market.Carts.AddAsync("ada", "click", "mug", 2, Cancellation),
        ["clear a cart"] = async market => await market.Carts.ClearAsync("ada", "click", Cancellation),
        ["merge carts"] = async market => await market.Carts.MergeAsync("c-7", "ada", Cancellation),
        ["check out"] = async market => await market.Carts.CheckOutAsync("ada", "o", 1_800, Cancellation),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_crash_at_any_call_leaves_all_or_nothing_and_asking_again_makes_it_whole(string name)
    {
        var act = Cases[name];
        var (nothing, _) = await RunAsync(_ => Task.CompletedTask, null, 0);
        var (all, calls) = await RunAsync(act, null, 0);
        Assert.NotEqual(nothing, all);
        var (wasAll, wasNothing) = (0, 0);
        for (var call = 1; call <= calls; call++)
        {
            foreach (var fault in (ChaosFault[])[ChaosFault.BeforeSend, ChaosFault.AfterEffect])
            {
                var (left, _) = await RunAsync(act, fault, call);
                Assert.True(left.SequenceEqual(all) || left.SequenceEqual(nothing), $"{fault} at call {call} of {calls}:\n{string.Join('\n', left)}");
                if (left.SequenceEqual(all)) wasAll++; else wasNothing++;
                var (again, _) = await RunAsync(act, fault, call, again: true);
                Assert.Equal(all, again);
            }
        }

        // The last call is the one that writes.
        Assert.Equal((1, (2 * calls) - 1), (wasAll, wasNothing));
    }

    private static async Task<(IReadOnlyList<string> Contents, long Calls)> RunAsync(Func<Market, Task> act, ChaosFault? fault, long call, bool again = false)
    {
        await using var store = new InMemoryKeyValueStore(new ManualTimeProvider());
        await FillAsync(new Market(store.Keyspace(Market.Name)));
        await using var chaos = Faulty.AtCall(store, fault ?? ChaosFault.BeforeSend, call);
        var market = new Market(chaos.Keyspace(Market.Name));
        if (fault is null)
        {
            await act(market);
        }
        else
        {
            await Assert.ThrowsAnyAsync<StoreException>(() => act(market));
            if (again) await act(market);
        }

        return (await StoreContents.ReadAsync(store, market.Keyspace.Tag, Cancellation), chaos.Calls);
    }

    private static async Task FillAsync(Market market)
    {
        foreach (var account in (string[])["a", "b", "c"])
        {
            await market.Bank.OpenAsync(account, 20_000, Cancellation);
        }

        await market.Stock.AddAsync("d1", "mug", 20, Cancellation);
        await market.Stock.AddAsync("d2", "tray", 5, Cancellation);
        await market.Orders.SetPriceAsync("mug", 900, Cancellation);
        await market.Orders.SetPriceAsync("tray", 2_500, Cancellation);
        await market.Reservations.ReserveAsync("mug", "held", 3, Quarter, Cancellation);
        await market.Orders.PlaceAsync(new Order("o1", "grace", [new("mug", 1, 900), new("tray", 1, 2_500)]), Cancellation);
        await market.Orders.NextAsync(Cancellation);
        await market.Carts.SetAsync("ada", "1", "mug", 2, Cancellation);
        await market.Carts.SetAsync("c-7", "1", "tray", 1, Cancellation);
    }
}
