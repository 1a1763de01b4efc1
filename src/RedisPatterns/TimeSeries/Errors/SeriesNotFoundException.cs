namespace RedisPatterns;

/// <summary>There is no such series, and <see cref="TimeSeriesOptions.MustBeDeclared"/> is set. Nothing was written.</summary>
public sealed class SeriesNotFoundException : StoreException
{
    /// <summary>The refusal without details.</summary>
    public SeriesNotFoundException()
        : base("There is no such series.")
    {
    }

    /// <summary>The refusal.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public SeriesNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>The refusal, caused by another failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public SeriesNotFoundException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
