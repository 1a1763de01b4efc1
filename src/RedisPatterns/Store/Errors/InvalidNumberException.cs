namespace RedisPatterns;

/// <summary>A stored value that should be counted with is not an integer or not a number.</summary>
public sealed class InvalidNumberException : StoreException
{
    /// <summary>The failure without details.</summary>
    public InvalidNumberException()
        : base("The stored value is not a number of the wanted kind.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public InvalidNumberException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidNumberException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
