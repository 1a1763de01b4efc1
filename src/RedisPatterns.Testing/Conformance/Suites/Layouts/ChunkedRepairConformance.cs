namespace RedisPatterns.Testing;

/// <summary>What <see cref="RepairConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedRepairConformance() : RepairConformance(ConformanceLayouts.Chunked);
