namespace RedisPatterns.Testing;

/// <summary>What <see cref="LifecycleConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesLifecycleConformance() : LifecycleConformance(EntityLayout.Attributes);
