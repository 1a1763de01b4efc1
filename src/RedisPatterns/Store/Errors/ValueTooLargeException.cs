namespace RedisPatterns;

/// <summary>A string would grow beyond what the server allows (512 MB unless configured).</summary>
public sealed class ValueTooLargeException : StoreException
{
    /// <summary>The failure without details.</summary>
    public ValueTooLargeException()
        : base("The string would grow beyond what the server allows.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public ValueTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public ValueTooLargeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
