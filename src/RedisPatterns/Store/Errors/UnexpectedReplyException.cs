namespace RedisPatterns;

/// <summary>A reply has not the shape that its command answers with.</summary>
public sealed class UnexpectedReplyException : StoreException
{
    /// <summary>The failure without details.</summary>
    public UnexpectedReplyException()
        : base("The reply has an unexpected shape.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public UnexpectedReplyException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public UnexpectedReplyException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
