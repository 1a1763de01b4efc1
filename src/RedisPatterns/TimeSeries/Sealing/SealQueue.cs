namespace RedisPatterns;

/// <summary>Seals buckets, a few together, while those who have added to them go on.</summary>
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

    /// <summary>Has buckets sealed: begun at once where nothing else is, and waited for where too many wait already.</summary>
    public ValueTask AddAsync(params IReadOnlyList<(string Series, long Start)> buckets)
    {
        List<(string, long)>? tooMany = null;
        var begins = false;
        lock (_lock)
        {
            foreach (var (series, start) in buckets)
            {
                var work = new Work(series, start, null);
                if (_known.Contains(work))
                {
                    continue;
                }

                if (_known.Count < MostWaiting)
                {
                    _known.Add(work);
                    begins |= Enqueue(work);
                }
                else
                {
                    (tooMany ??= []).Add((series, start));
                }
            }
        }

        Begin(begins);
        return tooMany is null ? default : SealInTurnAsync(tooMany);
    }

    /// <summary>Ends when what was waiting to be sealed is.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool begins;
        lock (_lock)
        {
            begins = Enqueue(new("", 0, reached));
        }

        Begin(begins);
        return reached.Task.WaitAsync(cancellationToken);
    }

    // Tells whether nobody is at it. Under the lock.
    private bool Enqueue(Work work)
    {
        _waiting.Enqueue(work);
        (var begins, _isRunning) = (!_isRunning, true);
        return begins;
    }

    private void Begin(bool begins)
    {
        if (begins)
        {
            _ = RunAsync();
        }
    }

    private async ValueTask SealInTurnAsync(List<(string Series, long Start)> buckets)
    {
        foreach (var some in buckets.Chunk(ChunkSealer.MostTogether))
        {
            await SealAsync(some).ConfigureAwait(false);
        }
    }

    private async Task RunAsync()
    {
        var (some, reached) = (new List<(string, long)>(), new List<TaskCompletionSource>());
        for (var isFirst = true; Take(some, reached); isFirst = false)
        {
            if (!isFirst)
            {
                // Whoever began it is not to do the work of others.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            if (some.Count > 0)
            {
                await SealAsync(some).ConfigureAwait(false);
            }

            reached.ForEach(static one => one.SetResult());
        }
    }

    // What waits, up to so much; those who wait for it are told when all before them is done.
    private bool Take(List<(string Series, long Start)> some, List<TaskCompletionSource> reached)
    {
        some.Clear();
        reached.Clear();
        lock (_lock)
        {
            while (some.Count < ChunkSealer.MostTogether && _waiting.TryDequeue(out var work))
            {
                if (work.Reached is { } one)
                {
                    reached.Add(one);
                }
                else
                {
                    _known.Remove(work);
                    some.Add((work.Series, work.Start));
                }
            }

            return _isRunning = some.Count > 0 || reached.Count > 0;
        }
    }

    private async ValueTask SealAsync(IReadOnlyList<(string Series, long Start)> some)
    {
        try
        {
            foreach (var one in await sealer.BeginAsync(some, CancellationToken.None).ConfigureAwait(false))
            {
                try
                {
                    if (await one.ConfigureAwait(false) is not null)
                    {
                        SeriesInstruments.Sealed.Add(1, _tag);
                    }
                }
#pragma warning disable CA1031 // The samples are there, sealed or not; what keeps them from being sealed is counted.
                catch (Exception error)
                {
                    Fail(error, 1);
                }
            }
        }
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(error, some.Count);
        }
    }

    private void Fail(Exception error, int buckets) => SeriesInstruments.SealFailures.Add(buckets, _tag, new("error.type", error.GetType().FullName));

    // A bucket that is to be sealed, or what is told when all before it are.
    private sealed record Work(string Series, long Start, TaskCompletionSource? Reached);
}
