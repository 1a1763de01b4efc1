namespace RedisPatterns.Testing;

/// <summary>What <see cref="TotalConformance"/> says, for entities that are spread over partitions.</summary>
public sealed class PartitionedTotalConformance() : TotalConformance(ConformanceLayouts.Document, ConformanceLayouts.Partitions);
