namespace RedisPatterns.Testing;

/// <summary>What <see cref="EntityAtomicityConformance"/> says, for entities that are hashes.</summary>
public sealed class HashEntityAtomicityConformance() : EntityAtomicityConformance(EntityLayout.Hash);
