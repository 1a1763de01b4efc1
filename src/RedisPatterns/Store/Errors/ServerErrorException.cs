namespace RedisPatterns;

/// <summary>The server answered with an error that has no type of its own.</summary>
public sealed class ServerErrorException : StoreException
{
    /// <summary>The failure without details.</summary>
    public ServerErrorException()
        : base("The server answered with an error.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public ServerErrorException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public ServerErrorException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The first word of the server's error, such as <c>ERR</c>.</summary>
    public string Code { get; init; } = "ERR";
}
