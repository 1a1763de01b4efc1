namespace RedisPatterns;

/// <summary>How an optimistic transaction ended, with what its body returned.</summary>
/// <typeparam name="T">What the body returns.</typeparam>
public sealed class TransactionResult<T> : TransactionResult
{
    internal TransactionResult(TransactionStatus status, int attempts, StoreCommand? conflict, CommitResult obstacle, T value)
        : base(status, attempts, conflict, obstacle) => Value = value;

    /// <summary>What the body returned at the last attempt. It holds only if <see cref="TransactionResult.IsCommitted"/>.</summary>
    public T Value { get; }
}
