namespace RedisPatterns.Testing;

/// <summary>What <see cref="RepairConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesRepairConformance() : RepairConformance(EntityLayout.Attributes);
