namespace RedisPatterns.Testing;

/// <summary>What <see cref="IndexKindConformance"/> says, for entities that are spread over partitions.</summary>
public sealed class PartitionedIndexKindConformance() : IndexKindConformance(ConformanceLayouts.Document, ConformanceLayouts.Partitions);
