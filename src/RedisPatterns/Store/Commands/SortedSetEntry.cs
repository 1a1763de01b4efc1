namespace RedisPatterns.Commands;

/// <summary>A member of a sorted set with its score.</summary>
/// <param name="Member">The member.</param>
/// <param name="Score">The score; infinities are scores, NaN is not.</param>
public readonly record struct SortedSetEntry(StoreValue Member, double Score);
