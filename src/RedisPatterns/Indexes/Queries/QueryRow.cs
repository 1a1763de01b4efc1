namespace RedisPatterns;

/// <summary>A row that a query found.</summary>
/// <param name="Text">The token of the entity's id, as a part of the answer.</param>
/// <param name="Content">What the call returned beside it: the entity as its layout has it, or the row's key in the order; empty for nothing.</param>
/// <param name="Key">The row's key in the order, where it was asked for.</param>
internal readonly record struct QueryRow(ReadOnlyMemory<char> Text, StoreReply Content, StoreValue Key = default)
{
    /// <summary>The token of the entity's id. Few need it where the entity itself has come.</summary>
    public string Token => Text.ToString();
}
