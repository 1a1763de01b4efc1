namespace RedisPatterns.Commands;

/// <summary>A key that holds a string, with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value.</param>
public readonly record struct KeyEntry(StoreKey Key, StoreValue Value);
