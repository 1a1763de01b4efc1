namespace RedisPatterns;

/// <summary>A store that hands everything to another one: the base of decorators, which override what they change.</summary>
/// <remarks>A decorator owns its inner store unless it is told otherwise: disposing the outer disposes the inner.</remarks>
public abstract class DelegatingKeyValueStore : IKeyValueStore
{
    private readonly bool _ownsInner;

    /// <summary>A decorator of a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="ownsInner">Whether disposing this one disposes the inner one.</param>
    protected DelegatingKeyValueStore(IKeyValueStore inner, bool ownsInner = true)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        _ownsInner = ownsInner;
    }

    /// <inheritdoc/>
    public virtual StoreCapabilities Capabilities => Inner.Capabilities;

    /// <summary>The decorated store.</summary>
    protected IKeyValueStore Inner { get; }

    /// <inheritdoc/>
    public virtual ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default) =>
        Inner.SendAsync(command, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default) =>
        Inner.SendAsync(pipeline, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
        StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default) =>
        Inner.SendToPrimariesAsync(command, primary, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default) =>
        Inner.CommitAsync(batch, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default) =>
        Inner.EvaluateAsync(call, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<StoreKey> ScanKeysAsync(string pattern = "*", int pageSize = 250, CancellationToken cancellationToken = default) =>
        Inner.ScanKeysAsync(pattern, pageSize, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default) =>
        Inner.SubscribeAsync(channel, cancellationToken);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_ownsInner)
        {
            await Inner.DisposeAsync().ConfigureAwait(false);
        }
    }
}
