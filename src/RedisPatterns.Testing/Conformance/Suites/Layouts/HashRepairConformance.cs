namespace RedisPatterns.Testing;

/// <summary>What <see cref="RepairConformance"/> says, for entities that are hashes.</summary>
public sealed class HashRepairConformance() : RepairConformance(EntityLayout.Hash);
