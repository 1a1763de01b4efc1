namespace RedisPatterns.Testing;

/// <summary>What <see cref="VerificationConformance"/> says, for entities that lie in parts.</summary>
public sealed class ChunkedVerificationConformance() : VerificationConformance(ConformanceLayouts.Chunked);
