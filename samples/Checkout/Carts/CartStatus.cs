namespace Checkout.Carts;

/// <summary>How a change of a cart ended.</summary>
public enum CartStatus
{
    /// <summary>The cart is as it was wanted.</summary>
    Done = 0,

    /// <summary>There would be too many pieces of the item; nothing has changed.</summary>
    TooManyPieces = 1,

    /// <summary>There would be too many items; nothing has changed.</summary>
    TooManyItems = 2,
}
