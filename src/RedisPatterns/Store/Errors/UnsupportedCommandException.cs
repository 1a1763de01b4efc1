namespace RedisPatterns;

/// <summary>The server or store does not know the command or one of its options.</summary>
public sealed class UnsupportedCommandException : StoreException
{
    /// <summary>The failure without details.</summary>
    public UnsupportedCommandException()
        : base("The server does not know the command.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public UnsupportedCommandException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public UnsupportedCommandException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
