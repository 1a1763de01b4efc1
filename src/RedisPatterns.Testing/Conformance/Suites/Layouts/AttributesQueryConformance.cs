namespace RedisPatterns.Testing;

/// <summary>What <see cref="QueryConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesQueryConformance() : QueryConformance(EntityLayout.Attributes);
