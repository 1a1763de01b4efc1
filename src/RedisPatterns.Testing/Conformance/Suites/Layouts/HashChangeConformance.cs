namespace RedisPatterns.Testing;

/// <summary>What <see cref="ChangeConformance"/> says, for entities that are hashes.</summary>
public sealed class HashChangeConformance() : ChangeConformance(EntityLayout.Hash);
