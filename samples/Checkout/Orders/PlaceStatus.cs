namespace Checkout.Orders;

/// <summary>How placing an order ended.</summary>
public enum PlaceStatus
{
    /// <summary>It is placed, now.</summary>
    Placed,

    /// <summary>It was placed before, under this id.</summary>
    PlacedBefore,

    /// <summary>There are not enough pieces of an item; nothing was written.</summary>
    SoldOut,

    /// <summary>An item costs something else by now, or is not sold; nothing was written.</summary>
    PriceChanged,

    /// <summary>There is nothing to order.</summary>
    Empty,

    /// <summary>The id belongs to another order; nothing was written.</summary>
    IdTaken,
}
