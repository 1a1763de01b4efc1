namespace RedisPatterns.Testing;

/// <summary>A suite about entities, whose tests are the same for every layout.</summary>
public abstract class LayoutConformance : ConformanceSuite
{
    private protected LayoutConformance(EntityLayout layout, IEnumerable<ConformanceTest> tests, int partitions = 1) => Tests = [.. tests.Select(test => test.On(layout, partitions))];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ConformanceTest> Tests { get; }
}
