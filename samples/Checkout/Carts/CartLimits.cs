namespace Checkout.Carts;

/// <summary>What a cart may hold, and for how long.</summary>
/// <param name="PiecesOfAnItem">The most pieces of one item.</param>
/// <param name="Items">The most different items.</param>
/// <param name="Life">How long a cart lives when nobody looks at it or changes it.</param>
public sealed record CartLimits(int PiecesOfAnItem, int Items, TimeSpan Life)
{
    /// <summary>99 pieces of each of 50 items, for a week.</summary>
    public static CartLimits Default { get; } = new(99, 50, TimeSpan.FromDays(7));
}
