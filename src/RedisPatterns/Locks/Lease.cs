using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>A lock, or a permit of a semaphore, that is held. Dispose it to give it back. Thread-safe.</summary>
public sealed class Lease : IAsyncDisposable
{
    private const int RenewalsPerLifetime = 3;

    private readonly LeaseClaim _claim;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private CancellationTokenSource? _lost;
    private Task _keeping = Task.CompletedTask;
    private long _renewedAt;
    private bool _isLost;
    private bool _isDisposed;

    internal Lease(LeaseClaim claim, long token, long acquiredAt)
    {
        (_claim, _renewedAt, FencingToken) = (claim, acquiredAt, token);
        _timer = Options.TimeProvider.CreateTimer(static lease => ((Lease)lease!).Keep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Due(), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The name of the lock, semaphore or election.</summary>
    public string Lock => _claim.Name;

    /// <summary>What is locked.</summary>
    public string Resource => _claim.Resource;

    /// <summary>A number greater than that of every lease of this lock before. Give it to what lies outside of the store; that must refuse one less than it has seen.</summary>
    /// <remarks>At most 2^53. It grows also when the lock's key was lost, as long as the server's clock does not go back.</remarks>
    public long FencingToken { get; }

    /// <summary>Cancelled when the lease may have run out by this process's own clock, or a renewal has found it lost. After disposal it stays as it is.</summary>
    /// <remarks>A process that stands still learns of it too late: let what must not happen twice be refused by the store.</remarks>
    public CancellationToken Lost
    {
        get
        {
            lock (_gate)
            {
                _lost ??= new CancellationTokenSource();
                if (_isLost)
                {
                    _lost.Cancel();
                }

                return _lost.Token;
            }
        }
    }

    /// <summary>Holds as long as nobody else has taken the lock and it was not released: for an <see cref="AtomicBatch"/> on keys of the same keyspace.</summary>
    public BatchCondition Condition => _claim.Condition;

    internal LeaseFence Fence => _claim.Fence;

    private LockOptions Options => _claim.Options;

    private TimeSpan Left => Options.Lifetime - Options.TimeProvider.GetElapsedTime(Interlocked.Read(ref _renewedAt));

    /// <summary>Lets the lifetime begin anew. One round trip. Only for leases that are not renewed in the background.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether the lease is still held; one that has run out is renewed if nobody else has taken the lock.</returns>
    /// <exception cref="ObjectDisposedException">The lease is disposed.</exception>
    public async ValueTask<bool> RenewAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), this);
        var asked = Options.TimeProvider.GetTimestamp();
        var isHeld = await _claim.Store.EvaluateAsync(_claim.Renew(), cancellationToken).ConfigureAwait(false);
        if (isHeld)
        {
            Interlocked.Exchange(ref _renewedAt, asked);
        }
        else
        {
            TellLost();
        }

        return isHeld;
    }

    /// <summary>Gives the lock back; does nothing the second time, or when the lease was lost. One round trip.</summary>
    /// <exception cref="StoreException">The store failed; the lock ends with its lifetime.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask DisposeAsync()
    {
        if (await EndAsync().ConfigureAwait(false))
        {
            await _claim.Store.EvaluateAsync(_claim.GiveBack(), CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps the lease no longer, and does not give it back either: there is nothing to give back.</summary>
    /// <returns>Whether it was kept until now.</returns>
    internal async ValueTask<bool> EndAsync()
    {
        Task keeping;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return false;
            }

            _isDisposed = true;
            keeping = _keeping;
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(false);
        return true;
    }

    /// <summary>The name of the lock.</summary>
    public override string ToString() => Lock;

    private TimeSpan Due()
    {
        var (step, left) = (Options.Lifetime / RenewalsPerLifetime, Left);
        return Options.Renews && step < left ? step : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Keep()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _keeping = KeepAsync();
            }
        }
    }

    // Renews, and watches that the lifetime does not pass since the last renewal was asked for. What fails is tried again.
    private async Task KeepAsync()
    {
        await Task.Yield();
        try
        {
            if (Options.Renews && !await RenewAsync().ConfigureAwait(false))
            {
                return;
            }
        }
        catch (StoreException)
        {
            // As long as the lease lasts, another time may go well.
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        if (Left <= TimeSpan.Zero)
        {
            TellLost();
            return;
        }

        lock (_gate)
        {
            if (!_isDisposed)
            {
                _timer.Change(Due(), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void TellLost()
    {
        CancellationTokenSource? lost;
        lock (_gate)
        {
            _isLost = true;
            lost = _lost;
        }

        lost?.Cancel();
    }
}
