namespace RedisPatterns;

/// <summary>Removes in the background what expired entities have left: index entries, claims and memos.</summary>
/// <remarks>
/// Writes and queries do so too, a few entities each; a sweeper is for models that are mostly read, or not used at all for a
/// while. Any number of sweepers, in any number of processes, may work on the same entities. Begins when it is made, with the
/// first run after one interval, and runs until it is disposed. Thread-safe.
/// </remarks>
public sealed class ExpirySweeper : IAsyncDisposable
{
    private readonly ExpirySweeperOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly PeriodicTimer _timer;
    private readonly Lock _lock = new();
    private readonly Task _running;
    private ISweptStorage[] _swept = [];
    private long _runs;
    private long _removed;
    private bool _isDisposed;

    /// <summary>Begins to sweep.</summary>
    /// <param name="options">How often and how much, and who is told of failures; null for the defaults.</param>
    /// <param name="timeProvider">The clock of the intervals; <see cref="TimeProvider.System"/> unless given.</param>
    public ExpirySweeper(ExpirySweeperOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = options ?? ExpirySweeperOptions.Default;
        _timer = new PeriodicTimer(_options.Interval, timeProvider ?? TimeProvider.System);
        _running = RunAsync();
    }

    /// <summary>How many runs have ended, well or not.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>How many entities were removed since the sweeper was made.</summary>
    public long Removed => Interlocked.Read(ref _removed);

    /// <summary>Adds a repository, to be swept from the next run on. Adding one twice changes nothing.</summary>
    /// <typeparam name="T">The type of its entities.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <returns>The sweeper.</returns>
    /// <exception cref="ModelException">The model does not say that its entities may expire.</exception>
    /// <exception cref="ObjectDisposedException">The sweeper is disposed.</exception>
    public ExpirySweeper Add<T>(IEntityRepository<T> repository)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(repository);
        var storages = repository.Storages;
        if (storages.Schema.Expiry is null)
        {
            throw new ModelException($"{storages.Schema.Name}: the model does not say that its entities may expire; there is nothing to sweep.");
        }

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _swept = [.. _swept.Union(storages.All)];
        }

        return this;
    }

    /// <summary>Stops: a run that goes on is broken off, which does no harm, and waited for.</summary>
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
            foreach (var storage in Volatile.Read(ref _swept))
            {
                if (!await TrySweepAsync(storage).ConfigureAwait(false))
                {
                    return;
                }
            }

            Interlocked.Increment(ref _runs);
        }
    }

    // False when the sweeper has been stopped meanwhile.
    private async ValueTask<bool> TrySweepAsync(ISweptStorage storage)
    {
        try
        {
            Interlocked.Add(ref _removed, await storage.SweepAsync(_options.LimitPerRun, _stopping.Token).ConfigureAwait(false));
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _options.Failed?.Invoke(new ExpirySweepFailure(storage.Name, error));
        }

        return true;
    }
}
