using Checkout.Bank;
using Checkout.Carts;
using Checkout.Orders;
using Checkout.Stock;
using Narration;
using RedisPatterns;

namespace Checkout;

/// <summary>The four use cases over one keyspace, so that each step can span what it needs.</summary>
/// <param name="keyspace">Where everything lives.</param>
public sealed class Market(Keyspace keyspace)
{
    public const string Name = "checkout";

    /// <summary>What stays in every account: 100.00.</summary>
    public const long MinimumCents = 10_000;

    public Keyspace Keyspace => keyspace;

    public Transfers Bank { get; } = new(keyspace, MinimumCents);

    public StockRoom Stock { get; } = new(keyspace);

    public Reservations Reservations { get; } = new(keyspace);

    public OrderDesk Orders { get; } = new(keyspace);

    public CartDesk Carts { get; } = new(keyspace, new CartLimits(PiecesOfAnItem: 10, Items: 20, Life: TimeSpan.FromDays(7)));

    /// <summary>Deletes every key of the keyspace, and no other.</summary>
    public Task ClearAsync(CancellationToken cancellationToken = default) => KeyCleaner.ClearAsync(keyspace, cancellationToken);
}
