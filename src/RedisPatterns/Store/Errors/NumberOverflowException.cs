namespace RedisPatterns;

/// <summary>A number would leave its range: beyond 64 bits, or not a finite number.</summary>
public sealed class NumberOverflowException : StoreException
{
    /// <summary>The failure without details.</summary>
    public NumberOverflowException()
        : base("The result would leave the range of its number.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public NumberOverflowException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public NumberOverflowException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
