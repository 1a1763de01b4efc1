namespace RedisPatterns;

/// <summary>The consumer group exists already (<c>BUSYGROUP</c>).</summary>
public sealed class GroupExistsException : StoreException
{
    /// <summary>The failure without details.</summary>
    public GroupExistsException()
        : base("The consumer group exists already.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public GroupExistsException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public GroupExistsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
