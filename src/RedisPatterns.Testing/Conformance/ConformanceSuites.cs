namespace RedisPatterns.Testing;

/// <summary>The conformance suites of this package.</summary>
public static class ConformanceSuites
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ConformanceSuite> All { get; } =
    [
        new KeyConformance(),
        new StringConformance(),
        new HashConformance(),
        new HashFieldExpiryConformance(),
        new SetConformance(),
        new ListConformance(),
        new SortedSetConformance(),
        new SortedSetRangeConformance(),
        new BitConformance(),
        new HyperLogLogConformance(),
        new GeoConformance(),
        new StreamConformance(),
        new StreamGroupConformance(),
        new PipelineConformance(),
        new BatchConformance(),
        new BatchConditionConformance(),
        new BatchAtomicityConformance(),
        new ScriptConformance(),
        new PubSubConformance(),
        new ScanConformance(),
        new HashSlotConformance(),
        new CancellationConformance(),
        new ConcurrencyConformance(),
        new AdversarialConformance(),
        new EntityConformance(),
        new SchemaConformance(),
        new EntityAtomicityConformance(),
        new ChangeConformance(),
        new QueryConformance(),
        new VerificationConformance(),
    ];
}
