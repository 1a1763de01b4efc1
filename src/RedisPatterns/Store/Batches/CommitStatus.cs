namespace RedisPatterns;

/// <summary>How a commit ended.</summary>
public enum CommitStatus
{
    /// <summary>Everything was written.</summary>
    Committed,

    /// <summary>A batch with the same idempotency key was committed before; its replies were given, and nothing was written.</summary>
    Replayed,

    /// <summary>A condition did not hold, or could not be looked at; nothing was written.</summary>
    ConditionFailed,

    /// <summary>A command could not be carried out; nothing was written.</summary>
    CommandFailed,
}
