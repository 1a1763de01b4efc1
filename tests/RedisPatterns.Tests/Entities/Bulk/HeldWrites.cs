namespace RedisPatterns.Tests.Entities.Bulk;

/// <summary>Writes of numbers that wait until they are let go, and answer ten times the number. Counts what is in flight.</summary>
internal sealed class HeldWrites
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _held = [];
    private int _inFlight;
    private int _mostInFlight;

    public int Started => Read(() => _held.Count);

    public int InFlight => Read(() => _inFlight);

    public int MostInFlight => Read(() => _mostInFlight);

    public void Release(int item) => Read(() => _held[item]).SetResult();

    public void Fail(int item, Exception error) => Read(() => _held[item]).SetException(error);

    public void ReleaseRest() => Array.ForEach(Read(_held.ToArray), held => held.TrySetResult());

    /// <summary>A write that heeds cancellation.</summary>
    public ValueTask<int> WriteAsync(int item, CancellationToken cancellationToken) => WaitAsync(item, cancellationToken);

    /// <summary>A write that does not: it ends when it is let go.</summary>
    public ValueTask<int> WriteToTheEndAsync(int item, CancellationToken cancellationToken) => WaitAsync(item, CancellationToken.None);

    private async ValueTask<int> WaitAsync(int item, CancellationToken cancellationToken)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _held.Add(held);
            _mostInFlight = Math.Max(_mostInFlight, ++_inFlight);
        }

        try
        {
            await held.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return item * 10;
        }
        finally
        {
            lock (_lock)
            {
                _inFlight--;
            }
        }
    }

    private T Read<T>(Func<T> what)
    {
        lock (_lock)
        {
            return what();
        }
    }
}
