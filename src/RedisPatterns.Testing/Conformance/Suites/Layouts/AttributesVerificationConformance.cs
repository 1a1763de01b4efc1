namespace RedisPatterns.Testing;

/// <summary>What <see cref="VerificationConformance"/> says, for entities that have a key for each attribute.</summary>
public sealed class AttributesVerificationConformance() : VerificationConformance(EntityLayout.Attributes);
