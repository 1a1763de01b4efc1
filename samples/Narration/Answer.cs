namespace Narration;

/// <summary>What a step found out, free of times: the same on every store, so that a test can compare it.</summary>
public abstract record Answer
{
    /// <summary>The answer as plain text.</summary>
    public abstract IReadOnlyList<string> Lines { get; }
}
