namespace RedisPatterns.Testing;

/// <summary>What <see cref="PatchConformance"/> says, for entities that are hashes.</summary>
public sealed class HashPatchConformance() : PatchConformance(EntityLayout.Hash);
