namespace Checkout.Bank;

/// <summary>What was transferred under one id.</summary>
public sealed record LedgerEntry(string Id, IReadOnlyList<Transfer> Transfers);
