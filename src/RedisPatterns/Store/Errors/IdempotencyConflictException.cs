namespace RedisPatterns;

/// <summary>An idempotency key or id was used for something else before. Nothing was written.</summary>
public sealed class IdempotencyConflictException : StoreException
{
    /// <summary>The failure without details.</summary>
    public IdempotencyConflictException()
        : base("The idempotency key was used for something else before; nothing was written.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public IdempotencyConflictException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public IdempotencyConflictException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
