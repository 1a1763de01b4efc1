namespace RedisPatterns;

/// <summary>A lock that is held. Dispose it to give the lock back. Thread-safe.</summary>
public sealed class Lease : IAsyncDisposable
{
    private const int RenewalsPerLifetime = 3;

    private readonly IKeyValueStore _store;
    private readonly LockOptions _options;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly StoreKey _key;
    private readonly string _owner;
    private readonly Task _keeping;
    private long _renewedAt;
    private int _isDisposed;

    internal Lease(IKeyValueStore store, StoreKey key, string name, string resource, string owner, long token, long acquiredAt, LockOptions options)
    {
        (_store, _key, _owner, _renewedAt, _options) = (store, key, owner, acquiredAt, options);
        (Lock, Resource, FencingToken) = (name, resource, token);
        Fence = new LeaseFence(key, owner, name);
        Lost = _lost.Token;
        _keeping = KeepAsync();
    }

    /// <summary>The name of the lock.</summary>
    public string Lock { get; }

    /// <summary>What is locked.</summary>
    public string Resource { get; }

    /// <summary>A number greater than that of every lease of this lock before. Give it to what lies outside of the store; that must refuse one less than it has seen.</summary>
    /// <remarks>At most 2^53. It grows also when the lock's key was lost, as long as the server's clock does not go back.</remarks>
    public long FencingToken { get; }

    /// <summary>Cancelled when the lease may have run out by this process's own clock, or a renewal has found it lost. After disposal it stays as it is.</summary>
    /// <remarks>A process that stands still learns of it too late: let what must not happen twice be refused by the store.</remarks>
    public CancellationToken Lost { get; }

    /// <summary>Holds as long as nobody else has taken the lock and it was not released: for an <see cref="AtomicBatch"/> on keys of the same keyspace.</summary>
    public BatchCondition Condition => BatchCondition.HashFieldEquals(_key, LockFields.Owner, _owner);

    internal LeaseFence Fence { get; }

    /// <summary>Lets the lifetime begin anew. One round trip. Only for leases that are not renewed in the background.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether the lease is still held; one that has run out is renewed if nobody else has taken the lock.</returns>
    /// <exception cref="ObjectDisposedException">The lease is disposed.</exception>
    public async ValueTask<bool> RenewAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
        var asked = _options.TimeProvider.GetTimestamp();
        var isHeld = await _store.EvaluateAsync(LockScripts.Renew.With([_key], [_owner, KeyspaceLock.Milliseconds(_options.Lifetime)]), cancellationToken).ConfigureAwait(false);
        if (isHeld)
        {
            Interlocked.Exchange(ref _renewedAt, asked);
        }
        else
        {
            await _lost.CancelAsync().ConfigureAwait(false);
        }

        return isHeld;
    }

    /// <summary>Gives the lock back; does nothing the second time, or when the lease was lost. One round trip.</summary>
    /// <exception cref="StoreException">The store failed; the lock ends with its lifetime.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        try
        {
            await _store.EvaluateAsync(LockScripts.Release.With([_key, KeyGrammar.LockQueue(_key.ToString())], [_owner]), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _stopping.Dispose();
        }
    }

    /// <summary>The name of the lock.</summary>
    public override string ToString() => Lock;

    // Renews, and watches that the lifetime does not pass since the last renewal was asked for.
    private async Task KeepAsync()
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                var left = _options.Lifetime - _options.TimeProvider.GetElapsedTime(Interlocked.Read(ref _renewedAt));
                if (left <= TimeSpan.Zero)
                {
                    await _lost.CancelAsync().ConfigureAwait(false);
                    return;
                }

                var step = _options.Lifetime / RenewalsPerLifetime;
                await Task.Delay(_options.Renews && step < left ? step : left, _options.TimeProvider, _stopping.Token).ConfigureAwait(false);
                if (_options.Renews && !await TryRenewAsync(_stopping.Token).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // It is disposed.
        }
    }

    // What fails is tried again as long as the lease lasts.
    private async ValueTask<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RenewAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
