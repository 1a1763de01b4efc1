namespace RedisPatterns;

/// <summary>Removes in the background what expired entities have left: index entries, claims and memos.</summary>
/// <remarks>
/// Writes and queries do so too, a few entities each; a sweeper is for models that are mostly read, or not used at all for a
/// while. Any number of sweepers, in any number of processes, may work on the same entities. Begins when it is made, with the
/// first run after one interval, and runs until it is disposed. Thread-safe.
/// </remarks>
public sealed class ExpirySweeper : IAsyncDisposable
{
    private readonly RepeatedWork<ISweptStorage> _work;
    private long _removed;

    /// <summary>Begins to sweep.</summary>
    /// <param name="options">How often and how much, and who is told of failures; null for the defaults.</param>
    /// <param name="timeProvider">The clock of the intervals; <see cref="TimeProvider.System"/> unless given.</param>
    public ExpirySweeper(ExpirySweeperOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= ExpirySweeperOptions.Default;
        _work = new(
            options.Interval,
            timeProvider ?? TimeProvider.System,
            async (storage, cancellationToken) => Interlocked.Add(ref _removed, await storage.SweepAsync(options.LimitPerRun, cancellationToken).ConfigureAwait(false)),
            (storage, error) => options.Failed?.Invoke(new ExpirySweepFailure(storage.Name, error)));
    }

    /// <summary>How many runs have ended, well or not.</summary>
    public long Runs => _work.Runs;

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

        _work.Add(storages.All, this);
        return this;
    }

    /// <summary>Stops: a run that goes on is broken off, which does no harm, and waited for.</summary>
    public ValueTask DisposeAsync() => _work.DisposeAsync();
}
