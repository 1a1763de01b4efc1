namespace RedisPatterns.Testing;

/// <summary>What <see cref="QueryPageConformance"/> says, for entities that are spread over partitions.</summary>
public sealed class PartitionedQueryPageConformance() : QueryPageConformance(ConformanceLayouts.Document, ConformanceLayouts.Partitions);
