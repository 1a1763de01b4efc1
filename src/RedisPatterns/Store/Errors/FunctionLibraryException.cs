namespace RedisPatterns;

/// <summary>A library of functions could not be loaded: what the server holds under its name, or under the name of a function, stands against it.</summary>
public sealed class FunctionLibraryException : StoreException
{
    /// <summary>The failure without details.</summary>
    public FunctionLibraryException()
        : base("The library of functions could not be loaded.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public FunctionLibraryException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public FunctionLibraryException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The version that the server holds; null when what it holds is not by this library, or when it is not known.</summary>
    public int? ServerVersion { get; init; }
}
