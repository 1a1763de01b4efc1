using Checkout.Orders;
using RedisPatterns;
using RedisPatterns.Commands;
using Order = Checkout.Orders.Order;

namespace Checkout.Carts;

/// <summary>
/// Carts: a hash of pieces by item that lives while it is used. Changes are scripts, so that tabs that click at once lose
/// nothing; the checkout is an optimistic transaction that makes the cart an order, once. Thread-safe.
/// </summary>
/// <param name="keyspace">Where they live, with prices, stock and orders.</param>
/// <param name="limits">What a cart may hold; null for the defaults.</param>
public sealed class CartDesk(Keyspace keyspace, CartLimits? limits = null)
{
    private readonly CartLimits _limits = limits ?? CartLimits.Default;
    private readonly OrderDesk _orders = new(keyspace);

    /// <summary>Puts pieces in, or takes them out where the number is negative.</summary>
    /// <param name="cart">Whose cart, or which.</param>
    /// <param name="click">What names the change: after a timeout, call again with the same.</param>
    /// <param name="item">The item.</param>
    /// <param name="pieces">How many more.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<CartOutcome> AddAsync(string cart, string click, string item, int pieces, CancellationToken cancellationToken = default) =>
        ChangeAsync(cart, click, CartChange.Add, item, pieces, cancellationToken);

    /// <summary>Says how many pieces there are; none takes the item out.</summary>
    public ValueTask<CartOutcome> SetAsync(string cart, string click, string item, int pieces, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pieces);
        return ChangeAsync(cart, click, CartChange.Set, item, pieces, cancellationToken);
    }

    /// <summary>Takes everything out.</summary>
    public async ValueTask ClearAsync(string cart, string click, CancellationToken cancellationToken = default) =>
        await ChangeAsync(cart, click, CartChange.Clear, "", 0, cancellationToken);

    /// <summary>What is in a cart, by item, which puts off its end. One round trip.</summary>
    public async ValueTask<IReadOnlyDictionary<string, int>> ViewAsync(string cart, CancellationToken cancellationToken = default)
    {
        var lines = await keyspace.Store.EvaluateAsync(CartView.Script.With(new CartView(Key(cart), _limits.Life)), cancellationToken);
        return lines.Chunk(2).ToDictionary(line => line[0].ToString(), line => (int)line[1].AsInt64());
    }

    /// <summary>Moves what is in one cart to another, as far as there is room: at a login, say. May be repeated.</summary>
    public async ValueTask<MergeOutcome> MergeAsync(string from, string to, CancellationToken cancellationToken = default)
    {
        if (from == to) throw new ArgumentException("A cart is merged into another one.", nameof(to));
        var reply = await keyspace.Store.EvaluateAsync(CartMerge.Script.With(new CartMerge(Key(from), Key(to), _limits)), cancellationToken);
        return new(reply[0], reply[1]);
    }

    // snippet: cart-checkout
    /// <summary>Makes a cart an order, at the total that the customer has seen. May be repeated with the same order's id.</summary>
    public async ValueTask<PlaceOutcome> CheckOutAsync(string cart, string orderId, long totalCents, CancellationToken cancellationToken = default)
    {
        OrderSteps? steps = null;
        var result = await keyspace.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var (before, lines) = await transaction.ReadAsync(OrderDesk.ReadOf(_orders.Keys, orderId), Hashes.GetAll(Key(cart)), cancellation);
                if (OrderDesk.Read(orderId, before) is { } placed)
                {
                    return placed.Customer == cart ? new(PlaceStatus.PlacedBefore, placed) : new PlaceOutcome(PlaceStatus.IdTaken);
                }

                if (lines.Length == 0) return new(PlaceStatus.Empty);
                var prices = await transaction.ReadAsync(Hashes.GetMany(_orders.Keys.Prices, [.. lines.Select(line => line.Field)]), cancellation);
                if (Array.FindIndex(prices, price => price.IsNull) is >= 0 and var at) return new(PlaceStatus.PriceChanged, Item: lines[at].Field.ToString());
                var order = new Order(orderId, cart, [.. lines.Zip(prices, (line, price) => new OrderLine(line.Field.ToString(), (int)line.Value.AsInt64(), price.AsInt64()))]);
                if (order.TotalCents != totalCents) return new(PlaceStatus.PriceChanged);

                // Stock is no read but a condition: others who sell something meanwhile do not send this one back.
                steps = _orders.StepsOf(order);
                steps.Conditions.ForEach(transaction.When);
                steps.Commands.ForEach(command => transaction.Add(command));
                transaction.Add(Keys.Delete(Key(cart)));
                return new(PlaceStatus.Placed, order);
            },
            cancellationToken: cancellationToken);
        if (result is { Obstacle: { Error: null, Status: CommitStatus.ConditionFailed } obstacle }) return steps!.Obstacles[obstacle.Index];
        result.EnsureCommitted();
        return result.Value;
    }

    // end-snippet
    private async ValueTask<CartOutcome> ChangeAsync(string cart, string click, string verb, string item, int pieces, CancellationToken cancellationToken)
    {
        var change = new CartChange(Key(cart), keyspace.IdempotencyKey($"cart {cart.Length} {cart} {click}"), verb, item, pieces, _limits);
        var reply = await keyspace.Store.EvaluateAsync(CartChange.Script.With(change), cancellationToken);
        return new((CartStatus)reply[0], reply[1]);
    }

    private StoreKey Key(string cart) => keyspace.Key("cart", cart);
}
