namespace Checkout.Bank;

/// <summary>How a transfer ended.</summary>
/// <param name="Status">How.</param>
/// <param name="Account">The account that stood against it, or null.</param>
/// <param name="Balances">The balances of the accounts concerned right after it, when it was done; empty otherwise.</param>
public sealed record TransferOutcome(TransferStatus Status, string? Account, IReadOnlyDictionary<string, long> Balances)
{
    private static readonly Dictionary<string, long> None = [];

    /// <summary>Whether the money has moved, now or before.</summary>
    public bool IsDone => Status is TransferStatus.Done or TransferStatus.DoneBefore;

    /// <summary>The money has not moved.</summary>
    public static TransferOutcome Refused(TransferStatus status, string? account = null) => new(status, account, None);
}
