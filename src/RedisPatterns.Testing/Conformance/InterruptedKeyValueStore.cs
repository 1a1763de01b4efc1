namespace RedisPatterns.Testing;

/// <summary>A store before each of whose calls something else happens: what others do at the worst of moments.</summary>
internal sealed class InterruptedKeyValueStore(IKeyValueStore inner, Func<ValueTask> before) : DelegatingKeyValueStore(inner, ownsInner: false)
{
    /// <inheritdoc/>
    public override async ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        await before().ConfigureAwait(false);
        return await Inner.SendAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
    {
        await before().ConfigureAwait(false);
        await Inner.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default)
    {
        await before().ConfigureAwait(false);
        return await Inner.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
    {
        await before().ConfigureAwait(false);
        return await Inner.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
    }
}
