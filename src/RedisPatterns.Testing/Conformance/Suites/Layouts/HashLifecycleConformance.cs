namespace RedisPatterns.Testing;

/// <summary>What <see cref="LifecycleConformance"/> says, for entities that are hashes.</summary>
public sealed class HashLifecycleConformance() : LifecycleConformance(EntityLayout.Hash);
