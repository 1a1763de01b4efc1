namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <summary>
    /// Runs an optimistic transaction: the body reads, and adds writes; they are committed only if nothing it has read has
    /// changed, else the body is run again, after a pause that is drawn.
    /// </summary>
    /// <remarks>
    /// A round trip for each read, and one for the commit, at every attempt. The body must do nothing that can not be done
    /// twice. What the body throws ends the transaction, and nothing is written; so does a commit that fails by a timeout
    /// or a broken connection, whose outcome is unknown: repeat it with <see cref="StoreTransaction.RememberAs"/>.
    /// </remarks>
    /// <param name="store">The store.</param>
    /// <param name="body">What the transaction does; called once for each attempt.</param>
    /// <param name="options">How often it is tried; by default 16 times.</param>
    /// <param name="cancellationToken">Ends it: before the commit nothing is written, during it the outcome is unknown.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async ValueTask<TransactionResult> TransactAsync(
        this IKeyValueStore store,
        Func<StoreTransaction, CancellationToken, ValueTask> body,
        TransactionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return await store.TransactAsync(
            async (transaction, cancellation) =>
            {
                await body(transaction, cancellation).ConfigureAwait(false);
                return true;
            },
            options,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs an optimistic transaction whose body returns something: the body reads, and adds writes; they are committed only
    /// if nothing it has read has changed, else the body is run again, after a pause that is drawn.
    /// </summary>
    /// <remarks>
    /// A round trip for each read, and one for the commit, at every attempt. The body must do nothing that can not be done
    /// twice. What the body throws ends the transaction, and nothing is written; so does a commit that fails by a timeout
    /// or a broken connection, whose outcome is unknown: repeat it with <see cref="StoreTransaction.RememberAs"/>.
    /// </remarks>
    /// <typeparam name="T">What the body returns.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="body">What the transaction does; called once for each attempt.</param>
    /// <param name="options">How often it is tried; by default 16 times.</param>
    /// <param name="cancellationToken">Ends it: before the commit nothing is written, during it the outcome is unknown.</param>
    /// <returns>How it ended, with what the body returned.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async ValueTask<TransactionResult<T>> TransactAsync<T>(
        this IKeyValueStore store,
        Func<StoreTransaction, CancellationToken, ValueTask<T>> body,
        TransactionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(body);
        options ??= TransactionOptions.Default;
        StoreCommand? conflict = null;
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var transaction = new StoreTransaction(store);
            var value = await body(transaction, cancellationToken).ConfigureAwait(false);
            var (result, changed) = await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            conflict = changed ?? conflict;
            if (changed is null || attempt == options.MaximumAttempts)
            {
                var status = changed is not null ? TransactionStatus.Conflict
                    : result.Status == CommitStatus.Replayed ? TransactionStatus.Replayed
                    : result.IsCommitted ? TransactionStatus.Committed
                    : TransactionStatus.Refused;
                return new(status, attempt, conflict, result, value);
            }

            await Task.Delay(options.DrawPause(attempt), options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
