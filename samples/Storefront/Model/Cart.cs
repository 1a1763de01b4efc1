namespace Storefront.Model;

/// <summary>What somebody is about to buy.</summary>
public sealed record Cart(string Id, string Customer, IReadOnlyList<CartLine> Lines, long TotalCents, long Version = 0);
