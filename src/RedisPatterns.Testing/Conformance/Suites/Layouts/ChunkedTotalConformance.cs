namespace RedisPatterns.Testing;

/// <summary>What <see cref="TotalConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedTotalConformance() : TotalConformance(ConformanceLayouts.Chunked);
