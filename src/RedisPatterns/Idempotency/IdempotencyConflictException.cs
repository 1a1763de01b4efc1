namespace RedisPatterns;

/// <summary>An operation was asked for by an id that another request has used.</summary>
public sealed class IdempotencyConflictException : StoreException
{
    internal IdempotencyConflictException(string name)
        : base($"{name}: the id was used for another request before; nothing was run.") => Operation = name;

    /// <summary>The name of the operations.</summary>
    public string Operation { get; }
}
