namespace RedisPatterns;

/// <summary>Locks of a keyspace, one for each resource, held by one process at a time. Thread-safe; hold it.</summary>
/// <remarks>
/// A lease ends when it is disposed, or when its lifetime passes without a renewal, by the server's clock. A process that
/// stands still longer than that is overtaken: what must not be done by two goes through
/// <see cref="Repository{T, TModel}.GuardedBy"/>, <see cref="Lease.Condition"/> or <see cref="Lease.FencingToken"/>, which
/// refuse the one that was overtaken. What a lock on Redis can not promise is on its page.
/// </remarks>
public sealed class KeyspaceLock
{
    private readonly Keyspace _keyspace;
    private readonly LockOptions _options;

    internal KeyspaceLock(Keyspace keyspace, string name, LockOptions options)
    {
        KeyGrammar.ThrowIfBadName(name, "a lock");
        (_keyspace, Name, _options) = (keyspace, name, options);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Takes the lock if it is free, or becomes free within a time.</summary>
    /// <param name="resource">What is locked; any text that is not empty.</param>
    /// <param name="wait">How long to wait for it; not at all unless given.</param>
    /// <param name="cancellationToken">Gives up waiting; the lock is not kept then.</param>
    /// <returns>The lease; null when another has the lock. One round trip for each time that is asked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="StoreException">The store failed. If the lock was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public ValueTask<Lease?> TryAcquireAsync(string resource, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        LeaseWait.TryAcquireAsync(ClaimOf(resource), wait, cancellationToken);

    /// <summary>Takes the lock, and waits for it as long as it takes.</summary>
    /// <param name="resource">What is locked; any text that is not empty.</param>
    /// <param name="cancellationToken">Gives up waiting; the lock is not kept then.</param>
    /// <returns>The lease. One round trip for each time that is asked.</returns>
    /// <exception cref="StoreException">The store failed. If the lock was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public ValueTask<Lease> AcquireAsync(string resource, CancellationToken cancellationToken = default) => LeaseWait.AcquireAsync(ClaimOf(resource), cancellationToken);

    /// <summary>Whether somebody has the lock. One round trip; may be otherwise a moment later.</summary>
    /// <param name="resource">What is locked.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<bool> IsHeldAsync(string resource, CancellationToken cancellationToken = default) =>
        await _keyspace.Store.EvaluateAsync(LockScripts.Look.With([KeyOf(resource)]), cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private StoreKey KeyOf(string resource)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        return KeyGrammar.Lock(_keyspace.Tag, Name, resource);
    }

    private LockClaim ClaimOf(string resource) => new(_keyspace.Store, KeyOf(resource), LeaseWait.NewOwner(), Name, resource, _options);
}
