namespace RedisPatterns;

/// <summary>An index and its state.</summary>
/// <param name="Index">The name of the index; with <c>~2</c> and so on for a later revision.</param>
/// <param name="State">The state.</param>
/// <param name="IsDeclared">Whether the model declares it; else it is of other code, or of a former model.</param>
public sealed record IndexStatus(string Index, IndexState State, bool IsDeclared);
