namespace RedisPatterns.Testing;

/// <summary>What <see cref="EntityConformance"/> says, for entities that are hashes.</summary>
public sealed class HashEntityConformance() : EntityConformance(EntityLayout.Hash);
