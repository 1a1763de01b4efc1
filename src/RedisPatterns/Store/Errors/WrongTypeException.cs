namespace RedisPatterns;

/// <summary>A key holds another type than the command works on (<c>WRONGTYPE</c>).</summary>
public sealed class WrongTypeException : StoreException
{
    /// <summary>The failure without details.</summary>
    public WrongTypeException()
        : base("A key holds another type than the command works on.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public WrongTypeException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public WrongTypeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
