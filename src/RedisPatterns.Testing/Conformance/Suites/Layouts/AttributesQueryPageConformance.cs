namespace RedisPatterns.Testing;

/// <summary>What <see cref="QueryPageConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesQueryPageConformance() : QueryPageConformance(EntityLayout.Attributes);
