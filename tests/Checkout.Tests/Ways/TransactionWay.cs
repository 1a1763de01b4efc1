using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Tests.Ways;

/// <summary>An optimistic transaction.</summary>
internal sealed class TransactionWay(Keyspace keyspace, long minimum) : ITransferWay
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);
    private static readonly TransactionOptions Patient = new() { MaximumAttempts = 1_000 };

    // snippet: transfer-transaction
    public async Task<bool> TransferAsync(string id, string from, string to, long cents, CancellationToken cancellationToken)
    {
        var result = await keyspace.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var memory = keyspace.IdempotencyKey(id);
                var (left, right, isDone) = await transaction.ReadAsync(Strings.Get(Balance(from)), Strings.Get(Balance(to)), Keys.Exists(memory), cancellation);
                if (isDone) return true;
                if (left.IsNull || right.IsNull || left.AsInt64() - cents < minimum) return false;
                transaction.Add(Strings.Set(Balance(from), checked(left.AsInt64() - cents)));
                transaction.Add(Strings.Set(Balance(to), checked(right.AsInt64() + cents)));
                transaction.Add(Strings.Set(memory, StoreValue.Empty, Remembered));
                transaction.Add(Lists.RightPush(keyspace.Key("ledger"), $"{from} -> {to}: {cents}"));
                return true;
            },
            Patient,
            cancellationToken);
        result.EnsureCommitted();
        return result.Value;
    }

    // end-snippet
    public async Task OpenAsync(string account, long cents, CancellationToken cancellationToken) =>
        await keyspace.Store.SendAsync(Strings.Set(Balance(account), cents), cancellationToken);

    public async Task<long> BalanceAsync(string account, CancellationToken cancellationToken) =>
        (await keyspace.Store.SendAsync(Strings.Get(Balance(account)), cancellationToken)).AsInt64();

    private StoreKey Balance(string account) => keyspace.Key("balance", account);
}
