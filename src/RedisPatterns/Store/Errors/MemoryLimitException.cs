namespace RedisPatterns;

/// <summary>The server is at its memory limit and refuses to grow (<c>OOM</c>). Nothing was written.</summary>
public sealed class MemoryLimitException : StoreException
{
    /// <summary>The failure without details.</summary>
    public MemoryLimitException()
        : base("The server is at its memory limit; nothing was written.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public MemoryLimitException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public MemoryLimitException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
