using Narration;
using RedisPatterns;
using RedisPatterns.Commands;
using Storefront.Model;

namespace Storefront.Chapters;

/// <summary>A cart that is filled by patches, and bought all or nothing.</summary>
public sealed class CartChapter : IChapter
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public string Title => "Cart";

    public string Text => "Lines are a collection within a hash: patches append and remove on the server. The checkout changes five entities or none.";

    public async Task TellAsync(Shop shop, Narrator narrator, CancellationToken cancellationToken)
    {
        var redisCli = new RedisCli(shop.Trade);
        var checkout = new Checkout(shop);
        await shop.Stock.InsertManyAsync([new StockItem("mug", 10), new StockItem("lamp", 1)], cancellationToken: cancellationToken);
        await shop.Accounts.InsertManyAsync([new Account("ada", 10_000), new Account("grace", 10_000), new Account(Checkout.Till, 0)], cancellationToken: cancellationToken);
        await shop.Carts.InsertAsync(new Cart("c-grace", "grace", [new CartLine("lamp", 1, 4_500)], 4_500), Expiry.After(Kept), cancellationToken);

        await narrator.StepAsync(
            "Ada takes a cart, which is kept for a week",
            () => shop.Carts.InsertAsync(new Cart("c-ada", "ada", [], 0), Expiry.After(Kept), cancellationToken),
            cart => new TextAnswer($"Version {cart.Version}, {cart.Lines.Count} lines."));
        await narrator.StepAsync(
            "She puts two things into it: nothing is read, and the week begins again",
            () => shop.Carts.PatchAsync(
                "c-ada",
                p => p.Append(m => m.Lines, new CartLine("mug", 2, 900), new CartLine("lamp", 1, 4_500)).Increment(m => m.TotalCents, 6_300).Expire(Expiry.After(Kept)),
                cancellationToken),
            version => new TextAnswer($"Version {version}."));
        await narrator.StepAsync("How it lies in the store", () => redisCli.ShowAsync("cart:c-ada", cancellationToken), keys => keys);
        await narrator.StepAsync(
            "Two mugs become one: a line is replaced in one patch",
            () => shop.Carts.PatchAsync(
                "c-ada",
                p => p.Remove(m => m.Lines, new CartLine("mug", 2, 900)).Append(m => m.Lines, new CartLine("mug", 1, 900)).Increment(m => m.TotalCents, -900).Expire(Expiry.After(Kept)),
                cancellationToken),
            version => new TextAnswer($"Version {version}."));

        var (graces, _) = (await checkout.PrepareAsync("c-grace", cancellationToken))!.Value;
        await narrator.StepAsync(
            "Ada buys: stock, two accounts, cart and order in one commit (Checkout.cs shows how)",
            () => checkout.BuyAsync("c-ada", cancellationToken),
            order => new TextAnswer([$"Order {order!.Id} of {Money(order.TotalCents)}:", .. order.Lines.Select(line => $"{line.Quantity} {line.Sku}")]));
        await narrator.StepAsync("What is left of cart and stock", () => redisCli.ShowAsync("[cs]*:*", cancellationToken), keys => keys);

        var refused = await narrator.RefusedAsync<VersionConflictException>(
            "Grace had seen the last lamp too, and commits what she prepared before",
            () => graces.CommitAsync(cancellationToken));
        await narrator.StepAsync(
            $"Write {refused.Operation} was refused, so nothing of it happened: her money, her cart, the till",
            async () => (
                await shop.Accounts.GetAsync("grace", cancellationToken),
                await shop.Carts.GetAsync("c-grace", cancellationToken),
                await shop.Accounts.GetAsync(Checkout.Till, cancellationToken)),
            left => new TextAnswer($"{Money(left.Item1!.BalanceCents)}, {left.Item2!.Lines.Count} line, {Money(left.Item3!.BalanceCents)}."));
        await narrator.StepAsync(
            "She looks again: sold out",
            () => checkout.BuyAsync("c-grace", cancellationToken),
            order => new TextAnswer(order is null ? "No order." : "An order!"));

        await narrator.RefusedAsync<PatchException>(
            "A delivery that the type of the quantity can not hold takes its whole change with it",
            async () =>
            {
                var change = shop.Trade.Change();
                change.Patch(shop.Stock, "lamp", p => p.Increment(m => m.Quantity, (short)1));
                change.Patch(shop.Stock, "mug", p => p.Increment(m => m.Quantity, short.MaxValue));
                await change.CommitAsync(cancellationToken);
            });
        await narrator.StepAsync(
            "So the stock is as before",
            () => shop.Stock.GetManyAsync(["lamp", "mug"], cancellationToken),
            items => new TextAnswer([.. items.Select(item => $"{item!.Id}: {item.Quantity}, version {item.Version}")]));
    }

    private static string Money(long cents) => $"{cents / 100}.{cents % 100:00}";
}
