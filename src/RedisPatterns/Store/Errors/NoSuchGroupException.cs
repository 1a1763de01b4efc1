namespace RedisPatterns;

/// <summary>The stream or its consumer group does not exist (<c>NOGROUP</c>).</summary>
public sealed class NoSuchGroupException : StoreException
{
    /// <summary>The failure without details.</summary>
    public NoSuchGroupException()
        : base("The stream or its consumer group does not exist.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public NoSuchGroupException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public NoSuchGroupException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
