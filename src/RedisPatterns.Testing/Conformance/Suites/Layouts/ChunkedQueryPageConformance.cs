namespace RedisPatterns.Testing;

/// <summary>What <see cref="QueryPageConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedQueryPageConformance() : QueryPageConformance(ConformanceLayouts.Chunked);
