namespace RedisPatterns.Testing;

/// <summary>What <see cref="PatchConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedPatchConformance() : PatchConformance(ConformanceLayouts.Chunked);
