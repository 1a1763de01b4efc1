namespace RedisPatterns;

/// <summary>Works off rules, seals chunks and drops what need not be kept, in the background, time after time.</summary>
/// <remarks>
/// Any number of schedules, in any number of processes, may work on the same series: none of it is done twice. Begins when it is made, with
/// the first run after one interval, and runs until it is disposed. Thread-safe.
/// </remarks>
public sealed class SeriesSchedule : IAsyncDisposable
{
    private readonly RepeatedWork<KeyspaceTimeSeries> _work;

    /// <summary>Begins.</summary>
    /// <param name="options">How often, and who is told; null for the defaults.</param>
    /// <param name="timeProvider">The clock of the intervals; <see cref="TimeProvider.System"/> unless given.</param>
    public SeriesSchedule(SeriesScheduleOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= SeriesScheduleOptions.Default;
        _work = new(
            options.Interval,
            timeProvider ?? TimeProvider.System,
            async (series, cancellationToken) =>
            {
                // Dropped last: what is dropped was worked off, and an archive that fails keeps nothing else from being done.
                var buckets = await series.RunRulesAsync(cancellationToken).ConfigureAwait(false);
                var report = await series.SealAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                var dropped = await series.ApplyRetentionAsync(options.Archive, cancellationToken: cancellationToken).ConfigureAwait(false);
                options.Done?.Invoke(series.Name, new(buckets, report, dropped));
            },
            (series, error) => options.Failed?.Invoke(series.Name, error));
    }

    /// <summary>How many runs have ended, well or not.</summary>
    public long Runs => _work.Runs;

    /// <summary>Adds a set of series, to be kept from the next run on. Adding one twice changes nothing.</summary>
    /// <param name="series">The set.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ObjectDisposedException">The schedule is disposed.</exception>
    public SeriesSchedule Add(KeyspaceTimeSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        _work.Add([series], this);
        return this;
    }

    /// <summary>Stops: a run that goes on is broken off between two steps, and waited for.</summary>
    public ValueTask DisposeAsync() => _work.DisposeAsync();
}
