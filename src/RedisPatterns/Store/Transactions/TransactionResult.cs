namespace RedisPatterns;

/// <summary>How an optimistic transaction ended, after how many attempts, and what stood against it.</summary>
public class TransactionResult
{
    internal TransactionResult(TransactionStatus status, int attempts, StoreCommand? conflict, CommitResult obstacle)
    {
        Status = status;
        Attempts = attempts;
        Conflict = conflict;
        Obstacle = status == TransactionStatus.Refused ? obstacle : null;
    }

    /// <summary>How it ended.</summary>
    public TransactionStatus Status { get; }

    /// <summary>How often the body was run, from 1.</summary>
    public int Attempts { get; }

    /// <summary>The read whose reply had changed at the last attempt that failed; null when there was none.</summary>
    public StoreCommand? Conflict { get; }

    /// <summary>
    /// What stood against a refused transaction, else null. Its index is that of the condition among those of
    /// <see cref="StoreTransaction.When"/>, or of the command among those of <see cref="StoreTransaction.Add{TReply}"/>.
    /// </summary>
    public CommitResult? Obstacle { get; }

    /// <summary>Whether everything was written, now or by an earlier commit with the same idempotency key.</summary>
    public bool IsCommitted => Status is TransactionStatus.Committed or TransactionStatus.Replayed;

    /// <summary>Throws unless everything was written.</summary>
    /// <exception cref="TransactionConflictException">What was read had changed at every attempt.</exception>
    /// <exception cref="BatchRefusedException">A condition or a command stood against it.</exception>
    public void EnsureCommitted()
    {
        if (Status == TransactionStatus.Conflict)
        {
            throw new TransactionConflictException(this);
        }

        if (Obstacle is not null)
        {
            throw new BatchRefusedException(Obstacle);
        }
    }

    /// <summary>The status and the number of attempts.</summary>
    public override string ToString() => Attempts == 1 ? $"{Status} at the first attempt" : $"{Status} after {Attempts} attempts";
}
