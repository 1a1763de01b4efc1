namespace RedisPatterns.Testing;

/// <summary>What <see cref="IndexKindConformance"/> says, for entities that are hashes.</summary>
public sealed class HashIndexKindConformance() : IndexKindConformance(EntityLayout.Hash);
