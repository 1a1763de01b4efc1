namespace RedisPatterns;

/// <summary>How an optimistic transaction ended.</summary>
public enum TransactionStatus
{
    /// <summary>Nothing that it had read had changed, and everything it added was written.</summary>
    Committed,

    /// <summary>An earlier commit with the same idempotency key was found; its replies were given.</summary>
    Replayed,

    /// <summary>What it had read had changed, at the last attempt too. Nothing was written.</summary>
    Conflict,

    /// <summary>A condition of its own did not hold, or a command could not be carried out. Nothing was written.</summary>
    Refused,
}
