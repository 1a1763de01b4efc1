namespace RedisPatterns.Testing;

/// <summary>How a conformance test sends its commands: the same command must answer the same in each way.</summary>
public enum SendMode
{
    /// <summary>One by one.</summary>
    Single,

    /// <summary>Each in a pipeline of its own.</summary>
    Pipeline,

    /// <summary>Each in an atomic batch of its own; a command that can not be in a batch is sent by itself.</summary>
    Batch,
}
