namespace Checkout.Stock;

/// <summary>Where the pieces of an item are, at one moment.</summary>
/// <param name="Available">Free to be taken.</param>
/// <param name="Reserved">Held for somebody, also by reservations that have ended and were not given back yet.</param>
/// <param name="Sold">Gone.</param>
/// <param name="Stocked">All that ever came.</param>
public sealed record StockLevel(long Available, long Reserved, long Sold, long Stocked)
{
    /// <summary>Whether every piece is in one place, and none in two.</summary>
    public bool IsWhole => Available >= 0 && Reserved >= 0 && Sold >= 0 && Available + Reserved + Sold == Stocked;
}
