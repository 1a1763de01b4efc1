namespace RedisPatterns;

/// <summary>What a write under a lease demands: that the lock's owner is still the same.</summary>
/// <param name="Key">The lock.</param>
/// <param name="Owner">The owner.</param>
/// <param name="Lock">The name of the lock.</param>
internal sealed record LeaseFence(StoreKey Key, string Owner, string Lock);
