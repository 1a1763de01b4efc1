namespace RedisPatterns.Testing;

/// <summary>An object inside of an entity.</summary>
internal sealed record Place(string Name, int Floor);
