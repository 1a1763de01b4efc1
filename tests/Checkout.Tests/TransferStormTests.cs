using System.Globalization;
using Checkout.Bank;
using RedisPatterns;
using RedisPatterns.Testing;

namespace Checkout.Tests;

/// <summary>
/// Random transfers by many workers, with calls that are lost and repeated: the money is conserved at every moment, and each
/// answer is true. <c>REDISPATTERNS_TRANSFERS</c> says how many.
/// </summary>
public sealed class TransferStormTests(Stores stores, ITestOutputHelper output)
{
    private const long Opening = 50_000, Minimum = 10_000;
    private const int CallsForALook = 500, LedgerPage = 10_000;
    private const byte Done = 1, Refused = 2;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.Memory, 1_000_000, 4)]
    [InlineData(StoreKind.Redis, 50_000, 64)]
    [InlineData(StoreKind.Cluster, 20_000, 64)]
    [InlineData(StoreKind.Garnet, 20_000, 64)]
    public async Task Money_is_conserved_and_each_transfer_is_made_once_or_not_at_all(StoreKind kind, int transfers, int workers)
    {
        if (Environment.GetEnvironmentVariable("REDISPATTERNS_TRANSFERS") is { Length: > 0 } number) transfers = int.Parse(number, CultureInfo.InvariantCulture);
        var clock = new ManualTimeProvider();
        await using var store = await stores.OpenAsync(kind, clock);
        await using var faulty = Faulty.Store(store);
        var name = Stores.NewName();
        var (bank, calm) = (new Transfers(faulty.Keyspace(name), Minimum), new Transfers(store.Keyspace(name), Minimum));
        foreach (var account in DrawnTransfer.Names)
        {
            await calm.OpenAsync(account, Opening, Cancellation);
        }

        var started = TimeProvider.System.GetTimestamp();
        var (left, looks) = (transfers, 0);
        var answers = new byte[transfers];
        await Faulty.AtOnceAsync(workers, transfers, async call =>
        {
            var drawn = DrawnTransfer.Of(call);
            if (Interlocked.Add(ref left, -drawn.Length) + drawn.Length <= 0) return;
            if (call % CallsForALook == 0)
            {
                await LookAsync(calm);
                Interlocked.Increment(ref looks);
                clock.Advance(TimeSpan.FromMinutes(5));
            }

            var outcome = await Repeat.UntilAnsweredAsync(() => bank.TransferAsync($"{call}", drawn, Cancellation), Cancellation);
            Assert.True(outcome.IsDone || outcome.Status == TransferStatus.BelowMinimum);
            answers[call] = outcome.IsDone ? Done : Refused;
        });
        var took = TimeProvider.System.GetElapsedTime(started);

        var balances = await LookAsync(calm);
        await CheckLedgerAsync(calm, answers, balances);
        output.WriteLine(
            $"{kind}: {transfers} transfers in {answers.Count(answer => answer != 0)} calls by {workers} workers, {answers.Count(answer => answer == Done)} done, "
            + $"{answers.Count(answer => answer == Refused)} refused, {faulty.FailedBeforeSend} not sent, {faulty.FailedAfterEffect} answers lost, {looks} looks meanwhile, {took.TotalSeconds:0.0} s");
        Assert.Contains(Done, answers);
        Assert.Contains(Refused, answers);
        Assert.True(faulty.FailedBeforeSend > 0 && faulty.FailedAfterEffect > 0);
    }

    private static async Task<IReadOnlyList<long?>> LookAsync(Transfers bank)
    {
        var balances = await bank.BalancesAsync(DrawnTransfer.Names, Cancellation);
        Assert.Equal(DrawnTransfer.Accounts * Opening, balances.Sum());
        Assert.True(balances.Min() >= Minimum);
        return balances;
    }

    // What was told done is there once, as it was asked for; what was refused is not there; and the balances are what the entries come to.
    private static async Task CheckLedgerAsync(Transfers bank, byte[] answers, IReadOnlyList<long?> balances)
    {
        var expected = DrawnTransfer.Names.ToDictionary(account => account, _ => Opening);
        var written = new bool[answers.Length];
        for (var from = 0; ; from += LedgerPage)
        {
            var entries = await bank.LedgerAsync(from, LedgerPage, Cancellation);
            foreach (var entry in entries)
            {
                var call = int.Parse(entry.Id, CultureInfo.InvariantCulture);
                Assert.False(written[call]);
                written[call] = true;
                Assert.Equal(Done, answers[call]);
                Assert.True(entry.Transfers.SequenceEqual(DrawnTransfer.Of(call)));
                foreach (var transfer in entry.Transfers)
                {
                    expected[transfer.From] -= transfer.Cents;
                    expected[transfer.To] += transfer.Cents;
                }
            }

            if (entries.Count < LedgerPage) break;
        }

        Assert.Equal(answers.Count(answer => answer == Done), written.Count(isWritten => isWritten));
        Assert.Equal(DrawnTransfer.Names.Select(account => (long?)expected[account]), balances);
    }
}
