namespace RedisPatterns.Testing;

/// <summary>An entity with a number of any size.</summary>
internal sealed record Reading(string Id, double Value);
