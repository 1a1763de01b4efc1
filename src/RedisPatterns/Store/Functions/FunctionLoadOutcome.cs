namespace RedisPatterns;

/// <summary>What loading a library did on a server.</summary>
public enum FunctionLoadOutcome
{
    /// <summary>The server did not have the library, and has it now.</summary>
    Loaded,

    /// <summary>The server had an older version, and has this one now.</summary>
    Replaced,

    /// <summary>The server has this version already.</summary>
    Unchanged,

    /// <summary>The server has a newer version, which was left.</summary>
    NewerThere,

    /// <summary>The store has no functions: calls run the script, or its twin.</summary>
    Unsupported,
}
