namespace RedisPatterns.Testing;

/// <summary>Holds the first call of a script back until it is told to let it go: a process that stands still just before it writes.</summary>
internal sealed class HoldingKeyValueStore(IKeyValueStore inner, string script) : DelegatingKeyValueStore(inner, ownsInner: false)
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the call has come.</summary>
    public Task Held => _held.Task;

    /// <summary>Lets the call go.</summary>
    public void Release() => _released.TrySetResult();

    /// <inheritdoc/>
    public override async ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
    {
        if (call.Script.Name == script && _held.TrySetResult())
        {
            await _released.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return await Inner.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
    }
}
