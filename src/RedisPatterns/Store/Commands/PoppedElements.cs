namespace RedisPatterns.Commands;

/// <summary>Elements taken from the first of several lists that had any.</summary>
/// <param name="Key">The list.</param>
/// <param name="Elements">The elements, in the order in which they were taken.</param>
public sealed record PoppedElements(StoreKey Key, IReadOnlyList<StoreValue> Elements);
