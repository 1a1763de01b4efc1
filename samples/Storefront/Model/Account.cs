namespace Storefront.Model;

/// <summary>The money of a customer, or of the shop.</summary>
public sealed record Account(string Id, long BalanceCents, long Version = 0);
