namespace Storefront.Model;

/// <summary>Some pieces of an article.</summary>
public sealed record CartLine(string Sku, int Quantity, long PriceCents);
