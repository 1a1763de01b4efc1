namespace RedisPatterns;

/// <summary>Semaphores of a keyspace, one for each resource, whose permits several processes hold at once. Thread-safe; hold it.</summary>
/// <remarks>
/// A permit ends when its lease is disposed, or when the lifetime passes without a renewal, by the server's clock; the next
/// one who asks removes what has ended. Where a permit that has ended must not be used, go through
/// <see cref="Repository{T, TModel}.GuardedBy"/> or <see cref="Lease.Condition"/>.
/// </remarks>
public sealed class KeyspaceSemaphore
{
    /// <summary>The greatest number of permits.</summary>
    public const int GreatestPermits = 1_000_000;

    private readonly Keyspace _keyspace;
    private readonly LockOptions _options;

    internal KeyspaceSemaphore(Keyspace keyspace, string name, int permits, LockOptions options)
    {
        KeyGrammar.ThrowIfBadName(name, "a semaphore");
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permits, GreatestPermits);
        (_keyspace, Name, Permits, _options) = (keyspace, name, permits, options);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How many hold a permit of a resource at once.</summary>
    public int Permits { get; }

    /// <summary>Takes a permit if there is one, or one becomes free within a time.</summary>
    /// <param name="resource">What the permit is for; any text that is not empty.</param>
    /// <param name="wait">How long to wait for it; not at all unless given.</param>
    /// <param name="cancellationToken">Gives up waiting; no permit is kept then.</param>
    /// <returns>The lease; null when others hold all permits. One round trip for each time that is asked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="StoreException">The store failed. If a permit was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public ValueTask<Lease?> TryAcquireAsync(string resource, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        LeaseWait.TryAcquireAsync(ClaimOf(resource), wait, cancellationToken);

    /// <summary>Takes a permit, and waits for it as long as it takes.</summary>
    /// <param name="resource">What the permit is for; any text that is not empty.</param>
    /// <param name="cancellationToken">Gives up waiting; no permit is kept then.</param>
    /// <returns>The lease. One round trip for each time that is asked.</returns>
    /// <exception cref="StoreException">The store failed. If a permit was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public ValueTask<Lease> AcquireAsync(string resource, CancellationToken cancellationToken = default) => LeaseWait.AcquireAsync(ClaimOf(resource), cancellationToken);

    /// <summary>How many permits are held. One round trip; may be otherwise a moment later.</summary>
    /// <param name="resource">What the permits are for.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<long> CountHeldAsync(string resource, CancellationToken cancellationToken = default) =>
        _keyspace.Store.EvaluateAsync(PermitScripts.Count.With([KeyOf(resource)]), cancellationToken);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private StoreKey KeyOf(string resource)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        return KeyGrammar.Semaphore(_keyspace.Tag, Name, resource);
    }

    private PermitClaim ClaimOf(string resource) => new(_keyspace.Store, KeyOf(resource), LeaseWait.NewOwner(), Name, resource, _options, Permits, _options.IsFair);
}
