namespace RedisPatterns;

/// <summary>One difference between the entities and what is kept beside them.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Index">The name of the index, or null when it is about the memo.</param>
/// <param name="Id">The id of the entity concerned; of a total the group, behind its period and a slash if it has one.</param>
public sealed record IndexDrift(DriftKind Kind, string? Index, string Id);
