namespace Checkout.Orders;

/// <summary>How placing an order ended.</summary>
/// <param name="Status">How.</param>
/// <param name="Order">The order, if it is placed.</param>
/// <param name="Item">The item that stood against it, or null.</param>
public sealed record PlaceOutcome(PlaceStatus Status, Order? Order = null, string? Item = null)
{
    /// <summary>Whether the order is placed, now or before.</summary>
    public bool IsPlaced => Status is PlaceStatus.Placed or PlaceStatus.PlacedBefore;
}
