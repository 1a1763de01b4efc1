using System.Text.Json;
using Checkout.Stock;
using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Orders;

/// <summary>
/// Orders across data types: stock in strings and hashes, the order a hash, a queue of work in a list, sets by customer and
/// status, best sellers in a sorted set, events in a stream. Each call writes all of it or nothing. Thread-safe.
/// </summary>
public sealed class OrderDesk(Keyspace keyspace)
{
    private readonly bool _withEvents = keyspace.Store.Capabilities.Supports(Streams.Length("any"));

    internal OrderKeys Keys { get; } = new(keyspace);

    /// <summary>Says what an item costs from now on.</summary>
    public async ValueTask SetPriceAsync(string item, long cents, CancellationToken cancellationToken = default) =>
        await keyspace.Store.SendAsync(Hashes.Set(Keys.Prices, item, cents), cancellationToken);

    // snippet: order
    /// <summary>Places an order if every item is there and costs what the customer has seen. May be repeated: the order's id is its memory.</summary>
    public async ValueTask<PlaceOutcome> PlaceAsync(Order order, CancellationToken cancellationToken = default)
    {
        ThrowIfUnfit(order);
        var steps = StepsOf(order);
        var batch = new AtomicBatch();
        steps.Conditions.ForEach(condition => batch.When(condition));
        steps.Commands.ForEach(command => batch.Add(command));

        var result = await keyspace.Store.CommitAsync(batch, cancellationToken);
        if (result is not { Status: CommitStatus.ConditionFailed, Error: null })
        {
            result.EnsureCommitted();
            return new(PlaceStatus.Placed, order);
        }

        return steps.Obstacles[result.Index] is { Status: not PlaceStatus.PlacedBefore } obstacle
            ? obstacle
            : Before(order, (await GetAsync(order.Id, cancellationToken))!);
    }

    // end-snippet

    /// <summary>An order, or null. One round trip.</summary>
    public async ValueTask<Order?> GetAsync(string id, CancellationToken cancellationToken = default) =>
        Read(id, await keyspace.Store.SendAsync(ReadOf(id), cancellationToken));

    /// <summary>Takes the oldest order of the queue to be packed, or null. When no answer came, it is in <see cref="PackingAsync"/>.</summary>
    public async ValueTask<string?> NextAsync(CancellationToken cancellationToken = default) =>
        (await keyspace.Store.SendAsync(Lists.Move(Keys.Queue, Keys.Packing, ListSide.Left, ListSide.Right), cancellationToken)).AsText();

    /// <summary>The orders that were taken and are not shipped.</summary>
    public async ValueTask<IReadOnlyList<string>> PackingAsync(CancellationToken cancellationToken = default) =>
        [.. (await keyspace.Store.SendAsync(Lists.Range(Keys.Packing), cancellationToken)).Select(id => id.ToString())];

    /// <summary>Ships an open order. May be repeated.</summary>
    /// <returns>Whether it is shipped; false when there is no such order, or it was cancelled.</returns>
    public async ValueTask<bool> ShipAsync(string id, CancellationToken cancellationToken = default) =>
        await CloseAsync(id, Order.Shipped, batch => batch.Add(Lists.Remove(Keys.Packing, id)), cancellationToken);

    /// <summary>Cancels an open order and gives everything back. May be repeated.</summary>
    /// <returns>Whether it is cancelled; false when there is no such order, or it was shipped.</returns>
    public async ValueTask<bool> CancelAsync(string id, CancellationToken cancellationToken = default)
    {
        // The lines of an order never change, so that nothing has to be held but its status.
        var order = await GetAsync(id, cancellationToken);
        return order is { Status: Order.Open } ? await CloseAsync(id, Order.Cancelled, GiveBack, cancellationToken) : order?.Status == Order.Cancelled;

        void GiveBack(AtomicBatch batch)
        {
            batch.Add(Lists.Remove(Keys.Queue, id));
            batch.Add(Lists.Remove(Keys.Packing, id));
            foreach (var (item, pieces, _) in order.Lines)
            {
                batch.Add(Strings.Increment(Keys.Available(item), pieces));
                batch.Add(Hashes.Increment(Keys.Levels(item), StockRoom.Sold, -pieces));
                batch.Add(SortedSets.Increment(Keys.BestSellers, item, -pieces));
            }
        }
    }

    /// <summary>The ids of a customer's orders.</summary>
    public async ValueTask<IReadOnlyList<string>> OfCustomerAsync(string customer, CancellationToken cancellationToken = default) =>
        [.. (await keyspace.Store.SendAsync(Sets.Members(Keys.Customer(customer)), cancellationToken)).Select(id => id.ToString())];

    /// <summary>The items that were ordered most, with how many pieces.</summary>
    public async ValueTask<IReadOnlyList<(string Item, long Pieces)>> BestSellersAsync(int count, CancellationToken cancellationToken = default) =>
        [.. (await keyspace.Store.SendAsync(SortedSets.RangeWithScores(Keys.BestSellers, RankRange.First(count), RedisPatterns.Commands.Order.Descending), cancellationToken))
            .Select(entry => (entry.Member.ToString(), (long)entry.Score))];

    internal static StoreCommand<StoreValue[]> ReadOf(OrderKeys keys, string id) => Hashes.GetMany(keys.Order(id), "customer", "lines", "status");

    internal static Order? Read(string id, StoreValue[] fields) => fields[0].IsNull
        ? null
        : new(id, fields[0].ToString(), JsonSerializer.Deserialize(fields[1].AsMemory().Span, CheckoutJson.Default.IReadOnlyListOrderLine)!, fields[2].ToString());

    internal static PlaceOutcome Before(Order asked, Order found) =>
        asked.IsSame(found) ? new(PlaceStatus.PlacedBefore, found) : new(PlaceStatus.IdTaken);

    internal static void ThrowIfUnfit(Order order)
    {
        if (order.Lines.Count == 0 || order.Lines.Any(line => line.Pieces < 1) || order.Lines.DistinctBy(line => line.Item).Count() < order.Lines.Count)
        {
            throw new ArgumentException("An order has lines, each of an item of its own and of at least a piece.", nameof(order));
        }
    }

    internal OrderSteps StepsOf(Order order) => new(Keys, order, _withEvents);

    private StoreCommand<StoreValue[]> ReadOf(string id) => ReadOf(Keys, id);

    private async ValueTask<bool> CloseAsync(string id, string status, Action<AtomicBatch> addTo, CancellationToken cancellationToken)
    {
        var batch = new AtomicBatch().When(BatchCondition.HashFieldEquals(Keys.Order(id), "status", Order.Open));
        batch.Add(Hashes.Set(Keys.Order(id), "status", status));
        batch.Add(Sets.Move(Keys.Status(Order.Open), Keys.Status(status), id));
        addTo(batch);
        if (_withEvents) batch.Add(Streams.Add(Keys.Events, new KeyValuePair<StoreValue, StoreValue>(status, id)));

        var result = await keyspace.Store.CommitAsync(batch, cancellationToken);
        if (result is not { Status: CommitStatus.ConditionFailed, Error: null })
        {
            result.EnsureCommitted();
            return true;
        }

        // It is not open: perhaps since an earlier call has closed it, whose answer was lost.
        return (await GetAsync(id, cancellationToken))?.Status == status;
    }
}
