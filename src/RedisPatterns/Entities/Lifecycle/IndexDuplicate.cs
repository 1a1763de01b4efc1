namespace RedisPatterns;

/// <summary>An entity that is not in a unique index, since another one holds its value there.</summary>
/// <param name="Index">The name of the index.</param>
/// <param name="Id">The entity's id.</param>
public sealed record IndexDuplicate(string Index, string Id);
