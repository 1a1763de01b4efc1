namespace RedisPatterns.Testing;

/// <summary>A strong-typed id.</summary>
internal readonly record struct ParcelId(long Value);
