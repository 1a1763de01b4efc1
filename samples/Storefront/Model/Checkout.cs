using RedisPatterns;

namespace Storefront.Model;

/// <summary>Turns a cart into an order: pieces, money, cart and order change together or not at all.</summary>
public sealed class Checkout(Shop shop)
{
    /// <summary>The account that takes the money.</summary>
    public const string Till = "till";

    /// <summary>Buys what is in a cart. Begins again when somebody else was faster.</summary>
    /// <param name="cartId">The cart.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The order; null when there is no such cart, too few pieces, or too little money.</returns>
    public async ValueTask<Order?> BuyAsync(string cartId, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await PrepareAsync(cartId, cancellationToken) is not var (change, order))
            {
                return null;
            }

            try
            {
                await change.CommitAsync(cancellationToken);
                return order.Value;
            }
            catch (VersionConflictException)
            {
                // Somebody was faster, and has got something: this ends when nothing is left to get.
            }
            catch (EntityNotFoundException)
            {
                // The cart has been bought or has expired meanwhile: looking again tells.
            }
        }
    }

    /// <summary>The change that buys what is in a cart, if it can be bought as things stand; nothing is written yet.</summary>
    public async ValueTask<(Change Change, ChangedEntity<Order> Order)?> PrepareAsync(string cartId, CancellationToken cancellationToken = default)
    {
        if (await shop.Carts.GetAsync(cartId, cancellationToken) is not { Lines.Count: > 0 } cart)
        {
            return null;
        }

        var items = await shop.Stock.GetManyAsync(cart.Lines.Select(line => line.Sku), cancellationToken);
        var account = await shop.Accounts.GetAsync(cart.Customer, cancellationToken);
        if (account is null || account.BalanceCents < cart.TotalCents || cart.Lines.Zip(items).Any(pair => pair.Second is null || pair.Second.Quantity < pair.First.Quantity))
        {
            return null;
        }

        var change = shop.Trade.Change();
        foreach (var (line, item) in cart.Lines.Zip(items))
        {
            change.Patch(shop.Stock, line.Sku, p => p.WhenVersion(item!.Version).Increment(m => m.Quantity, (short)-line.Quantity));
        }

        change.Patch(shop.Accounts, account.Id, p => p.WhenVersion(account.Version).Increment(m => m.BalanceCents, -cart.TotalCents));
        change.Patch(shop.Accounts, Till, p => p.Increment(m => m.BalanceCents, cart.TotalCents));

        // A delete that names a version minds when the cart is gone: nobody buys it twice.
        change.Delete(shop.Carts, cart.Id, cart.Version);
        return (change, change.Insert(shop.Orders, new Order(default, cart.Customer, cart.Lines, cart.TotalCents)));
    }
}
