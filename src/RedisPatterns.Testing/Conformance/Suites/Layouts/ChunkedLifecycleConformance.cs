namespace RedisPatterns.Testing;

/// <summary>What <see cref="LifecycleConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedLifecycleConformance() : LifecycleConformance(ConformanceLayouts.Chunked);
