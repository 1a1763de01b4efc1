using System.Text.Json;
using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Bank;

/// <summary>
/// Accounts that never come below a minimum. A transfer checks, moves and writes its ledger entry in one step and one round
/// trip, and may be repeated under its id. Thread-safe.
/// </summary>
/// <param name="keyspace">Where the accounts live.</param>
/// <param name="minimumCents">What stays in every account.</param>
public sealed class Transfers(Keyspace keyspace, long minimumCents = 0)
{
    /// <summary>The most that one transfer moves, so that no sum of a batch leaves 64 bits.</summary>
    public const long GreatestTransfer = 1_000_000_000_000_000;

    /// <summary>The most transfers of one batch.</summary>
    public const int GreatestBatch = 1_000;

    /// <summary>How long an id is known: repeat within this time, and nothing happens twice.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly StoreKey _ledger = keyspace.Key("ledger");

    /// <summary>Opens an account.</summary>
    /// <returns>Whether it did; false when there is one of that name.</returns>
    public async ValueTask<bool> OpenAsync(string account, long cents, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cents, minimumCents);
        return await keyspace.Store.SendAsync(Strings.Set(Balance(account), cents, Expiry.None, SetWhen.KeyAbsent), cancellationToken);
    }

    /// <summary>Moves money. After a timeout, call again with the same id.</summary>
    /// <param name="id">What names this transfer; used for no other.</param>
    /// <param name="transfer">The transfer.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<TransferOutcome> TransferAsync(string id, Transfer transfer, CancellationToken cancellationToken = default) =>
        TransferAsync(id, [transfer], cancellationToken);

    // snippet: transfer
    /// <summary>Makes several transfers, all or none. What counts for the minimum is what each account has at the end.</summary>
    /// <param name="id">What names these transfers together; used for nothing else.</param>
    /// <param name="transfers">The transfers.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<TransferOutcome> TransferAsync(string id, IReadOnlyList<Transfer> transfers, CancellationToken cancellationToken = default)
    {
        var entry = JsonSerializer.Serialize(new LedgerEntry(id, transfers), CheckoutJson.Default.LedgerEntry);
        var batch = new AtomicBatch().RememberAs(keyspace.IdempotencyKey($"transfer {id}"), Remembered);
        var obstacles = new List<(TransferStatus, string)>();
        void When(BatchCondition condition, TransferStatus otherwise, string account)
        {
            batch.When(condition);
            obstacles.Add((otherwise, account));
        }

        var balances = new Dictionary<string, PendingReply<long>>();
        foreach (var (account, cents) in NetOf(transfers))
        {
            var balance = Balance(account);
            When(BatchCondition.Exists(balance), TransferStatus.NoAccount, account);
            if (cents < 0) When(BatchCondition.NumberAtLeast(balance, minimumCents - cents), TransferStatus.BelowMinimum, account);
            if (cents > 0) When(BatchCondition.NumberAtMost(balance, long.MaxValue - cents), TransferStatus.AboveMaximum, account);
            balances.Add(account, batch.Add(Strings.Increment(balance, cents)));
        }

        // At the head of the ledger, where every server finds it again at once.
        batch.Add(Lists.LeftPush(_ledger, entry));
        var written = batch.Add(Lists.Get(_ledger, 0));

        CommitResult result;
        try
        {
            result = await keyspace.Store.CommitAsync(batch, cancellationToken);
        }
        catch (IdempotencyConflictException)
        {
            // What is remembered is a batch of another length, for other accounts.
            return TransferOutcome.Refused(TransferStatus.IdTaken);
        }

        if (result is { Status: CommitStatus.ConditionFailed, Error: null })
        {
            var (reason, account) = obstacles[result.Index];
            return TransferOutcome.Refused(reason, account);
        }

        // A repeated commit gets the first one's replies: also what that one wrote.
        if (result.EnsureCommitted().Status == CommitStatus.Replayed && written.Value != entry)
        {
            return TransferOutcome.Refused(TransferStatus.IdTaken);
        }

        var status = result.Status == CommitStatus.Replayed ? TransferStatus.DoneBefore : TransferStatus.Done;
        return new(status, null, balances.ToDictionary(pair => pair.Key, pair => pair.Value.Value));
    }

    // end-snippet

    /// <summary>The balances of accounts at one moment, in their order; null where there is no such account. One round trip.</summary>
    public async ValueTask<IReadOnlyList<long?>> BalancesAsync(IReadOnlyList<string> accounts, CancellationToken cancellationToken = default)
    {
        // A batch of one command, since Garnet reads several keys at one moment in a script alone.
        var batch = new AtomicBatch();
        var balances = batch.Add(Strings.GetMany([.. accounts.Select(Balance)]));
        (await keyspace.Store.CommitAsync(batch, cancellationToken)).EnsureCommitted();
        return [.. balances.Value.Select(balance => balance.IsNull ? null : (long?)balance.AsInt64())];
    }

    /// <summary>Entries of the ledger, the oldest first. One round trip.</summary>
    public async ValueTask<IReadOnlyList<LedgerEntry>> LedgerAsync(long from, int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var entries = await keyspace.Store.SendAsync(Lists.Range(_ledger, -(from + count), -(from + 1)), cancellationToken);
        return [.. entries.Reverse().Select(entry => JsonSerializer.Deserialize(entry.AsMemory().Span, CheckoutJson.Default.LedgerEntry)!)];
    }

    private static Dictionary<string, long> NetOf(IReadOnlyList<Transfer> transfers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(transfers.Count, nameof(transfers));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transfers.Count, GreatestBatch, nameof(transfers));
        var net = new Dictionary<string, long>();
        foreach (var transfer in transfers)
        {
            if (transfer.Cents is < 1 or > GreatestTransfer || transfer.From == transfer.To)
            {
                throw new ArgumentException("A transfer moves at least a cent, at most the greatest transfer, to another account.", nameof(transfers));
            }

            net[transfer.From] = net.GetValueOrDefault(transfer.From) - transfer.Cents;
            net[transfer.To] = net.GetValueOrDefault(transfer.To) + transfer.Cents;
        }

        return net;
    }

    private StoreKey Balance(string account) => keyspace.Key("balance", account);
}
