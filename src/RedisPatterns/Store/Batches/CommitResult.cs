namespace RedisPatterns;

/// <summary>How a commit ended, and what stood against it.</summary>
public sealed class CommitResult
{
    private CommitResult(CommitStatus status, int index, StoreException? error)
    {
        Status = status;
        Index = index;
        Error = error;
    }

    /// <summary>Everything was written.</summary>
    public static CommitResult Committed { get; } = new(CommitStatus.Committed, -1, null);

    /// <summary>An earlier commit with the same idempotency key was found.</summary>
    public static CommitResult Replayed { get; } = new(CommitStatus.Replayed, -1, null);

    /// <summary>How it ended.</summary>
    public CommitStatus Status { get; }

    /// <summary>The index of the condition or command that stood against it, or -1.</summary>
    public int Index { get; }

    /// <summary>Why the command failed or the condition could not be looked at; null when a condition merely did not hold.</summary>
    public StoreException? Error { get; }

    /// <summary>Whether the batch has been applied, now or by an earlier commit with the same idempotency key.</summary>
    public bool IsCommitted => Status is CommitStatus.Committed or CommitStatus.Replayed;

    /// <summary>A condition did not hold, or could not be looked at.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="error">Why it could not be looked at, or null when it did not hold.</param>
    public static CommitResult ConditionFailed(int index, StoreException? error = null) => new(CommitStatus.ConditionFailed, index, error);

    /// <summary>A command could not be carried out.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="error">Why.</param>
    public static CommitResult CommandFailed(int index, StoreException error) => new(CommitStatus.CommandFailed, index, error);

    /// <summary>Throws unless the batch has been applied.</summary>
    /// <returns>This result.</returns>
    /// <exception cref="BatchRefusedException">It has not.</exception>
    public CommitResult EnsureCommitted() => IsCommitted ? this : throw new BatchRefusedException(this);

    /// <summary>The status, and the index of what stood against it.</summary>
    public override string ToString() => Index < 0 ? Status.ToString() : $"{Status} at {Index}";
}
