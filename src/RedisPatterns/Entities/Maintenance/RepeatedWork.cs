namespace RedisPatterns;

/// <summary>Work that is done on each of several things again and again, in the background, until it is disposed. Thread-safe.</summary>
internal sealed class RepeatedWork<TItem> : IAsyncDisposable
    where TItem : class
{
    private readonly Func<TItem, CancellationToken, ValueTask> _work;
    private readonly Action<TItem, Exception> _failed;
    private readonly CancellationTokenSource _stopping = new();
    private readonly PeriodicTimer _timer;
    private readonly Lock _lock = new();
    private readonly Task _running;
    private TItem[] _items = [];
    private long _runs;
    private bool _isDisposed;

    /// <summary>Begins, with the first run after one interval.</summary>
    /// <param name="interval">How long to wait between runs.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="work">What is done.</param>
    /// <param name="failed">Told of each failure; what it throws ends the runs.</param>
    public RepeatedWork(TimeSpan interval, TimeProvider timeProvider, Func<TItem, CancellationToken, ValueTask> work, Action<TItem, Exception> failed)
    {
        (_work, _failed) = (work, failed);
        _timer = new PeriodicTimer(interval, timeProvider);
        _running = RunAsync();
    }

    /// <summary>How many runs have ended, well or not.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Adds things, from the next run on; those that are there already are there once.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public void Add(IEnumerable<TItem> items, object owner)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, owner);
            _items = [.. _items.Union(items)];
        }
    }

    /// <summary>Stops: a run that goes on is broken off and waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _timer.Dispose();
        try
        {
            await _running.ConfigureAwait(false);
        }
        finally
        {
            _stopping.Dispose();
        }
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            foreach (var item in Volatile.Read(ref _items))
            {
                if (!await TryAsync(item).ConfigureAwait(false))
                {
                    return;
                }
            }

            Interlocked.Increment(ref _runs);
        }
    }

    // False when it has been stopped meanwhile.
    private async ValueTask<bool> TryAsync(TItem item)
    {
        try
        {
            await _work(item, _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _failed(item, error);
        }

        return true;
    }
}
