namespace RedisPatterns.Testing;

/// <summary>What <see cref="QueryPageConformance"/> says, for entities that are hashes.</summary>
public sealed class HashQueryPageConformance() : QueryPageConformance(EntityLayout.Hash);
