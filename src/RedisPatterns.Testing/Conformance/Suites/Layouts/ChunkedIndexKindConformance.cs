namespace RedisPatterns.Testing;

/// <summary>What <see cref="IndexKindConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedIndexKindConformance() : IndexKindConformance(ConformanceLayouts.Chunked);
