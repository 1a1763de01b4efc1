namespace RedisPatterns;

/// <summary>A <see cref="SeriesWriter"/> has no room, and <see cref="WhenFull.Throw"/> is set. Nothing of the call was accepted.</summary>
public sealed class SeriesWriterFullException : InvalidOperationException
{
    /// <summary>The refusal without details.</summary>
    public SeriesWriterFullException()
        : base("The writer has no room.")
    {
    }

    /// <summary>The refusal.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public SeriesWriterFullException(string message)
        : base(message)
    {
    }

    /// <summary>The refusal, caused by another failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public SeriesWriterFullException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
