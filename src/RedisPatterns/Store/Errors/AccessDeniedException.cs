namespace RedisPatterns;

/// <summary>The server refused the credentials or the permission.</summary>
public sealed class AccessDeniedException : StoreException
{
    /// <summary>The failure without details.</summary>
    public AccessDeniedException()
        : base("The server refused access.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public AccessDeniedException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public AccessDeniedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
