namespace RedisPatterns;

/// <summary>The place of a command's typed reply in a <see cref="StorePipeline"/> or an <see cref="AtomicBatch"/>.</summary>
/// <typeparam name="TReply">What the command answers.</typeparam>
public sealed class PendingReply<TReply> : PendingReply
{
    private readonly StoreCommand<TReply> _command;
    private TReply? _value;

    internal PendingReply(StoreCommand<TReply> command)
        : base(command) => _command = command;

    /// <summary>The reply.</summary>
    /// <exception cref="InvalidOperationException">The pipeline or batch has not been carried out.</exception>
    /// <exception cref="StoreException">The command failed; this is its error.</exception>
    public TReply Value => !IsCompleted
        ? throw new InvalidOperationException("The reply is there when the pipeline or batch has been carried out.")
        : Error is null ? _value! : throw Error;

    /// <inheritdoc/>
    public override void Complete(StoreReply reply)
    {
        if (reply.Error is { } error)
        {
            Fail(error);
            return;
        }

        try
        {
            Complete(_command.Reader(reply));
        }
        catch (UnexpectedReplyException unexpected)
        {
            Fail(unexpected);
        }
    }

    /// <summary>Gives the typed reply. For stores.</summary>
    /// <param name="value">The reply.</param>
    public void Complete(TReply value)
    {
        _value = value;
        Error = null;
        IsCompleted = true;
    }

    /// <inheritdoc/>
    public override void CopyFrom(PendingReply other)
    {
        var source = (PendingReply<TReply>)other;
        _value = source._value;
        Error = source.Error;
        IsCompleted = source.IsCompleted;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        _value = default;
    }
}
