namespace RedisPatterns;

/// <summary>The server answered that it can not serve now: loading, busy, a cluster that is down or moving. Nothing was written.</summary>
public sealed class ServerUnavailableException : StoreException
{
    /// <summary>The failure without details.</summary>
    public ServerUnavailableException()
        : base("The server can not serve now; nothing was written.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public ServerUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public ServerUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The code of the server's error, such as <c>LOADING</c> or <c>TRYAGAIN</c>; null when there is none.</summary>
    public string? Code { get; init; }
}
