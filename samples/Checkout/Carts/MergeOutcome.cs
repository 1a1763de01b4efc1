namespace Checkout.Carts;

/// <summary>What a merge has done.</summary>
/// <param name="Moved">The pieces that were moved.</param>
/// <param name="Left">The pieces that have stayed where they were, since the cart had no room for them.</param>
public sealed record MergeOutcome(long Moved, long Left);
