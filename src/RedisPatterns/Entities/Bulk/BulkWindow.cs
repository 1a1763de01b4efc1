using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>What is in flight of work on many items: started at one end and taken off at the other, so in order.</summary>
internal sealed class BulkWindow<TItem, TResult>(Func<TItem, CancellationToken, ValueTask<TResult>> write, BulkOptions options, long? total)
{
    private readonly Queue<ValueTask<TResult>> _queue = new();
    private Task<TResult>? _head;
    private long _completed;
    private long _reported = -1;

    public long Failed { get; private set; }

    public bool IsEmpty => _head is null && _queue.Count == 0;

    /// <summary>Whether the oldest has to be taken off before another is started.</summary>
    public bool IsFull => _queue.Count + (_head is null ? 0 : 1) >= options.MaximumInFlight;

    public bool IsHeadCompleted => _head is not null ? _head.IsCompleted : _queue.TryPeek(out var first) && first.IsCompleted;

    /// <summary>The oldest, to be waited for together with something else; it is still to be taken off.</summary>
    public Task Head => _head ??= _queue.Dequeue().AsTask();

    public void Start(TItem item, CancellationToken cancellationToken)
    {
        ValueTask<TResult> pending;
        try
        {
            pending = write(item, cancellationToken);
        }
        catch (StoreException exception)
        {
            pending = ValueTask.FromException<TResult>(exception);
        }

        _queue.Enqueue(pending);
    }

    /// <summary>Waits for the oldest and takes it off. Its store error is its outcome; any other is thrown.</summary>
    public ValueTask<BulkResult<TResult>> TakeAsync()
    {
        var pending = Remove();
        return pending.IsCompletedSuccessfully ? new(Complete(pending.GetAwaiter().GetResult(), null)) : AwaitAsync(pending);
    }

    /// <summary>Tells the progress at the end.</summary>
    public void Finish()
    {
        if (_reported != _completed)
        {
            Report();
        }
    }

    /// <summary>Waits for all that is in flight and lets it go: something else has stopped the work, and that is what is thrown.</summary>
    public async ValueTask DrainAsync()
    {
        while (!IsEmpty)
        {
            var task = Remove().AsTask();
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<BulkResult<TResult>> AwaitAsync(ValueTask<TResult> pending)
    {
        TResult value;
        try
        {
            value = await pending.ConfigureAwait(false);
        }
        catch (StoreException exception)
        {
            return Complete(default, exception);
        }

        return Complete(value, null);
    }

    private BulkResult<TResult> Complete(TResult? value, StoreException? error)
    {
        var index = _completed++;
        Failed += error is null ? 0 : 1;
        if (_completed % options.ProgressEvery == 0)
        {
            Report();
        }

        return new(index, value, error);
    }

    private ValueTask<TResult> Remove()
    {
        if (_head is not { } head)
        {
            return _queue.Dequeue();
        }

        _head = null;
        return new(head);
    }

    private void Report()
    {
        _reported = _completed;
        options.Progress?.Report(new(_completed, Failed, total));
    }
}
