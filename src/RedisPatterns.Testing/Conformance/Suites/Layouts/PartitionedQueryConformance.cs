namespace RedisPatterns.Testing;

/// <summary>What <see cref="QueryConformance"/> says, for entities that are spread over partitions.</summary>
public sealed class PartitionedQueryConformance() : QueryConformance(ConformanceLayouts.Document, ConformanceLayouts.Partitions);
