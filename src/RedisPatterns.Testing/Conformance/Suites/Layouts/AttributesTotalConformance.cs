namespace RedisPatterns.Testing;

/// <summary>What <see cref="TotalConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesTotalConformance() : TotalConformance(EntityLayout.Attributes);
