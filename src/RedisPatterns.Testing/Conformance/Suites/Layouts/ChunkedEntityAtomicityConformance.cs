namespace RedisPatterns.Testing;

/// <summary>What <see cref="EntityAtomicityConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedEntityAtomicityConformance() : EntityAtomicityConformance(ConformanceLayouts.Chunked);
