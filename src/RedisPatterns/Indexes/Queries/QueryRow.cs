namespace RedisPatterns;

/// <summary>A row that a query found.</summary>
/// <param name="Token">The token of the entity's id.</param>
/// <param name="Content">What the call returned beside it: the entity as its layout has it, or the row's key in the order; empty for nothing.</param>
/// <param name="Key">The row's key in the order, where it was asked for.</param>
internal readonly record struct QueryRow(string Token, StoreReply Content, StoreValue Key = default);
