namespace RedisPatterns.Commands;

/// <summary>A field of a hash with its value.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Value">Its value.</param>
public readonly record struct HashEntry(StoreValue Field, StoreValue Value);
