namespace RedisPatterns;

/// <summary>Locks of a keyspace, one for each resource, held by many who read or by one who writes. Thread-safe; hold it.</summary>
/// <remarks>
/// Those who wait are served in the order in which they came: a writer waits for the readers that are there and for nobody
/// who comes later, and readers that wait behind it get in together. A lease can not be turned from one for reading into one
/// for writing: two who tried would wait for each other. What holds of leases that run out, and of guards, is as with
/// <see cref="KeyspaceLock"/>.
/// </remarks>
public sealed class KeyspaceReadWriteLock
{
    private const long ManyReaders = 1L << 40;
    private const long Alone = 0;
    private readonly Keyspace _keyspace;
    private readonly LockOptions _options;

    internal KeyspaceReadWriteLock(Keyspace keyspace, string name, LockOptions options)
    {
        KeyGrammar.ThrowIfBadName(name, "a lock");
        (_keyspace, Name, _options) = (keyspace, name, options);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Takes the lock for reading if nobody writes or waits to, or within a time.</summary>
    /// <param name="resource">What is locked; any text that is not empty.</param>
    /// <param name="wait">How long to wait for it; not at all unless given.</param>
    /// <param name="cancellationToken">Gives up waiting; the lock is not kept then.</param>
    /// <returns>The lease, or null. One round trip for each time that is asked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="StoreException">The store failed. If the lock was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public ValueTask<Lease?> TryAcquireReadAsync(string resource, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        LeaseWait.TryAcquireAsync(ClaimOf(resource, ManyReaders), wait, cancellationToken);

    /// <summary>Takes the lock for reading, and waits for it as long as it takes.</summary>
    /// <param name="resource">What is locked; any text that is not empty.</param>
    /// <param name="cancellationToken">Gives up waiting; the lock is not kept then.</param>
    /// <returns>The lease. One round trip for each time that is asked.</returns>
    /// <exception cref="StoreException">The store failed. If the lock was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public ValueTask<Lease> AcquireReadAsync(string resource, CancellationToken cancellationToken = default) =>
        LeaseWait.AcquireAsync(ClaimOf(resource, ManyReaders), cancellationToken);

    /// <summary>Takes the lock for writing if nobody has it or waits for it, or within a time.</summary>
    /// <param name="resource">What is locked; any text that is not empty.</param>
    /// <param name="wait">How long to wait for it; not at all unless given.</param>
    /// <param name="cancellationToken">Gives up waiting; the lock is not kept then.</param>
    /// <returns>The lease, or null. One round trip for each time that is asked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="StoreException">The store failed. If the lock was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public ValueTask<Lease?> TryAcquireWriteAsync(string resource, TimeSpan wait = default, CancellationToken cancellationToken = default) =>
        LeaseWait.TryAcquireAsync(ClaimOf(resource, Alone), wait, cancellationToken);

    /// <summary>Takes the lock for writing, and waits for it as long as it takes.</summary>
    /// <param name="resource">What is locked; any text that is not empty.</param>
    /// <param name="cancellationToken">Gives up waiting; the lock is not kept then.</param>
    /// <returns>The lease. One round trip for each time that is asked.</returns>
    /// <exception cref="StoreException">The store failed. If the lock was taken all the same, it is given back; if that fails too, it ends with its lifetime.</exception>
    public ValueTask<Lease> AcquireWriteAsync(string resource, CancellationToken cancellationToken = default) =>
        LeaseWait.AcquireAsync(ClaimOf(resource, Alone), cancellationToken);

    /// <summary>Who has the lock. One round trip; may be otherwise a moment later.</summary>
    /// <param name="resource">What is locked.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>How many read, and whether one writes.</returns>
    public async ValueTask<(long Readers, bool IsWritten)> CountHeldAsync(string resource, CancellationToken cancellationToken = default)
    {
        var count = await _keyspace.Store.EvaluateAsync(PermitScripts.Count.With([KeyOf(resource)]), cancellationToken).ConfigureAwait(false);
        return (Math.Max(0, count), count < 0);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private StoreKey KeyOf(string resource)
    {
        ArgumentException.ThrowIfNullOrEmpty(resource);
        return KeyGrammar.ReadWriteLock(_keyspace.Tag, Name, resource);
    }

    private PermitClaim ClaimOf(string resource, long limit) => new(_keyspace.Store, KeyOf(resource), LeaseWait.NewOwner(), Name, resource, _options, limit, isQueued: true);
}
