namespace RedisPatterns.Testing;

/// <summary>The address as the first schema has it.</summary>
internal sealed record OldProfileAddress(string City);
