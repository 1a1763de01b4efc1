using System.Text.Json;
using Checkout.Stock;
using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Orders;

/// <summary>All that placing an order asks for and writes: for a batch, and for a transaction that empties a cart too.</summary>
internal sealed class OrderSteps
{
    // snippet: order-steps
    public OrderSteps(OrderKeys keys, Order order, bool withEvents)
    {
        When(BatchCondition.Absent(keys.Order(order.Id)), PlaceStatus.PlacedBefore);
        foreach (var (item, pieces, cents) in order.Lines)
        {
            When(BatchCondition.HashFieldEquals(keys.Prices, item, cents), PlaceStatus.PriceChanged, item);
            When(BatchCondition.NumberAtLeast(keys.Available(item), pieces), PlaceStatus.SoldOut, item);
            Commands.Add(Strings.Increment(keys.Available(item), -pieces));
            Commands.Add(Hashes.Increment(keys.Levels(item), StockRoom.Sold, pieces));
            Commands.Add(SortedSets.Increment(keys.BestSellers, item, pieces));
        }

        Commands.Add(Hashes.Set(
            keys.Order(order.Id),
            new("customer", order.Customer),
            new("lines", JsonSerializer.SerializeToUtf8Bytes(order.Lines, CheckoutJson.Default.IReadOnlyListOrderLine)),
            new("status", Order.Open)));
        Commands.Add(Lists.RightPush(keys.Queue, order.Id));
        Commands.Add(Sets.Add(keys.Customer(order.Customer), order.Id));
        Commands.Add(Sets.Add(keys.Status(Order.Open), order.Id));
        if (withEvents) Commands.Add(Streams.Add(keys.Events, new KeyValuePair<StoreValue, StoreValue>("placed", order.Id)));
    }

    // end-snippet
    public List<BatchCondition> Conditions { get; } = [];

    public List<PlaceOutcome> Obstacles { get; } = [];

    public List<StoreCommand> Commands { get; } = [];

    private void When(BatchCondition condition, PlaceStatus otherwise, string? item = null)
    {
        Conditions.Add(condition);
        Obstacles.Add(new(otherwise, Item: item));
    }
}
