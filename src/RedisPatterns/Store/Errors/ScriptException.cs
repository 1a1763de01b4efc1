namespace RedisPatterns;

/// <summary>An atomic script failed. The message names the script, and the line of its text where the server tells it.</summary>
public sealed class ScriptException : StoreException
{
    /// <summary>The failure without details.</summary>
    public ScriptException()
        : base("The script failed.")
    {
    }

    /// <summary>The failure.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    public ScriptException(string message)
        : base(message)
    {
    }

    /// <summary>The failure, caused by another.</summary>
    /// <param name="message">What happened, without a user's values.</param>
    /// <param name="innerException">The cause.</param>
    public ScriptException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The line of the script's text at which it failed, from 1; null where the server does not tell it.</summary>
    public int? Line { get; init; }
}
