using Checkout.Carts;
using Narration;

namespace Checkout.Chapters;

/// <summary>A cart of two tabs, a login, and a checkout that happens once.</summary>
public sealed class CartChapter : IChapter
{
    public string Title => "Carts";

    public string Text => "A hash that lives a week from its last use. Scripts change it; an optimistic transaction makes it an order.";

    public async Task TellAsync(Market market, Narrator narrator, CancellationToken cancellationToken)
    {
        var carts = market.Carts;
        await narrator.StepAsync(
            "Two tabs of one browser click at the same time, one of them twice since nothing seemed to happen",
            async () =>
            {
                await Task.WhenAll(
                    carts.AddAsync("c-7", "tab1-click1", "mug", 2, cancellationToken).AsTask(),
                    carts.AddAsync("c-7", "tab2-click1", "mug", 1, cancellationToken).AsTask(),
                    carts.AddAsync("c-7", "tab2-click1", "mug", 1, cancellationToken).AsTask());
                return await carts.ViewAsync("c-7", cancellationToken);
            },
            Tell);
        await narrator.StepAsync("Eleven are too many of one thing", () => carts.AddAsync("c-7", "tab1-click2", "mug", 8, cancellationToken), Tell);
        await narrator.StepAsync("Ten are not", () => carts.SetAsync("c-7", "tab1-click3", "mug", 10, cancellationToken), Tell);
        await narrator.StepAsync(
            "Ada logs in: her own cart has two mugs already, so two of the ten stay behind",
            async () =>
            {
                await carts.AddAsync("ada", "phone-click1", "mug", 2, cancellationToken);
                await carts.AddAsync("c-7", "tab1-click4", "lamp", 1, cancellationToken);
                return await carts.MergeAsync("c-7", "ada", cancellationToken);
            },
            merged => new TextAnswer($"{merged.Moved} moved, {merged.Left} left."));
        await narrator.StepAsync("Four mugs will do", () => carts.SetAsync("ada", "tab1-click5", "mug", 4, cancellationToken), Tell);
        await market.Orders.SetPriceAsync("lamp", 4_500, cancellationToken);

        await narrator.StepAsync("The total on her screen is not what it would be", () => carts.CheckOutAsync("ada", "o5", 8_000, cancellationToken), OrderChapter.Tell);
        await narrator.StepAsync(
            "She buys: two reads and a commit, which holds what was read",
            () => carts.CheckOutAsync("ada", "o5", 8_100, cancellationToken),
            OrderChapter.Tell);
        await narrator.StepAsync("And once more, as after a timeout", () => carts.CheckOutAsync("ada", "o5", 8_100, cancellationToken), OrderChapter.Tell);
        await narrator.StepAsync(
            "Her other tab has not noticed, and buys too",
            () => carts.CheckOutAsync("ada", "o6", 8_100, cancellationToken),
            OrderChapter.Tell);
    }

    private static TextAnswer Tell(CartOutcome outcome) => new($"{outcome.Status}: {outcome.Pieces}");

    private static TextAnswer Tell(IReadOnlyDictionary<string, int> cart) => new([.. cart.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => $"{line.Key}: {line.Value}")]);
}
