namespace RedisPatterns.Testing;

/// <summary>An entity with an id of any type.</summary>
internal sealed record Parcel<TId>(TId Id, string Text, string? Code = null);
