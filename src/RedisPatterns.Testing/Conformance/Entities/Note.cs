namespace RedisPatterns.Testing;

/// <summary>An entity without a version and without unique values.</summary>
internal sealed record Note(string Id, string Text, string? Topic);
