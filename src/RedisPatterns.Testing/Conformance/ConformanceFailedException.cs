namespace RedisPatterns.Testing;

/// <summary>A store does not behave as promised. The message says what was expected and what was seen.</summary>
public sealed class ConformanceFailedException : Exception
{
    /// <summary>A failure without details.</summary>
    public ConformanceFailedException()
        : base("The store does not behave as promised.")
    {
    }

    /// <summary>A failure.</summary>
    /// <param name="message">What was expected and what was seen.</param>
    public ConformanceFailedException(string message)
        : base(message)
    {
    }

    /// <summary>A failure caused by another.</summary>
    /// <param name="message">What was expected and what was seen.</param>
    /// <param name="innerException">The cause.</param>
    public ConformanceFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
