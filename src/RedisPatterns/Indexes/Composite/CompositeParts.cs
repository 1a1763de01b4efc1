namespace RedisPatterns;

/// <summary>Parts of a composite index.</summary>
[Flags]
public enum CompositeParts
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>The first part.</summary>
    First = 1,

    /// <summary>The second part.</summary>
    Second = 2,

    /// <summary>The third part.</summary>
    Third = 4,

    /// <summary>The fourth part.</summary>
    Fourth = 8,
}
