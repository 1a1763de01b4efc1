namespace RedisPatterns;

/// <summary>A row that a query found.</summary>
/// <param name="Token">The token of the entity's id.</param>
/// <param name="Score">Its score in the ordering index; empty without one.</param>
/// <param name="Document">Its document; empty when it was not asked for.</param>
internal readonly record struct QueryRow(string Token, StoreValue Score, StoreValue Document);
