using Checkout.Bank;
using RedisPatterns;

namespace Checkout.Tests.Ways;

/// <summary>The sample's own way.</summary>
internal sealed class BatchWay(Keyspace keyspace, long minimum) : ITransferWay
{
    private readonly Transfers _bank = new(keyspace, minimum);

    public async Task OpenAsync(string account, long cents, CancellationToken cancellationToken) => await _bank.OpenAsync(account, cents, cancellationToken);

    public async Task<bool> TransferAsync(string id, string from, string to, long cents, CancellationToken cancellationToken) =>
        (await _bank.TransferAsync(id, new Transfer(from, to, cents), cancellationToken)).IsDone;

    public async Task<long> BalanceAsync(string account, CancellationToken cancellationToken) =>
        (await _bank.BalancesAsync([account], cancellationToken))[0]!.Value;
}
