namespace RedisPatterns;

/// <summary>A store that counts how often it goes to the server: to print what a step costs, and to assert it in tests.</summary>
/// <remarks>
/// A command, a pipeline, a batch and a script are one round trip each, as is subscribing; failed calls count too, since
/// somebody waited for them. What goes to several nodes of a cluster at the same time counts once.
/// Walking through keys is not counted: how many calls it takes is the server's choice. Thread-safe.
/// </remarks>
public sealed class RoundTripCountingKeyValueStore : DelegatingKeyValueStore
{
    private long _roundTrips;
    private long _commands;

    /// <summary>A counting decorator of a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="ownsInner">Whether disposing this one disposes the inner one.</param>
    public RoundTripCountingKeyValueStore(IKeyValueStore inner, bool ownsInner = true)
        : base(inner, ownsInner)
    {
    }

    /// <summary>The round trips so far.</summary>
    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    /// <summary>The commands so far: those of pipelines and batches one by one, a script as one.</summary>
    public long Commands => Interlocked.Read(ref _commands);

    /// <inheritdoc/>
    public override ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        Count(1);
        return base.SendAsync(command, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Count(pipeline.Count);
        return base.SendAsync(pipeline, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
        StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default)
    {
        Count(1);
        return base.SendToPrimariesAsync(command, primary, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Count(batch.Replies.Count);
        return base.CommitAsync(batch, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default)
    {
        Count(1);
        return base.EvaluateAsync(call, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default)
    {
        Count(1);
        return base.SubscribeAsync(channel, cancellationToken);
    }

    private void Count(int commands)
    {
        Interlocked.Increment(ref _roundTrips);
        Interlocked.Add(ref _commands, commands);
    }
}
