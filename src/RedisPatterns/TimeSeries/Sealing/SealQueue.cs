namespace RedisPatterns;

/// <summary>Seals buckets one after the other, while those who have added to them go on.</summary>
/// <remarks>
/// Sealing changes no sample, so nothing is lost when it fails or the process ends before: the bucket is sealed when it has grown further, or
/// by <see cref="KeyspaceTimeSeries.SealAsync"/>. It is bounded: where too many wait, those who add wait for one more.
/// </remarks>
internal sealed class SealQueue(ChunkSealer sealer, string set)
{
    private const int MostWaiting = 256;
    private readonly Lock _lock = new();
    private readonly Queue<Work> _waiting = [];
    private readonly HashSet<Work> _known = [];
    private readonly KeyValuePair<string, object?> _tag = new(SeriesInstruments.SetName, set);
    private bool _isRunning;

    /// <summary>Has a bucket sealed: begun at once where nothing else is, and waited for where too many wait already.</summary>
    public ValueTask AddAsync(string series, long start)
    {
        var work = new Work(series, start, null);
        lock (_lock)
        {
            if (_known.Count >= MostWaiting)
            {
                return _known.Contains(work) ? default : SealAsync(work);
            }

            if (!_known.Add(work))
            {
                return default;
            }
        }

        Enqueue(work);
        return default;
    }

    /// <summary>Ends when what was waiting to be sealed is.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new("", 0, reached));
        return reached.Task.WaitAsync(cancellationToken);
    }

    private void Enqueue(Work work)
    {
        bool begins;
        lock (_lock)
        {
            _waiting.Enqueue(work);
            (begins, _isRunning) = (!_isRunning, true);
        }

        if (begins)
        {
            _ = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        for (var isFirst = true; Take() is { } work; isFirst = false)
        {
            if (!isFirst)
            {
                // Whoever began it is not to do the work of others.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            if (work.Reached is { } reached)
            {
                reached.SetResult();
            }
            else
            {
                await SealAsync(work).ConfigureAwait(false);
            }
        }
    }

    private Work? Take()
    {
        lock (_lock)
        {
            _isRunning = _waiting.TryDequeue(out var work);
            if (work is not null)
            {
                _known.Remove(work);
            }

            return work;
        }
    }

    private async ValueTask SealAsync(Work work)
    {
        try
        {
            if (await sealer.SealAsync(work.Series, work.Start, CancellationToken.None).ConfigureAwait(false) is not null)
            {
                SeriesInstruments.Sealed.Add(1, _tag);
            }
        }
#pragma warning disable CA1031 // The samples are there, sealed or not; what keeps them from being sealed is counted.
        catch (Exception error)
#pragma warning restore CA1031
        {
            SeriesInstruments.SealFailures.Add(1, _tag, new("error.type", error.GetType().FullName));
        }
    }

    // A bucket that is to be sealed, or what is told when all before it are.
    private sealed record Work(string Series, long Start, TaskCompletionSource? Reached);
}
