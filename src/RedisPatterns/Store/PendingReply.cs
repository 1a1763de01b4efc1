namespace RedisPatterns;

/// <summary>The place of a command's reply in a <see cref="StorePipeline"/> or an <see cref="AtomicBatch"/>.</summary>
/// <remarks>Filled by the store that carries out the pipeline or batch; until then reading it is an error.</remarks>
public abstract class PendingReply
{
    private protected PendingReply(StoreCommand command) => Command = command;

    /// <summary>The command.</summary>
    public StoreCommand Command { get; }

    /// <summary>Whether the command was carried out, or has failed.</summary>
    public bool IsCompleted { get; private protected set; }

    /// <summary>Whether the command was carried out and its reply can be read.</summary>
    public bool IsSuccess => IsCompleted && Error is null;

    /// <summary>Why the command failed, or null.</summary>
    public StoreException? Error { get; private protected set; }

    /// <summary>Gives the server's reply. For stores.</summary>
    /// <param name="reply">The reply; an error reply makes the command failed.</param>
    public abstract void Complete(StoreReply reply);

    /// <summary>Makes the command failed. For stores.</summary>
    /// <param name="error">Why.</param>
    public void Fail(StoreException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
        IsCompleted = true;
    }

    /// <summary>Takes over what the same command's place in another pipeline was given. For decorators.</summary>
    /// <param name="other">The other place, of the same type.</param>
    public abstract void CopyFrom(PendingReply other);

    /// <summary>Forgets the reply, so that the pipeline or batch can be sent once more. For stores and retries.</summary>
    public virtual void Reset()
    {
        Error = null;
        IsCompleted = false;
    }
}
