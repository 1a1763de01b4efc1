namespace RedisPatterns;

/// <summary>A sample has the moment of another, and the series' <see cref="DuplicatePolicy"/> is <see cref="DuplicatePolicy.Block"/>. Nothing of the call was written.</summary>
public sealed class DuplicateSampleException : StoreException
{
    /// <summary>The refusal without details.</summary>
    public DuplicateSampleException()
        : base("The series has a sample of that moment.")
    {
    }

    /// <summary>The refusal.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public DuplicateSampleException(string message)
        : base(message)
    {
    }

    /// <summary>The refusal, caused by another failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public DuplicateSampleException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
