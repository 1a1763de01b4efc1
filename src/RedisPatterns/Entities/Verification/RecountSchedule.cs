namespace RedisPatterns;

/// <summary>Counts the totals of models again in the background, time after time, and puts right what is wrong.</summary>
/// <remarks>
/// Any number of schedules, in any number of processes, may work on the same totals: they carry on one another's recounts.
/// Begins when it is made, with the first run after one interval, and runs until it is disposed. Thread-safe.
/// </remarks>
public sealed class RecountSchedule : IAsyncDisposable
{
    private readonly RepeatedWork<IRecountedStorage> _work;
    private long _found;

    /// <summary>Begins to recount.</summary>
    /// <param name="options">How often and how, and who is told; null for the defaults.</param>
    /// <param name="timeProvider">The clock of the intervals; <see cref="TimeProvider.System"/> unless given.</param>
    public RecountSchedule(RecountScheduleOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= RecountScheduleOptions.Default;
        _work = new(
            options.Interval,
            timeProvider ?? TimeProvider.System,
            async (storage, cancellationToken) =>
            {
                var report = await storage.RecountAsync(options.Recount, cancellationToken).ConfigureAwait(false);
                Interlocked.Add(ref _found, report.Found);
                options.Done?.Invoke(storage.Name, report);
            },
            (storage, error) => options.Failed?.Invoke(storage.Name, error));
    }

    /// <summary>How many runs have ended, well or not.</summary>
    public long Runs => _work.Runs;

    /// <summary>How many totals were found to be wrong since the schedule was made.</summary>
    public long Found => Interlocked.Read(ref _found);

    /// <summary>Adds a repository, to be recounted from the next run on. Adding one twice changes nothing.</summary>
    /// <typeparam name="T">The type of its entities.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ModelException">The model declares no total.</exception>
    /// <exception cref="ObjectDisposedException">The schedule is disposed.</exception>
    public RecountSchedule Add<T>(IEntityRepository<T> repository)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(repository);
        var storages = repository.Storages;
        if (storages.Schema.Shape.Totals.Count == 0)
        {
            throw new ModelException($"{storages.Schema.Name}: the model declares no count or sum; there is nothing to recount.");
        }

        _work.Add(storages.All, this);
        return this;
    }

    /// <summary>Stops: a recount that goes on is broken off, which does no harm, and waited for.</summary>
    public ValueTask DisposeAsync() => _work.DisposeAsync();
}
