namespace RedisPatterns;

/// <summary>The numbers of one sequence of one store: what is left of the blocks taken, and who waits for the next ones.</summary>
/// <remarks>There are never more waiters than numbers on their way, and no block is taken that no waiter needs.</remarks>
internal sealed class SequenceBlocks(IdGeneration context, int blockSize)
{
    private readonly Lock _lock = new();
    private readonly Queue<(long First, long Last)> _blocks = new();
    private readonly Queue<Waiter> _waiters = new();
    private long _next = 1;
    private long _last;
    private long _waiting;
    private long _fetching;

    public bool TryTake(out long number)
    {
        lock (_lock)
        {
            return TryTakeCore(out number);
        }
    }

    public ValueTask<long> NextAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<long>(cancellationToken);
        }

        Waiter waiter;
        bool fetch;
        lock (_lock)
        {
            if (TryTakeCore(out var number))
            {
                return new(number);
            }

            waiter = new Waiter(this);
            _waiters.Enqueue(waiter);
            _waiting++;
            fetch = _waiting > _fetching * blockSize;
            _fetching += fetch ? 1 : 0;
        }

        // Not under the token: others wait for the block too.
        _ = fetch ? FetchAsync() : Task.CompletedTask;
        return cancellationToken.CanBeCanceled ? WaitAsync(waiter, cancellationToken) : new(waiter.Task);
    }

    private static async ValueTask<long> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).Cancel(token), waiter);
        return await waiter.Task.ConfigureAwait(false);
    }

    private async Task FetchAsync()
    {
        var last = 0L;
        Exception? error = null;
        try
        {
            last = await SequenceIdGenerator.TakeAsync(context, blockSize, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        lock (_lock)
        {
            _fetching--;
            if (error is null)
            {
                _blocks.Enqueue((last - blockSize + 1, last));
                while (_waiting > 0 && TryTakeCore(out var number))
                {
                    NextWaiter().SetResult(number);
                }
            }
            else
            {
                while (_waiting > _fetching * blockSize)
                {
                    NextWaiter().SetException(error);
                }
            }
        }
    }

    private bool TryTakeCore(out long number)
    {
        if (_next > _last && _blocks.TryDequeue(out var block))
        {
            (_next, _last) = block;
        }

        if (_next > _last)
        {
            number = 0;
            return false;
        }

        // The last number of all is not counted beyond.
        number = _next;
        (_next, _last) = _next == _last ? (1, 0) : (_next + 1, _last);
        return true;
    }

    private Waiter NextWaiter()
    {
        Waiter waiter;
        do
        {
            waiter = _waiters.Dequeue();
        }
        while (waiter.Task.IsCompleted);

        _waiting--;
        return waiter;
    }

    // A waiter is completed under the lock, so it is either given a number or cancelled; what follows runs elsewhere.
    private sealed class Waiter(SequenceBlocks owner) : TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public void Cancel(CancellationToken cancellationToken)
        {
            lock (owner._lock)
            {
                if (TrySetCanceled(cancellationToken))
                {
                    owner._waiting--;
                }
            }
        }
    }
}
