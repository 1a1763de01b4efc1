namespace RedisPatterns.Testing;

/// <summary>How the commands of a sequence are sent: stores have ways of their own for each.</summary>
internal enum Sending
{
    /// <summary>In pipelines, with replies as they come, which the commands' readers then read.</summary>
    Raw,

    /// <summary>In pipelines, with typed replies where their types can be compared.</summary>
    Typed,

    /// <summary>One by one, with typed replies where their types can be compared.</summary>
    Single,
}
