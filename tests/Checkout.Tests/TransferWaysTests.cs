using Checkout.Tests.Ways;
using RedisPatterns;

namespace Checkout.Tests;

/// <summary>The four ways to transfer that the documentation compares: all are right, and take the round trips that it says.</summary>
public sealed class TransferWaysTests(Stores stores, ITestOutputHelper output)
{
    private const int Transfers = 2_000, Workers = 16;
    private const long Opening = 1_000, Minimum = 100;

    public static MatrixTheoryData<StoreKind, string> Cases => new(Enum.GetValues<StoreKind>(), ["batch", "script", "transaction", "change"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Each_way_moves_money_once_and_takes_its_round_trips(StoreKind kind, string name)
    {
        await using var store = await stores.OpenAsync(kind);
        await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        var way = Way(name, counting.Keyspace(Stores.NewName()));
        await way.OpenAsync("a", Opening, Cancellation);
        await way.OpenAsync("b", Opening, Cancellation);
        Assert.True(await way.TransferAsync("warm up", "a", "b", 100, Cancellation));

        var before = counting.RoundTrips;
        Assert.True(await way.TransferAsync("t", "a", "b", 800, Cancellation));
        var expected = name is "batch" or "script" ? 1 : 2;
        Assert.Equal(name == "change" && kind == StoreKind.Garnet ? expected + 1 : expected, counting.RoundTrips - before);
        Assert.True(await way.TransferAsync("t", "a", "b", 800, Cancellation));
        Assert.False(await way.TransferAsync("no", "a", "b", 1, Cancellation));
        Assert.Equal((100, 1_900), (await way.BalanceAsync("a", Cancellation), await way.BalanceAsync("b", Cancellation)));
        Assert.True(await way.TransferAsync("back", "b", "a", 900, Cancellation));
        Assert.True(await way.TransferAsync("back", "b", "a", 900, Cancellation));
        Assert.True(await way.TransferAsync("no", "a", "b", 1, Cancellation));
        Assert.True(await way.TransferAsync("no", "a", "b", 1, Cancellation));
        Assert.Equal((999, 1_001), (await way.BalanceAsync("a", Cancellation), await way.BalanceAsync("b", Cancellation)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Each_way_conserves_money_where_many_write_the_same_accounts(StoreKind kind, string name)
    {
        foreach (var accounts in (int[])[4, 400])
        {
            await using var store = await stores.OpenAsync(kind);
            await using var counting = new RoundTripCountingKeyValueStore(store, ownsInner: false);
            var way = Way(name, counting.Keyspace(Stores.NewName()));
            for (var i = 0; i < accounts; i++)
            {
                await way.OpenAsync($"a{i}", Opening, Cancellation);
            }

            var (before, begin) = (counting.RoundTrips, TimeProvider.System.GetTimestamp());
            await Faulty.AtOnceAsync(Workers, Transfers, async i =>
            {
                var dice = new Random(i);
                var from = dice.Next(accounts);
                await way.TransferAsync($"t{i}", $"a{from}", $"a{(from + dice.Next(1, accounts)) % accounts}", dice.Next(1, 50), Cancellation);
            });
            output.WriteLine($"{kind}, {name}, {accounts} accounts: {Transfers / TimeProvider.System.GetElapsedTime(begin).TotalSeconds:0} transfers/s, {(counting.RoundTrips - before) / (double)Transfers:0.00} round trips each");

            var sum = 0L;
            for (var i = 0; i < accounts; i++)
            {
                var balance = await way.BalanceAsync($"a{i}", Cancellation);
                Assert.True(balance >= Minimum);
                sum += balance;
            }

            Assert.Equal(accounts * Opening, sum);
        }
    }

    private static ITransferWay Way(string name, Keyspace keyspace) => name switch
    {
        "batch" => new BatchWay(keyspace, Minimum),
        "script" => new ScriptWay(keyspace, Minimum),
        "transaction" => new TransactionWay(keyspace, Minimum),
        _ => new ChangeWay(keyspace, Minimum),
    };
}
