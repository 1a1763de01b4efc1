using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Sends appends: alone what finds nothing under way, and in one message what comes before the thread pool gets to send it.</summary>
/// <remarks>
/// Nothing waits for an answer that is not its own, so a slow network costs no more than without it: the busier the process is, the more
/// go together. Appends are handed over in the order in which they came. A store that answers at once, as that in memory does, never queues.
/// </remarks>
/// <param name="store">The store.</param>
/// <param name="more">Does what an append needs besides: with the new length of its bucket.</param>
/// <param name="lost">Is told of a bucket whose append has failed, or is not known to have been done with all that it needed.</param>
internal sealed class AppendQueue(IKeyValueStore store, Func<BucketAppend, long, CancellationToken, ValueTask> more, Action<OpenBucket> lost) : IThreadPoolWorkItem
{
    private const int Busy = 4;
    private const int MostTogether = 256;
    private const int MostBytesTogether = 64 * 1024;
    private const int MostInAStep = 512;
    private readonly Lock _lock = new();
    private readonly Queue<PendingAppend> _waiting = [];
    private volatile bool _isSending;

    // Behind a message of several others are about to come, so the first of them is no loner.
    private volatile int _lastTogether;
    private int _underWay;

    /// <summary>Appends to an open bucket. One round trip.</summary>
    /// <returns>True.</returns>
    public ValueTask<bool> AppendAsync(BucketAppend append, CancellationToken cancellationToken)
    {
        if (!_isSending && Volatile.Read(ref _underWay) == 0 && _lastTogether < Busy)
        {
            return AppendAloneAsync(append, cancellationToken);
        }

        var pending = new PendingAppend(append, cancellationToken);
        var begins = false;
        lock (_lock)
        {
            _waiting.Enqueue(pending);
            (begins, _isSending) = (!_isSending, true);
        }

        if (begins)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return new(cancellationToken.CanBeCanceled ? pending.Task.WaitAsync(cancellationToken) : pending.Task);
    }

    /// <summary>Appends to open buckets. A round trip for each 512 buckets, each of them one step.</summary>
    public ValueTask AppendAsync(IReadOnlyList<BucketAppend> appends, CancellationToken cancellationToken) =>
        appends.Count <= MostInAStep ? AppendStepAsync(appends, cancellationToken) : AppendStepsAsync(appends, cancellationToken);

    void IThreadPoolWorkItem.Execute()
    {
        while (Take() is { } group)
        {
            _ = SendAsync(group);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AppendAloneAsync(BucketAppend append, CancellationToken cancellationToken)
    {
        try
        {
            var sending = store.SendAsync(Strings.Append(append.Open.Key, append.Bytes), cancellationToken);
            await FinishAsync(append, sending.IsCompleted ? sending.GetAwaiter().GetResult() : await CountAsync(sending).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch
        {
            lost(append.Open);
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<long> CountAsync(ValueTask<long> sending)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            return await sending.ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async ValueTask AppendStepsAsync(IReadOnlyList<BucketAppend> appends, CancellationToken cancellationToken)
    {
        foreach (var some in appends.Chunk(MostInAStep))
        {
            await AppendStepAsync(some, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask AppendStepAsync(IReadOnlyList<BucketAppend> appends, CancellationToken cancellationToken)
    {
        long[] notable;
        try
        {
            notable = await store.EvaluateAsync(AppendScript.With(appends), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            foreach (var append in appends)
            {
                lost(append.Open);
            }

            throw;
        }

        // Whatever becomes of one, the others were appended and get what they need.
        var finishing = new Task[notable.Length / 2];
        for (var i = 0; i < finishing.Length; i++)
        {
            finishing[i] = FinishOrLoseAsync(appends[(int)notable[2 * i]], notable[(2 * i) + 1], cancellationToken);
        }

        await Task.WhenAll(finishing).ConfigureAwait(false);
    }

    private async Task FinishOrLoseAsync(BucketAppend append, long length, CancellationToken cancellationToken)
    {
        try
        {
            await FinishAsync(append, length, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            lost(append.Open);
            throw;
        }
    }

    // What is sent next; null when all was sent, and the next one to come begins anew.
    private List<PendingAppend>? Take()
    {
        lock (_lock)
        {
            var group = new List<PendingAppend>(Math.Min(_waiting.Count, MostTogether));
            for (var bytes = 0; group.Count < MostTogether && _waiting.TryPeek(out var next) && (group.Count == 0 || bytes + next.Append.Bytes.Length <= MostBytesTogether);)
            {
                _waiting.Dequeue();
                if (!next.IsCancelled())
                {
                    group.Add(next);
                    bytes += next.Append.Bytes.Length;
                }
            }

            _isSending = group.Count > 0;
            if (!_isSending)
            {
                return null;
            }

            _lastTogether = group.Count;
            return group;
        }
    }

    private async Task SendAsync(List<PendingAppend> group)
    {
        long[] notable;
        Interlocked.Increment(ref _underWay);
        try
        {
            notable = group.Count == 1
                ? [0, await store.SendAsync(Strings.Append(group[0].Append.Open.Key, group[0].Append.Bytes)).ConfigureAwait(false)]
                : await store.EvaluateAsync(AppendScript.With(group.ConvertAll(static pending => pending.Append))).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever it is, it is told to each whose append it was.
        catch (Exception error)
#pragma warning restore CA1031
        {
            foreach (var pending in group)
            {
                lost(pending.Append.Open);
                pending.TrySetException(error);
            }

            return;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }

        var next = 0;
        for (var i = 0; i < group.Count; i++)
        {
            if (next < notable.Length && notable[next] == i)
            {
                _ = FinishAsync(group[i], notable[next + 1]);
                next += 2;
            }
            else
            {
                group[i].TrySetResult(true);
            }
        }
    }

    private async Task FinishAsync(PendingAppend pending, long length)
    {
        try
        {
            await FinishOrLoseAsync(pending.Append, length, CancellationToken.None).ConfigureAwait(false);
            pending.TrySetResult(true);
        }
#pragma warning disable CA1031 // Whatever it is, it is told to the one whose append it was.
        catch (Exception error)
#pragma warning restore CA1031
        {
            pending.TrySetException(error);
        }
    }

    // What was refused is appended alone: so the error is the server's own, and only that one's.
    private async ValueTask FinishAsync(BucketAppend append, long length, CancellationToken cancellationToken)
    {
        if (length == AppendScript.Refused)
        {
            length = await store.SendAsync(Strings.Append(append.Open.Key, append.Bytes), cancellationToken).ConfigureAwait(false);
        }

        if (append.IsFirst(length) || append.IsWorthSealing(length))
        {
            await more(append, length, cancellationToken).ConfigureAwait(false);
        }
    }
}
