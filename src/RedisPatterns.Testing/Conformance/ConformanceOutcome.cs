namespace RedisPatterns.Testing;

/// <summary>How a conformance test ended that did not fail.</summary>
/// <param name="SkipReason">What the store lacks, when the test was skipped; null when it passed.</param>
public readonly record struct ConformanceOutcome(string? SkipReason)
{
    /// <summary>The test passed.</summary>
    public static ConformanceOutcome Passed => default;

    /// <summary>Whether the test was skipped.</summary>
    public bool IsSkipped => SkipReason is not null;
}
