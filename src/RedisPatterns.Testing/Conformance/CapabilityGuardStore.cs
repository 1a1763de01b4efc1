namespace RedisPatterns.Testing;

/// <summary>Ends a test as skipped when it sends a command that the store says it lacks.</summary>
internal sealed class CapabilityGuardStore(IKeyValueStore inner) : DelegatingKeyValueStore(inner, ownsInner: false)
{
    public override ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default)
    {
        Check(command);
        return base.SendAsync(command, cancellationToken);
    }

    public override ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default)
    {
        Check(pipeline.Replies);
        return base.SendAsync(pipeline, cancellationToken);
    }

    public override ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
        StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default)
    {
        Check(command);
        return base.SendToPrimariesAsync(command, primary, cancellationToken);
    }

    public override ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default)
    {
        Check(batch.Replies);
        return base.CommitAsync(batch, cancellationToken);
    }

    private void Check(IReadOnlyList<PendingReply> replies)
    {
        foreach (var reply in replies)
        {
            Check(reply.Command);
        }
    }

    private void Check(StoreCommand command)
    {
        if (!Capabilities.Supports(command.Definition))
        {
            throw new ConformanceSkippedException($"{Capabilities.Server} lacks {command.Definition.Name}");
        }
    }
}
