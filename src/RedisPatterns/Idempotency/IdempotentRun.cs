using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>An operation that runs. Not thread-safe.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public sealed class IdempotentRun<TResult>
{
    private readonly Func<TResult, StoreValue> _keep;
    private readonly StoreKey _key;
    private readonly TimeSpan _retention;
    private PendingReply<bool>? _kept;

    internal IdempotentRun(string operationId, Lease lease, StoreKey key, TimeSpan retention, Func<TResult, StoreValue> keep) =>
        (OperationId, Lease, _key, _retention, _keep) = (operationId, lease, key, retention, keep);

    /// <summary>The id that names the operation. Give it along, so that others too know it again.</summary>
    public string OperationId { get; }

    /// <summary>Held while it runs: for <see cref="Repository{T, TModel}.GuardedBy"/> and <see cref="Lease.Condition"/>.</summary>
    public Lease Lease { get; }

    /// <summary>Whether the result was kept by a batch.</summary>
    internal bool IsCompleted => _kept is { IsSuccess: true };

    /// <summary>Adds the keeping of the result to a batch, so that effect and result come in one step or not at all: exactly once.</summary>
    /// <remarks>The batch is refused if the operation was given to another meanwhile. Commit it, and return the same result.</remarks>
    /// <param name="batch">The batch with the operation's effect, on keys of the same keyspace.</param>
    /// <param name="result">The result.</param>
    /// <returns>The batch.</returns>
    public AtomicBatch Complete(AtomicBatch batch, TResult result)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.When(Lease.Condition);
        _kept = batch.Add(Strings.Set(_key, _keep(result), Expiry.After(_retention)));
        return batch;
    }
}
