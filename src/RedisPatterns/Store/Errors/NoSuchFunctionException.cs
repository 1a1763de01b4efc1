namespace RedisPatterns;

/// <summary>The server has no function, or no library of functions, of the name.</summary>
public sealed class NoSuchFunctionException : StoreException
{
    /// <summary>The failure without details.</summary>
    public NoSuchFunctionException()
        : base("The server has no such function.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public NoSuchFunctionException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public NoSuchFunctionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
