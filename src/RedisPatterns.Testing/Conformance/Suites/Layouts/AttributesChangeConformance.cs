namespace RedisPatterns.Testing;

/// <summary>What <see cref="ChangeConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesChangeConformance() : ChangeConformance(EntityLayout.Attributes);
