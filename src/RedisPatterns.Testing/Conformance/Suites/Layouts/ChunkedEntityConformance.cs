namespace RedisPatterns.Testing;

/// <summary>What <see cref="EntityConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedEntityConformance() : EntityConformance(ConformanceLayouts.Chunked);
