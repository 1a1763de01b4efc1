namespace RedisPatterns.Testing;

/// <summary>What <see cref="ChangeConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedChangeConformance() : ChangeConformance(ConformanceLayouts.Chunked);
