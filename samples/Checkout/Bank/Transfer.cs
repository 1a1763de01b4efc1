namespace Checkout.Bank;

/// <summary>Money that goes from one account to another, in whole cents.</summary>
public sealed record Transfer(string From, string To, long Cents);
