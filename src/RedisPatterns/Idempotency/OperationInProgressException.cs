namespace RedisPatterns;

/// <summary>An operation that was asked for again still runs, and has not ended in the time that was waited.</summary>
public sealed class OperationInProgressException : StoreException
{
    internal OperationInProgressException(string name)
        : base($"{name}: the operation still runs elsewhere; ask again later by the same id.") => Operation = name;

    /// <summary>The name of the operations.</summary>
    public string Operation { get; }
}
