namespace Checkout.Orders;

/// <summary>Some pieces of an item, at the price of one that the customer has seen, in cents.</summary>
public sealed record OrderLine(string Item, int Pieces, long Cents);
