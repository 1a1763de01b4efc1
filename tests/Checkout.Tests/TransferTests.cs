using Checkout.Bank;
using RedisPatterns;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;

namespace Checkout.Tests;

public sealed class TransferTests(Stores stores)
{
    private const long Minimum = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_transfer_moves_money_once_or_says_what_stands_against_it(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var bank = await BankAsync(store.Keyspace(Stores.NewName()), ("a", 1_000), ("b", 100), ("rich", long.MaxValue - 5));

        var done = await bank.TransferAsync("t1", new Transfer("a", "b", 900), Cancellation);
        Assert.Equal((TransferStatus.Done, 100, 1_000), (done.Status, done.Balances["a"], done.Balances["b"]));
        var again = await bank.TransferAsync("t1", new Transfer("a", "b", 900), Cancellation);
        Assert.Equal((TransferStatus.DoneBefore, 100, 1_000), (again.Status, again.Balances["a"], again.Balances["b"]));

        await RefusedAsync(bank, TransferStatus.IdTaken, null, "t1", new Transfer("b", "a", 900));
        await RefusedAsync(bank, TransferStatus.IdTaken, null, "t1", new("a", "b", 450), new("a", "b", 450));
        await RefusedAsync(bank, TransferStatus.IdTaken, null, "t1", new("b", "a", 1), new("b", "rich", 1));
        await RefusedAsync(bank, TransferStatus.BelowMinimum, "a", "t2", new Transfer("a", "b", 1));
        await RefusedAsync(bank, TransferStatus.NoAccount, "nobody", "t3", new Transfer("b", "nobody", 1));
        await RefusedAsync(bank, TransferStatus.NoAccount, "nobody", "t4", new Transfer("nobody", "b", 1));
        await RefusedAsync(bank, TransferStatus.AboveMaximum, "rich", "t5", new Transfer("b", "rich", 6));
        Assert.Equal(TransferStatus.Done, (await bank.TransferAsync("t6", new Transfer("b", "rich", 5), Cancellation)).Status);

        Assert.Equal([100, 995, long.MaxValue], await bank.BalancesAsync(["a", "b", "rich"], Cancellation));
        Assert.Equal(["t1", "t6"], (await bank.LedgerAsync(0, 10, Cancellation)).Select(entry => entry.Id));
        Assert.Equal(["t6"], (await bank.LedgerAsync(1, 10, Cancellation)).Select(entry => entry.Id));
        Assert.Equal(["t1"], (await bank.LedgerAsync(0, 1, Cancellation)).Select(entry => entry.Id));
        Assert.Empty(await bank.LedgerAsync(2, 10, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Several_transfers_are_made_all_or_none_by_what_each_account_has_at_the_end(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        var bank = await BankAsync(store.Keyspace(Stores.NewName()), ("a", 100), ("b", 200), ("c", 300));

        // The first has nothing to give before the last has given.
        var ring = await bank.TransferAsync("ring", [new("a", "b", 150), new("b", "c", 150), new("c", "a", 150)], Cancellation);
        Assert.Equal(TransferStatus.Done, ring.Status);
        Assert.Equal([100, 200, 300], await bank.BalancesAsync(["a", "b", "c"], Cancellation));

        await RefusedAsync(bank, TransferStatus.BelowMinimum, "b", "no", new("c", "a", 200), new("b", "a", 101));
        Assert.Equal([100, 200, 300], await bank.BalancesAsync(["a", "b", "c"], Cancellation));

        var all = Enumerable.Range(0, Transfers.GreatestBatch).Select(i => new Transfer(i % 2 == 0 ? "c" : "b", i % 2 == 0 ? "b" : "c", 1 + (i % 2))).ToList();
        await RefusedAsync(bank, TransferStatus.BelowMinimum, "b", "many", [.. all]);
        Assert.True((await bank.TransferAsync("some", all[..200], Cancellation)).IsDone);
        Assert.Equal([100, 100, 400], await bank.BalancesAsync(["a", "b", "c"], Cancellation));
        Assert.Equal(200, (await bank.LedgerAsync(1, 1, Cancellation)).Single().Transfers.Count);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_thousand_transfers_among_two_thousand_accounts_are_one_round_trip(StoreKind kind)
    {
        await using var store = await stores.OpenAsync(kind);
        await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        var bank = new Transfers(counting.Keyspace(Stores.NewName()), Minimum);
        await Faulty.AtOnceAsync(8, 2_000, async i => await bank.OpenAsync($"a{i}", 1_000, Cancellation));
        List<Transfer> transfers = [.. Enumerable.Range(0, 1_000).Select(i => new Transfer($"a{i}", $"a{1_000 + i}", 900))];

        var before = counting.RoundTrips;
        var done = await bank.TransferAsync("all", transfers, Cancellation);
        Assert.Equal((TransferStatus.Done, 1), (done.Status, counting.RoundTrips - before));
        Assert.All(done.Balances, balance => Assert.True(balance.Value is 100 or 1_900));
        await RefusedAsync(bank, TransferStatus.BelowMinimum, "a999", "no", [.. transfers.Skip(1).Select(made => made with { From = made.To, To = made.From, Cents = 10 }).Append(new("a999", "a0", 11))]);
    }

    [Fact]
    public async Task An_id_is_known_for_a_day()
    {
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        var bank = await BankAsync(store.Keyspace("bank"), ("a", 1_000), ("b", 1_000));
        await bank.TransferAsync("t", new Transfer("a", "b", 1), Cancellation);
        clock.Advance(Transfers.Remembered - TimeSpan.FromSeconds(1));
        Assert.Equal(TransferStatus.DoneBefore, (await bank.TransferAsync("t", new Transfer("a", "b", 1), Cancellation)).Status);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TransferStatus.Done, (await bank.TransferAsync("t", new Transfer("a", "b", 1), Cancellation)).Status);
    }

    [Fact]
    public async Task What_is_no_transfer_is_refused_before_anything_is_sent()
    {
        await using var store = new InMemoryKeyValueStore();
        var bank = await BankAsync(store.Keyspace("bank"), ("a", 1_000), ("b", 1_000));
        foreach (var transfer in (Transfer[])[new("a", "b", 0), new("a", "b", -1), new("a", "a", 1), new("a", "b", Transfers.GreatestTransfer + 1)])
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await bank.TransferAsync("t", transfer, Cancellation));
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await bank.TransferAsync("t", [], Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await bank.OpenAsync("poor", 99, Cancellation));
        Assert.False(await bank.OpenAsync("a", 5_000, Cancellation));
        Assert.Equal([1_000, null], await bank.BalancesAsync(["a", "poor"], Cancellation));
    }

    [Fact]
    public async Task A_key_of_another_type_stands_against_the_whole_transfer()
    {
        await using var store = new InMemoryKeyValueStore();
        var keyspace = store.Keyspace("bank");
        var bank = await BankAsync(keyspace, ("a", 1_000), ("b", 1_000));
        await store.SetAsync(keyspace.Key("ledger"), "no list", Cancellation);
        await Assert.ThrowsAsync<BatchRefusedException>(async () => await bank.TransferAsync("t", new Transfer("a", "b", 1), Cancellation));
        Assert.Equal([1_000, 1_000], await bank.BalancesAsync(["a", "b"], Cancellation));
    }

    private static async Task<Transfers> BankAsync(Keyspace keyspace, params (string Name, long Cents)[] accounts)
    {
        var bank = new Transfers(keyspace, Minimum);
        foreach (var (name, cents) in accounts)
        {
            Assert.True(await bank.OpenAsync(name, cents, Cancellation));
        }

        return bank;
    }

    private static async Task RefusedAsync(Transfers bank, TransferStatus status, string? account, string id, params Transfer[] transfers)
    {
        var outcome = await bank.TransferAsync(id, transfers, Cancellation);
        Assert.Equal((status, account), (outcome.Status, outcome.Account));
        Assert.False(outcome.IsDone);
        Assert.Empty(outcome.Balances);
    }
}
