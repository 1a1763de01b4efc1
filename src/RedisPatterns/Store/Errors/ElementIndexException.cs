namespace RedisPatterns;

/// <summary>An index lies outside the list.</summary>
public sealed class ElementIndexException : StoreException
{
    /// <summary>The failure without details.</summary>
    public ElementIndexException()
        : base("The index lies outside the list.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public ElementIndexException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public ElementIndexException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
