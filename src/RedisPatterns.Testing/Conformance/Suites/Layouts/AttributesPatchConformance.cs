namespace RedisPatterns.Testing;

/// <summary>What <see cref="PatchConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesPatchConformance() : PatchConformance(EntityLayout.Attributes);
