namespace RedisPatterns.Testing;

/// <summary>What <see cref="QueryConformance"/> says, for entities that are hashes.</summary>
public sealed class HashQueryConformance() : QueryConformance(EntityLayout.Hash);
