namespace RedisPatterns;

/// <summary>The server could not be reached, or the connection broke.</summary>
/// <remarks>When the connection broke after a write was sent, the write may or may not have been applied; nothing is resent.</remarks>
public sealed class StoreConnectionException : StoreException
{
    /// <summary>The failure without details.</summary>
    public StoreConnectionException()
        : base("The server could not be reached.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public StoreConnectionException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public StoreConnectionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
