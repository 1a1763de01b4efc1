namespace Checkout.Orders;

/// <summary>What a customer has ordered.</summary>
/// <param name="Id">Chosen by who orders, so that an order can be placed again when no answer came: a ULID, say.</param>
/// <param name="Customer">Who.</param>
/// <param name="Lines">What; each item once.</param>
/// <param name="Status">Whether it is open, shipped or cancelled.</param>
public sealed record Order(string Id, string Customer, IReadOnlyList<OrderLine> Lines, string Status = Order.Open)
{
    public const string Open = "open", Shipped = "shipped", Cancelled = "cancelled";

    /// <summary>What it costs.</summary>
    public long TotalCents => Lines.Sum(line => line.Pieces * line.Cents);

    /// <summary>Whether it is an order of the same, whatever has become of it.</summary>
    public bool IsSame(Order other) => Id == other.Id && Customer == other.Customer && Lines.SequenceEqual(other.Lines);
}
