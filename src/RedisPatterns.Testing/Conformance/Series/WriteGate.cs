namespace RedisPatterns.Testing;

/// <summary>A store whose batches can be made to wait: one that has stopped answering, until it goes on.</summary>
internal sealed class WriteGate
{
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriteGate(IKeyValueStore inner)
    {
        _opened.SetResult();
        Store = new InterruptedKeyValueStore(inner, async () =>
        {
            if (!_opened.Task.IsCompleted)
            {
                _entered.TrySetResult();
            }

            await _opened.Task.ConfigureAwait(false);
        });
    }

    /// <summary>The store.</summary>
    public IKeyValueStore Store { get; }

    /// <summary>Ends when a call waits.</summary>
    public Task Entered => _entered.Task;

    /// <summary>From now on calls wait.</summary>
    public void Close() => _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets all calls go.</summary>
    public void Open() => _opened.TrySetResult();
}
