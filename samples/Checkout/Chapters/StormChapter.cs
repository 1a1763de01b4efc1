using Checkout.Bank;
using Narration;
using RedisPatterns;
using RedisPatterns.Testing;

namespace Checkout.Chapters;

/// <summary>Many transfers at once, while connections break and answers are lost.</summary>
public sealed class StormChapter : IChapter
{
    private const int Transfers = 4_000, Workers = 16, Accounts = 50;
    private const long Opening = 50_000;

    private static readonly ChaosOptions Weather = new()
    {
        Rules =
        [
            new() { Fault = ChaosFault.BeforeSend, Probability = 0.02 },
            new() { Fault = ChaosFault.AfterEffect, Probability = 0.05 },
        ],
    };

    public string Title => "A storm";

    public string Text => "Every fiftieth call does not reach the store, every twentieth answer is lost. Each transfer is repeated under its id until it is answered.";

    public async Task TellAsync(Market market, Narrator narrator, CancellationToken cancellationToken)
    {
        await using var chaos = new ChaosStore(market.Keyspace.Store, Weather, ownsInner: false);
        var (bank, calm) = (new Market(chaos.Keyspace(market.Keyspace.Name)).Bank, market.Bank);
        var accounts = Enumerable.Range(0, Accounts).Select(i => $"s{i}").ToArray();
        await Parallel.ForEachAsync(accounts, cancellationToken, async (account, cancellation) => await calm.OpenAsync(account, Opening, cancellation));
        var before = (await calm.LedgerAsync(0, 100, cancellationToken)).Count;
        var done = new HashSet<string>();

        async Task WorkAsync(int worker, Action progress)
        {
            var dice = new Random(worker);
            for (var i = worker; i < Transfers; i += Workers)
            {
                var (id, from, by, cents) = ($"s{i}", dice.Next(Accounts), dice.Next(1, Accounts), dice.Next(1, 20_000));
                var transfer = new Transfer(accounts[from], accounts[(from + by) % Accounts], cents);
                var outcome = await Repeat.UntilAnsweredAsync(() => bank.TransferAsync(id, transfer, cancellationToken), cancellationToken);
                lock (done)
                {
                    if (outcome.IsDone) done.Add(id);
                    progress();
                }
            }
        }

        await narrator.StepAsync(
            $"{Workers} workers make {Transfers:N0} transfers of up to 200.00 between {Accounts} accounts of 500.00",
            async () => await narrator.Screen.ProgressAsync(
                "transferring",
                Transfers,
                progress => Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker, progress), cancellationToken)))),
            () => new TextAnswer($"{Transfers:N0} were answered, with faults: {chaos.FailedBeforeSend > 0 && chaos.FailedAfterEffect > 0}."));
        await narrator.StepAsync(
            "All the money is there, and nobody is below the minimum",
            () => calm.BalancesAsync(accounts, cancellationToken),
            balances => new TextAnswer($"{Money.Of(balances.Sum()!.Value)} of {Money.Of(Accounts * Opening)}; the least is at least {Money.Of(Market.MinimumCents)}: {balances.Min() >= Market.MinimumCents}."));
        await narrator.StepAsync(
            "The ledger has each transfer that was told done, once, and no other",
            () => calm.LedgerAsync(before, Transfers, cancellationToken),
            entries => new TextAnswer($"{entries.Count == done.Count && done.SetEquals(entries.Select(entry => entry.Id))}"));
    }
}
