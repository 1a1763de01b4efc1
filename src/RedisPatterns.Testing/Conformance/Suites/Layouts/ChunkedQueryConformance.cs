namespace RedisPatterns.Testing;

/// <summary>What <see cref="QueryConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedQueryConformance() : QueryConformance(ConformanceLayouts.Chunked);
