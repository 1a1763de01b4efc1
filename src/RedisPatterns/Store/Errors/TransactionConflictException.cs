namespace RedisPatterns;

/// <summary>An optimistic transaction met others at every attempt. Nothing was written; it may be tried again.</summary>
public sealed class TransactionConflictException : StoreException
{
    /// <summary>The failure.</summary>
    /// <param name="result">How the transaction ended.</param>
    public TransactionConflictException(TransactionResult result)
        : base($"The transaction was tried {result?.Attempts} times, and each time what it had read by {result?.Conflict?.Definition.Name} had changed; nothing was written.") =>
        Result = result!;

    /// <summary>How it ended.</summary>
    public TransactionResult Result { get; }
}
