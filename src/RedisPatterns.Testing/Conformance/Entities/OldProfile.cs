namespace RedisPatterns.Testing;

/// <summary>The entity as the first schema has it.</summary>
internal sealed record OldProfile(string Id, string? Name, int Visits, OldProfileAddress? Address, long Version = 0);
