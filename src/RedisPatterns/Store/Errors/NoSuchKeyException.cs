namespace RedisPatterns;

/// <summary>The command needs a key that does not exist.</summary>
public sealed class NoSuchKeyException : StoreException
{
    /// <summary>The failure without details.</summary>
    public NoSuchKeyException()
        : base("The key does not exist.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public NoSuchKeyException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public NoSuchKeyException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
