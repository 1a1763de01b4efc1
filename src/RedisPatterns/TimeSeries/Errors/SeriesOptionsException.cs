namespace RedisPatterns;

/// <summary>The series were first used with other options: another engine, period or duplicate policy. Nothing was written.</summary>
public sealed class SeriesOptionsException : StoreException
{
    /// <summary>The refusal without details.</summary>
    public SeriesOptionsException()
        : base("The series were first used with other options.")
    {
    }

    /// <summary>The refusal.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public SeriesOptionsException(string message)
        : base(message)
    {
    }

    /// <summary>The refusal, caused by another failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public SeriesOptionsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
