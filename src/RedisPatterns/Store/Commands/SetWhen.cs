namespace RedisPatterns.Commands;

/// <summary>When a string is set.</summary>
public enum SetWhen
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>Only when the key does not exist.</summary>
    KeyAbsent,

    /// <summary>Only when the key exists, whatever it holds.</summary>
    KeyExists,
}
