namespace RedisPatterns.Testing;

/// <summary>What <see cref="EntityConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesEntityConformance() : EntityConformance(EntityLayout.Attributes);
