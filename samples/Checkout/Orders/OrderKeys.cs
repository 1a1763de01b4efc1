using Checkout.Stock;
using RedisPatterns;

namespace Checkout.Orders;

/// <summary>Where orders lie, all in one hash slot.</summary>
public sealed class OrderKeys(Keyspace keyspace)
{
    private readonly StockRoom _stock = new(keyspace);

    /// <summary>What each item costs: a hash.</summary>
    public StoreKey Prices { get; } = keyspace.Key("prices");

    /// <summary>Orders to be packed, the oldest first: a list.</summary>
    public StoreKey Queue { get; } = keyspace.Key("queue");

    /// <summary>Orders that somebody packs: a list.</summary>
    public StoreKey Packing { get; } = keyspace.Key("packing");

    /// <summary>How many pieces of each item were ordered: a sorted set.</summary>
    public StoreKey BestSellers { get; } = keyspace.Key("best-sellers");

    /// <summary>What has happened, for whoever wants to know: a stream, where the server has streams.</summary>
    public StoreKey Events { get; } = keyspace.Key("events");

    /// <summary>An order: a hash.</summary>
    public StoreKey Order(string id) => keyspace.Key("order", id);

    /// <summary>The orders of a customer: a set.</summary>
    public StoreKey Customer(string customer) => keyspace.Key("orders-of", customer);

    /// <summary>The orders of a status: a set.</summary>
    public StoreKey Status(string status) => keyspace.Key("orders", status);

    /// <summary>The pieces of an item that are free: a string.</summary>
    public StoreKey Available(string item) => _stock.Available(item);

    /// <summary>Where the other pieces of an item are: a hash.</summary>
    public StoreKey Levels(string item) => _stock.Levels(item);
}
