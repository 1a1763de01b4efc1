namespace RedisPatterns.Testing;

/// <summary>What <see cref="EntityAtomicityConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesEntityAtomicityConformance() : EntityAtomicityConformance(EntityLayout.Attributes);
