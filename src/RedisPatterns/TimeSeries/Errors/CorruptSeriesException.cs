namespace RedisPatterns;

/// <summary>The bytes that a store has of a time series are not what was written. They are never read as data.</summary>
public sealed class CorruptSeriesException : StoreException
{
    /// <summary>The damage without details.</summary>
    public CorruptSeriesException()
        : base("What is stored of a time series is damaged.")
    {
    }

    /// <summary>The damage.</summary>
    /// <param name="message">What is wrong, without a user's values.</param>
    public CorruptSeriesException(string message)
        : base(message)
    {
    }

    /// <summary>The damage, caused by another failure.</summary>
    /// <param name="message">What is wrong, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public CorruptSeriesException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
