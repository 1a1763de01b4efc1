namespace Checkout.Tests.Ways;

/// <summary>One of the ways to transfer money.</summary>
internal interface ITransferWay
{
    Task OpenAsync(string account, long cents, CancellationToken cancellationToken);

    /// <summary>Moves money; false when too little would be left.</summary>
    Task<bool> TransferAsync(string id, string from, string to, long cents, CancellationToken cancellationToken);

    Task<long> BalanceAsync(string account, CancellationToken cancellationToken);
}
