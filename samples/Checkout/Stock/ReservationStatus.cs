namespace Checkout.Stock;

/// <summary>What has become of a reservation.</summary>
public enum ReservationStatus
{
    /// <summary>There is none: it has ended by itself, or never was.</summary>
    Gone = 0,

    /// <summary>The pieces are held.</summary>
    Held = 1,

    /// <summary>The pieces are sold.</summary>
    Sold = 2,

    /// <summary>It was given back, or must not come any more.</summary>
    Cancelled = 3,

    /// <summary>There were not enough pieces; nothing is held.</summary>
    Short = 4,
}
