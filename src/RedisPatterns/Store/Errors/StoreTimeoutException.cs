namespace RedisPatterns;

/// <summary>No answer came in time. A write may have been applied, may still be, or may never be.</summary>
/// <remarks>Give an <see cref="AtomicBatch"/> an idempotency key to be able to repeat it safely.</remarks>
public sealed class StoreTimeoutException : StoreException
{
    /// <summary>The failure without details.</summary>
    public StoreTimeoutException()
        : base("No answer came in time; the outcome is unknown.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public StoreTimeoutException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public StoreTimeoutException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
