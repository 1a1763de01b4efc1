using Checkout.Bank;
using RedisPatterns;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;

namespace Checkout.Tests;

/// <summary>Connections that really break, again and again, while transfers are under way.</summary>
public sealed class BrokenConnectionTests(Stores stores, ITestOutputHelper output)
{
    private const int Transfers = 3_000, TransfersForACut = 150;
    private const long Opening = 1_000, Minimum = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transfers_that_are_repeated_over_new_connections_are_made_once()
    {
        var server = await stores.ServerAsync(StoreKind.Redis);
        await using var direct = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0], TimeSpan.Zero);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var name = Stores.NewName();
        var (bank, calm) = (new Transfers(store.Keyspace(name), Minimum), new Transfers(direct.Keyspace(name), Minimum));
        foreach (var account in DrawnTransfer.Names)
        {
            await calm.OpenAsync(account, Opening, Cancellation);
        }

        var (failures, replayed) = (0, 0);
        var done = new bool[Transfers];
        await Faulty.AtOnceAsync(16, Transfers, async call =>
        {
            if (call % TransfersForACut == 0) proxy.Cut();
            var dice = new Random(call);
            var from = dice.Next(DrawnTransfer.Accounts);
            var transfer = new Transfer(DrawnTransfer.Names[from], DrawnTransfer.Names[(from + dice.Next(1, DrawnTransfer.Accounts)) % DrawnTransfer.Accounts], dice.Next(1, 200));
            await Poll.UntilAsync(
                async () =>
                {
                    try
                    {
                        var outcome = await bank.TransferAsync($"{call}", transfer, Cancellation);
                        done[call] = outcome.IsDone;
                        if (outcome.Status == TransferStatus.DoneBefore) Interlocked.Increment(ref replayed);
                        return true;
                    }
                    catch (StoreException exception) when (exception is StoreTimeoutException or StoreConnectionException)
                    {
                        Interlocked.Increment(ref failures);
                        return false;
                    }
                },
                Patience,
                "an answer",
                Cancellation);
        });

        var entries = await calm.LedgerAsync(0, Transfers, Cancellation);
        var balances = await calm.BalancesAsync(DrawnTransfer.Names, Cancellation);
        output.WriteLine($"{Transfers} transfers, {proxy.ConnectionCount} connections, {failures} calls without an answer, {replayed} of them done all the same");
        Assert.Equal(Enumerable.Range(0, Transfers).Where(call => done[call]).Select(call => $"{call}").Order(), entries.Select(entry => entry.Id).Order());
        Assert.Equal(DrawnTransfer.Accounts * Opening, balances.Sum());
        Assert.True(balances.Min() >= Minimum);
        Assert.Equal(
            DrawnTransfer.Names.Select(account => (long?)(Opening + entries.Sum(entry => entry.Transfers.Sum(made => made.To == account ? made.Cents : made.From == account ? -made.Cents : 0)))),
            balances);
        Assert.True(failures > 0);
    }
}
