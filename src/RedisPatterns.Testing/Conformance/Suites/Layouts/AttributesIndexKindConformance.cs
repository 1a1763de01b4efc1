namespace RedisPatterns.Testing;

/// <summary>What <see cref="IndexKindConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesIndexKindConformance() : IndexKindConformance(EntityLayout.Attributes);
