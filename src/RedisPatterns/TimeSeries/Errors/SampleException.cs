namespace RedisPatterns;

/// <summary>
/// A sample can not be kept: its value is NaN or infinite, its moment lies before 1970 or after the year 9999, or an increment
/// lies before the latest sample. Nothing was written.
/// </summary>
public sealed class SampleException : ArgumentException
{
    /// <summary>The refusal without details.</summary>
    public SampleException()
        : base("A sample can not be kept.")
    {
    }

    /// <summary>The refusal.</summary>
    /// <param name="message">What is wrong, without a user's values.</param>
    public SampleException(string message)
        : base(message)
    {
    }

    /// <summary>The refusal, caused by another failure.</summary>
    /// <param name="message">What is wrong, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public SampleException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
