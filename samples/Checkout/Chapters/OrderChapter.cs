using Checkout.Orders;
using Narration;

namespace Checkout.Chapters;

/// <summary>Orders that touch every data type.</summary>
public sealed class OrderChapter : IChapter
{
    public string Title => "Orders";

    public string Text => "Strings, hashes, a list, sets, a sorted set (and a stream, where there are streams) in one atomic batch.";

    public async Task TellAsync(Market market, Narrator narrator, CancellationToken cancellationToken)
    {
        var (stock, orders) = (market.Stock, market.Orders);
        await stock.AddAsync("d2", "mug", 10, cancellationToken);
        await stock.AddAsync("d3", "tray", 1, cancellationToken);
        await orders.SetPriceAsync("mug", 900, cancellationToken);
        await orders.SetPriceAsync("tray", 2_500, cancellationToken);
        var first = new Order("o1", "ada", [new OrderLine("mug", 2, 900), new OrderLine("tray", 1, 2_500)]);

        await narrator.StepAsync("Ada orders two mugs and a tray", () => orders.PlaceAsync(first, cancellationToken), Tell);
        await narrator.StepAsync("The same again, as after a timeout: the order is its own memory", () => orders.PlaceAsync(first, cancellationToken), Tell);
        await narrator.StepAsync(
            "Grace orders mugs, and a tray that is no longer there: she gets neither, rather than mugs alone",
            () => orders.PlaceAsync(new Order("o2", "grace", [new OrderLine("mug", 3, 900), new OrderLine("tray", 1, 2_500)]), cancellationToken),
            Tell);
        await narrator.StepAsync(
            "Linus has an old price on his screen",
            () => orders.PlaceAsync(new Order("o3", "linus", [new OrderLine("mug", 1, 850)]), cancellationToken),
            Tell);
        await narrator.StepAsync(
            "Grace orders the mugs",
            () => orders.PlaceAsync(new Order("o4", "grace", [new OrderLine("mug", 3, 900)]), cancellationToken),
            Tell);
        await narrator.StepAsync("Best sellers", () => orders.BestSellersAsync(10, cancellationToken), Tell);
        await narrator.StepAsync(
            "The oldest order is packed, and shipped",
            async () =>
            {
                var next = await orders.NextAsync(cancellationToken);
                return (next, await orders.ShipAsync(next!, cancellationToken));
            },
            done => new TextAnswer($"{done.next}, shipped: {done.Item2}"));
        await narrator.StepAsync("Grace does not want them any more", () => orders.CancelAsync("o4", cancellationToken), done => new TextAnswer($"Cancelled: {done}"));
        await narrator.StepAsync("What was shipped stays so", () => orders.CancelAsync("o1", cancellationToken), done => new TextAnswer($"Cancelled: {done}"));
        await narrator.StepAsync(
            "So there are eight mugs again, and all sold pieces are in orders",
            async () => (await stock.LevelAsync("mug", cancellationToken), await orders.BestSellersAsync(1, cancellationToken)),
            seen => new TextAnswer($"{seen.Item1.Available} available, {seen.Item1.Sold} sold; best seller {seen.Item2[0].Item}: {seen.Item2[0].Pieces}"));
    }

    internal static TextAnswer Tell(PlaceOutcome outcome) => new(outcome.IsPlaced
        ? $"{outcome.Status}: order {outcome.Order!.Id} of {Money.Of(outcome.Order.TotalCents)}"
        : $"{outcome.Status}{(outcome.Item is null ? "" : $": {outcome.Item}")}");

    private static TextAnswer Tell(IReadOnlyList<(string Item, long Pieces)> items) => new([.. items.Select(item => $"{item.Item}: {item.Pieces}")]);
}
