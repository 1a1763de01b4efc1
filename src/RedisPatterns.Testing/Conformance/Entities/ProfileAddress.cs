namespace RedisPatterns.Testing;

/// <summary>An address of the newer schema.</summary>
internal sealed record ProfileAddress(string City, string? Street);
