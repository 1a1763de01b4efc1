namespace RedisPatterns;

/// <summary>
/// Gathers samples in a bounded buffer and adds them in batches, by number and by time; sends again what got no answer, so that each is
/// written exactly once. Thread-safe, for any number of producers.
/// </summary>
/// <remarks>
/// One batch is on its way at a time, so the samples of a series are added in the order in which they were accepted. What is accepted lies
/// in the memory of this process until it is written: it is lost with the process, but not by failures of the store while it lives. A batch
/// that could not be written stays the first and is tried again after a pause, and the buffer fills meanwhile. Dispose it in the end.
/// It measures under the name of <see cref="TelemetryKeyValueStore.InstrumentationName"/>: <c>redispatterns.series.written</c>, <c>dropped</c>,
/// <c>retries</c>, <c>batch.size</c>, <c>lag</c> in seconds and <c>buffered</c>.
/// </remarks>
public sealed class SeriesWriter : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly KeyspaceTimeSeries _series;
    private readonly SeriesWriterOptions _options;
    private readonly BatchSender _sender;
    private readonly TimeProvider _time;
    private readonly int _batchSize;
    private readonly string _id = LeaseWait.NewOwner();
    private readonly KeyValuePair<string, object?> _tag;
    private readonly SampleQueue _queue = new();
    private readonly LinkedList<RoomWaiter> _waiters = [];
    private readonly List<(long Until, TaskCompletionSource Done)> _flushes = [];
    private readonly ITimer _timer;

    // The batch on its way, or the one that failed and rests. Changed by the sender alone.
    private readonly List<NamedSample> _batch = [];
    private long _batchNumber;
    private long _batchSince;

    private long _accepted;
    private bool _isArmed;
    private bool _isSending;
    private bool _isResting;
    private TaskCompletionSource? _disposal;
    private long _dropped;

    internal SeriesWriter(KeyspaceTimeSeries series, SeriesWriterOptions options)
    {
        (_series, _options, _time) = (series, options, options.TimeProvider);
        _batchSize = Math.Min(options.BatchSize, options.Capacity / 2);
        _tag = new(SeriesInstruments.SetName, series.Name);
        _sender = new(series, options, _tag);
        _timer = _time.CreateTimer(static state => ((SeriesWriter)state!).OnTime(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        SeriesInstruments.Observe(this, _tag);
    }

    /// <summary>How many samples it holds: accepted, and not known to be written.</summary>
    public int Buffered
    {
        get
        {
            lock (_lock)
            {
                return Held;
            }
        }
    }

    /// <summary>How long the oldest sample that it holds has waited; zero when there is none.</summary>
    public TimeSpan OldestAge
    {
        get
        {
            lock (_lock)
            {
                return _batch.Count > 0 ? _time.GetElapsedTime(_batchSince) : _queue.Count > 0 ? _time.GetElapsedTime(_queue.Since) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>How many samples were written, or merged with one of their moment by the duplicate policy.</summary>
    public long Written => _sender.Written;

    /// <summary>How many samples were left out as <see cref="TimeSeriesOptions.Ignore"/> says.</summary>
    public long Ignored => _sender.Ignored;

    /// <summary>How many samples <see cref="DuplicatePolicy.Block"/> refused, since there was another of their moment.</summary>
    public long Refused => _sender.Refused;

    /// <summary>How many samples were accepted and given up: for lack of room by <see cref="WhenFull.DropOldest"/>, or by <see cref="FailedBatch.Discard"/>.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>How often a batch was sent again.</summary>
    public long Retries => _sender.Retries;

    private int Held => _batch.Count + _queue.Count;

    private long First => _accepted - _queue.Count;

    /// <summary>Accepts a sample; returns at once where there is room. It is written later.</summary>
    /// <param name="series">The name of the series.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="cancellationToken">Gives up waiting for room; the sample was not accepted.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="SampleException">The sample can not be kept.</exception>
    /// <exception cref="SeriesWriterFullException">There is no room, and <see cref="WhenFull.Throw"/> is set.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed, or was while the call waited; the sample was not accepted.</exception>
    public ValueTask WriteAsync(string series, SeriesSample sample, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(series);
        SampleCheck.ThrowIfBad(sample, _series.Name, 0);
        cancellationToken.ThrowIfCancellationRequested();
        var isDropping = false;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposal is not null, this);
            if (Held == _options.Capacity || _waiters.Count > 0)
            {
                switch (_options.WhenFull)
                {
                    case WhenFull.Throw:
                        throw Full();
                    case WhenFull.Wait:
                        return WaitAsync(Enqueue(new(new(series, sample), null, 0)), cancellationToken);
                    default:
                        Drop();
                        isDropping = true;
                        break;
                }
            }

            Accept(new(series, sample));
        }

        if (isDropping)
        {
            SeriesInstruments.Dropped.Add(1, _tag);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Accepts samples of many series, in their order; returns at once where there is room. They are written later, not all of them in one batch.</summary>
    /// <param name="samples">The samples; not to be changed before the call ends.</param>
    /// <param name="cancellationToken">Gives up waiting for room; the first of the samples may have been accepted.</param>
    /// <exception cref="ArgumentException">The name of a series is empty; none was accepted.</exception>
    /// <exception cref="SampleException">A sample can not be kept; none was accepted.</exception>
    /// <exception cref="SeriesWriterFullException">There is no room for all of them, and <see cref="WhenFull.Throw"/> is set; none was accepted.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed; where it was while the call waited, the first of the samples may have been accepted.</exception>
    public ValueTask WriteAsync(IReadOnlyList<NamedSample> samples, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        SampleCheck.ThrowIfBad(samples, _series.Name);
        cancellationToken.ThrowIfCancellationRequested();
        var dropped = 0;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposal is not null, this);
            if (_options.WhenFull == WhenFull.Throw && samples.Count > _options.Capacity - Held)
            {
                throw Full();
            }

            for (var i = 0; i < samples.Count; i++)
            {
                if (Held == _options.Capacity || _waiters.Count > 0)
                {
                    if (_options.WhenFull == WhenFull.Wait)
                    {
                        return WaitAsync(Enqueue(new(default, samples, i)), cancellationToken);
                    }

                    Drop();
                    dropped++;
                }

                Accept(samples[i]);
            }
        }

        if (dropped > 0)
        {
            SeriesInstruments.Dropped.Add(dropped, _tag);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Writes at once, and waits until all that was accepted before is written, or was dropped meanwhile.</summary>
    /// <param name="cancellationToken">Gives up waiting; it is written all the same.</param>
    /// <exception cref="StoreException">The store did not take a batch within the bounds of <see cref="SeriesWriterOptions.Retry"/>. What was not written is kept, unless <see cref="SeriesWriterOptions.BatchFailed"/> discards it.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (long Until, TaskCompletionSource Done) flush;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposal is not null, this);
            if (Held == 0)
            {
                return;
            }

            flush = (_accepted, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _flushes.Add(flush);
            Rouse();
            Schedule();
        }

        try
        {
            await flush.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _flushes.Remove(flush);
            }
        }
    }

    /// <summary>Accepts nothing more, writes what it holds, and has what it wrote sealed as far as it was due. Those who wait for room are turned away.</summary>
    /// <exception cref="UnwrittenSamplesException">The store did not take a batch within the bounds of <see cref="SeriesWriterOptions.Retry"/>. It carries what was not written.</exception>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_disposal is null)
            {
                _disposal = new(TaskCreationOptions.RunContinuationsAsynchronously);
                foreach (var waiter in _waiters)
                {
                    waiter.TurnAway(new ObjectDisposedException(nameof(SeriesWriter)));
                }

                _waiters.Clear();
                Rouse();
                if (!_isSending)
                {
                    Start();
                }
            }

            return new(EndAsync(_disposal.Task));
        }
    }

    /// <summary>The name of the set, and what it holds.</summary>
    public override string ToString() => $"{_series.Name}: {Buffered} buffered, {Written} written";

    private string OperationId => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_id}.{_batchNumber}");

    private SeriesWriterFullException Full() => new($"{_series.Name}: the writer has no room.");

    private LinkedListNode<RoomWaiter> Enqueue(RoomWaiter waiter) => _waiters.AddLast(waiter);

    private async ValueTask WaitAsync(LinkedListNode<RoomWaiter> waiter, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                lock (_lock)
                {
                    if (waiter.List is not null)
                    {
                        _waiters.Remove(waiter);
                        waiter.Value.Cancel(token);
                    }
                }
            },
            null);
        await waiter.Value.Done.ConfigureAwait(false);
    }

    private void Accept(in NamedSample sample)
    {
        _queue.Add(sample, _time.GetTimestamp());
        _accepted++;
        if (!_isArmed || _queue.Count >= _batchSize)
        {
            Schedule();
        }
    }

    // A batch is at most half of what there is room for: behind it there is a sample to drop.
    private void Drop()
    {
        _queue.Take();
        Interlocked.Increment(ref _dropped);
    }

    private bool IsDue() => _batch.Count > 0 || _queue.Count >= _batchSize || (_queue.Count > 0 && (_disposal is not null || _flushes.Count > 0 || Rest() <= TimeSpan.Zero));

    private TimeSpan Rest() => _options.BatchDelay - _time.GetElapsedTime(_queue.Since);

    private void Schedule()
    {
        if (_isSending || _isResting)
        {
            return;
        }

        if (IsDue())
        {
            Start();
        }
        else if (_queue.Count > 0)
        {
            Arm(Rest());
        }
    }

    private void Arm(TimeSpan after)
    {
        _isArmed = true;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(after.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    // The timer may be that of the pause: the next sample sets it anew.
    private void Rouse()
    {
        if (_isResting)
        {
            (_isArmed, _isResting) = (false, false);
        }
    }

    // The sender is nobody's: it must not carry the context of the producer that happened to start it.
    private void Start()
    {
        _isSending = true;
        ThreadPool.UnsafeQueueUserWorkItem(static writer => _ = writer.SendAsync(), this, preferLocal: false);
    }

    private void OnTime()
    {
        lock (_lock)
        {
            (_isArmed, _isResting) = (false, false);
            Schedule();
        }
    }

    private async Task SendAsync()
    {
        while (TryTake())
        {
            if (await _sender.TryWriteAsync(_batch, OperationId).ConfigureAwait(false) is not { } failure)
            {
                Settle();
            }
            else if (_sender.Ask(failure) == FailedBatch.Discard)
            {
                Interlocked.Add(ref _dropped, _batch.Count);
                SeriesInstruments.Dropped.Add(_batch.Count, _tag);
                FailFlushes(failure.Error);
                Settle();
            }
            else
            {
                FailFlushes(failure.Error);
                if (!KeepsOn(failure))
                {
                    return;
                }
            }
        }
    }

    // Takes the next batch, or ends the sending.
    private bool TryTake()
    {
        lock (_lock)
        {
            if (!IsDue())
            {
                _isSending = false;
                if (_disposal is { } disposal)
                {
                    End();
                    disposal.TrySetResult();
                }
                else
                {
                    Schedule();
                }

                return false;
            }

            if (_batch.Count == 0)
            {
                (_batchNumber, _batchSince) = (_batchNumber + 1, _queue.Since);
                for (var i = Math.Min(_queue.Count, _batchSize); i > 0; i--)
                {
                    _batch.Add(_queue.Take());
                }
            }

            return true;
        }
    }

    // The batch is done: there is room for others.
    private void Settle()
    {
        lock (_lock)
        {
            _batch.Clear();
            while (_waiters.First is { } waiter && Held < _options.Capacity)
            {
                _queue.Add(waiter.Value.Take(), _time.GetTimestamp());
                _accepted++;
                if (waiter.Value.IsEmpty)
                {
                    _waiters.RemoveFirst();
                    waiter.Value.Succeed();
                }
            }

            foreach (var (until, done) in _flushes.ToArray())
            {
                if (until <= First)
                {
                    done.TrySetResult();
                }
            }

            _flushes.RemoveAll(flush => flush.Done.Task.IsCompleted);
        }
    }

    private void FailFlushes(Exception error)
    {
        lock (_lock)
        {
            foreach (var (_, done) in _flushes)
            {
                done.TrySetException(error);
            }

            _flushes.Clear();
        }
    }

    // The batch stays the first. Tells whether to try it again at once, for one who has come to flush meanwhile.
    private bool KeepsOn(SeriesBatchFailure failure)
    {
        lock (_lock)
        {
            if (_disposal is { } disposal)
            {
                var samples = new List<NamedSample>(Held);
                samples.AddRange(_batch);
                while (_queue.Count > 0)
                {
                    samples.Add(_queue.Take());
                }

                var uncertain = _batch.Count;
                _batch.Clear();
                _isSending = false;
                End();
                disposal.TrySetException(new UnwrittenSamplesException(
                    $"{_series.Name}: the store did not take {samples.Count} samples that the writer held.", failure.Error, samples, uncertain, failure.OperationId));
                return false;
            }

            if (_flushes.Count > 0)
            {
                return true;
            }

            (_isSending, _isResting) = (false, true);
            Arm(_options.FailurePause);
            return false;
        }
    }

    // Those who dispose of the writer may close the store next.
    private async Task EndAsync(Task written)
    {
        await written.ConfigureAwait(false);
        await _series.FinishSealingAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private void End()
    {
        _timer.Dispose();
        SeriesInstruments.Forget(this);
    }
}
