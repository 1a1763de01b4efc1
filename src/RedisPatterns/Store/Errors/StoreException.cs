namespace RedisPatterns;

/// <summary>The root of what a store can fail with. The message names commands and key patterns, never a user's value.</summary>
/// <remarks>What the driver threw, if anything, is the inner exception; that one may hold values, so do not log it unread.</remarks>
public class StoreException : Exception
{
    /// <summary>A failure without details.</summary>
    public StoreException()
        : base("The store failed.")
    {
    }

    /// <summary>A failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public StoreException(string message)
        : base(message)
    {
    }

    /// <summary>A failure caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public StoreException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
