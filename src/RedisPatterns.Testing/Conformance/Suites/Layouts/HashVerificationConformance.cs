namespace RedisPatterns.Testing;

/// <summary>What <see cref="VerificationConformance"/> says, for entities that are hashes.</summary>
public sealed class HashVerificationConformance() : VerificationConformance(EntityLayout.Hash);
