using Checkout.Bank;
using Narration;

namespace Checkout.Chapters;

/// <summary>Transfers with a minimum balance, singly and many at once.</summary>
public sealed class TransferChapter : IChapter
{
    private static readonly string[] Accounts = ["ada", "grace", "linus"];

    public string Title => "Transfers";

    public string Text => "An atomic batch: the minimum, both balances and the ledger in one step and one round trip. 100.00 stays in every account.";

    public async Task TellAsync(Market market, Narrator narrator, CancellationToken cancellationToken)
    {
        var bank = market.Bank;
        await bank.OpenAsync("ada", 100_000, cancellationToken);
        await bank.OpenAsync("grace", 20_000, cancellationToken);
        await bank.OpenAsync("linus", 10_000, cancellationToken);

        await narrator.StepAsync(
            "Ada, who has 1,000.00, gives Grace 250.00",
            () => bank.TransferAsync("t1", new Transfer("ada", "grace", 25_000), cancellationToken),
            Tell);
        await narrator.StepAsync(
            "The answer was lost on its way, so it is sent again: under its id the money moves once",
            () => bank.TransferAsync("t1", new Transfer("ada", "grace", 25_000), cancellationToken),
            Tell);
        await narrator.StepAsync(
            "The id of a transfer is no other's",
            () => bank.TransferAsync("t1", new Transfer("ada", "linus", 99), cancellationToken),
            Tell);
        await narrator.StepAsync(
            "Ada gives 650.01, a cent too much",
            () => bank.TransferAsync("t2", new Transfer("ada", "linus", 65_001), cancellationToken),
            Tell);
        await narrator.StepAsync(
            "Nobody is called Alan",
            () => bank.TransferAsync("t3", new Transfer("ada", "alan", 100), cancellationToken),
            Tell);
        await narrator.StepAsync(
            "Three in a ring, all or none: Linus has nothing to give until Grace has given him something",
            () => bank.TransferAsync(
                "t4",
                [new Transfer("linus", "ada", 5_000), new Transfer("grace", "linus", 20_000), new Transfer("ada", "grace", 1_000)],
                cancellationToken),
            Tell);
        await narrator.StepAsync(
            "One of three would leave Linus below the minimum, so none is made",
            () => bank.TransferAsync(
                "t5",
                [new Transfer("ada", "grace", 100), new Transfer("linus", "ada", 15_001), new Transfer("grace", "ada", 200)],
                cancellationToken),
            Tell);
        await narrator.StepAsync(
            "All balances, of one moment",
            () => bank.BalancesAsync(Accounts, cancellationToken),
            balances => new TextAnswer([.. Accounts.Zip(balances, (account, cents) => $"{account}: {Money.Of(cents!.Value)}"), $"together: {Money.Of(balances.Sum()!.Value)}"]));
        await narrator.StepAsync(
            "The ledger has what was done, and only that",
            () => bank.LedgerAsync(0, 10, cancellationToken),
            entries => new TextAnswer([.. entries.Select(entry => $"{entry.Id}: {string.Join(", ", entry.Transfers.Select(made => $"{made.From} -> {made.To} {Money.Of(made.Cents)}"))}")]));
    }

    private static TextAnswer Tell(TransferOutcome outcome) => new(outcome.IsDone
        ? $"{outcome.Status}: {string.Join(", ", outcome.Balances.Select(balance => $"{balance.Key} has {Money.Of(balance.Value)}"))}"
        : $"{outcome.Status}{(outcome.Account is null ? "" : $": {outcome.Account}")}");
}
