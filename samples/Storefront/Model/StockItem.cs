namespace Storefront.Model;

/// <summary>How many pieces of an article there are.</summary>
public sealed record StockItem(string Id, short Quantity, long Version = 0);
