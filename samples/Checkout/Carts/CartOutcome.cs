namespace Checkout.Carts;

/// <summary>How a change of a cart ended.</summary>
/// <param name="Status">How.</param>
/// <param name="Pieces">How many pieces of the item were in the cart right after it.</param>
public sealed record CartOutcome(CartStatus Status, long Pieces);
