namespace RedisPatterns;

/// <summary>The server takes no writes: it is a replica (<c>READONLY</c>). Nothing was written.</summary>
public sealed class ReadOnlyServerException : StoreException
{
    /// <summary>The failure without details.</summary>
    public ReadOnlyServerException()
        : base("The server takes no writes; nothing was written.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public ReadOnlyServerException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public ReadOnlyServerException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
