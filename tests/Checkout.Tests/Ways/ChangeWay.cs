using RedisPatterns;

namespace Checkout.Tests.Ways;

/// <summary>Accounts and entries as entities, in one change.</summary>
internal sealed class ChangeWay(Keyspace keyspace, long minimum) : ITransferWay
{
    private readonly Repository<Account, AccountModel> _accounts = keyspace.Repository<Account, AccountModel>(new AccountModel());
    private readonly Repository<Entry, EntryModel> _entries = keyspace.Repository<Entry, EntryModel>(new EntryModel());

    // snippet: transfer-change
    public async Task<bool> TransferAsync(string id, string from, string to, long cents, CancellationToken cancellationToken)
    {
        while (await _accounts.GetAsync(from, cancellationToken) is { } payer && payer.Cents - cents >= minimum)
        {
            var change = keyspace.Change();
            change.Patch(_accounts, from, p => p.WhenVersion(payer.Version).Increment(m => m.Cents, -cents));
            change.Patch(_accounts, to, p => p.Increment(m => m.Cents, cents));
            change.Insert(_entries, new Entry(id, from, to, cents));
            try
            {
                await change.CommitAsync(cancellationToken);
                return true;
            }
            catch (VersionConflictException)
            {
                // The payer's account has changed meanwhile: look again.
            }
            catch (EntityExistsException)
            {
                return true;
            }
        }

        return await _entries.ExistsAsync(id, cancellationToken);
    }

    // end-snippet
    public async Task OpenAsync(string account, long cents, CancellationToken cancellationToken) =>
        await _accounts.InsertAsync(new Account(account, cents), cancellationToken);

    public async Task<long> BalanceAsync(string account, CancellationToken cancellationToken) =>
        (await _accounts.GetAsync(account, cancellationToken))!.Cents;
}
