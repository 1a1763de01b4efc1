namespace RedisPatterns.Testing;

/// <summary>What <see cref="TotalConformance"/> says, for entities that are hashes.</summary>
public sealed class HashTotalConformance() : TotalConformance(EntityLayout.Hash);
