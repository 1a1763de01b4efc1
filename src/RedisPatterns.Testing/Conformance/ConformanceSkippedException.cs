namespace RedisPatterns.Testing;

/// <summary>Ends a conformance test that the store's capabilities rule out. The message names the capability.</summary>
public sealed class ConformanceSkippedException : Exception
{
    /// <summary>A skip without details.</summary>
    public ConformanceSkippedException()
        : base("The store lacks what the test needs.")
    {
    }

    /// <summary>A skip.</summary>
    /// <param name="message">What the store lacks.</param>
    public ConformanceSkippedException(string message)
        : base(message)
    {
    }

    /// <summary>A skip caused by an exception.</summary>
    /// <param name="message">What the store lacks.</param>
    /// <param name="innerException">The cause.</param>
    public ConformanceSkippedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
