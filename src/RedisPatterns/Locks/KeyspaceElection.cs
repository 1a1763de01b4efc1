namespace RedisPatterns;

/// <summary>An election of one leader among the instances of an application. Thread-safe; hold it.</summary>
/// <remarks>
/// The leader is who holds a lock; what holds of <see cref="KeyspaceLock"/> holds here. A leader that stood still is followed
/// by another before it knows: what must not be done by two goes through the lease that it is given.
/// </remarks>
public sealed class KeyspaceElection
{
    private readonly Keyspace _keyspace;
    private readonly ElectionOptions _options;
    private Lease? _lease;

    internal KeyspaceElection(Keyspace keyspace, string name, string candidate, ElectionOptions options)
    {
        KeyGrammar.ThrowIfBadName(name, "an election");
        ArgumentException.ThrowIfNullOrEmpty(candidate);
        (_keyspace, Name, Candidate, _options) = (keyspace, name, candidate, options);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What others are told of this instance when it leads.</summary>
    public string Candidate { get; }

    /// <summary>Whether this instance leads, as far as it knows.</summary>
    public bool IsLeader => Volatile.Read(ref _lease) is { Lost.IsCancellationRequested: false };

    private StoreKey Key => KeyGrammar.Leader(_keyspace.Tag, Name);

    /// <summary>Stands for election until it is cancelled, and leads whenever it is elected.</summary>
    /// <param name="lead">
    /// What a leader does, with the lease of its term and a token that is cancelled when the term may have ended or the run is
    /// to end. When it returns, the leader resigns and stands again after a rest. What it throws ends the run, but for the
    /// cancellation that it was told of, and a <see cref="LeaseLostException"/> of its term: these end the term.
    /// </param>
    /// <param name="cancellationToken">Ends the run: the leader stops and resigns.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(Func<Lease, CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lead);
        while (true)
        {
            if (await ElectAsync(cancellationToken).ConfigureAwait(false) is { } lease)
            {
                try
                {
                    await LeadAsync(lead, lease, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    await ResignAsync(lease).ConfigureAwait(false);
                }
            }

            await Task.Delay(_options.Term.Rest, _options.Term.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Who leads. One round trip; may be otherwise a moment later.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The candidate; null when nobody leads.</returns>
    public ValueTask<string?> GetLeaderAsync(CancellationToken cancellationToken = default) =>
        _keyspace.Store.EvaluateAsync(LockScripts.Look.With([Key]), cancellationToken);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private async ValueTask<Lease?> ElectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LeaseWait.AcquireAsync(new LockClaim(_keyspace.Store, Key, LeaseWait.NewOwner(), Name, Name, _options.Term, Candidate), cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            _options.Failed?.Invoke(failure);
            return null;
        }
    }

    private async Task LeadAsync(Func<Lease, CancellationToken, Task> lead, Lease lease, CancellationToken cancellationToken)
    {
        using var term = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancellationToken);
        Volatile.Write(ref _lease, lease);
        try
        {
            await lead(lease, term.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // The term has ended, as the leader was told.
        }
        catch (LeaseLostException lost) when (lost.Lock == Name)
        {
            // The store has told it before its own clock did.
        }
        finally
        {
            Interlocked.CompareExchange(ref _lease, null, lease);
        }
    }

    private async ValueTask ResignAsync(Lease lease)
    {
        try
        {
            await lease.DisposeAsync().ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            _options.Failed?.Invoke(failure);
        }
    }
}
