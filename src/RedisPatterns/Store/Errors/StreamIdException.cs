namespace RedisPatterns;

/// <summary>A stream entry id is not greater than the last one.</summary>
public sealed class StreamIdException : StoreException
{
    /// <summary>The failure without details.</summary>
    public StreamIdException()
        : base("The id is not greater than the last one of the stream.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public StreamIdException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public StreamIdException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
