namespace RedisPatterns;

/// <summary>What a query gives: an item for each row, null where the entity is gone or can not be read.</summary>
/// <param name="Items">The items, in the order of the rows.</param>
/// <param name="Rows">The rows.</param>
internal sealed record QueryResult<TItem>(IReadOnlyList<TItem?> Items, QueryRows Rows)
    where TItem : class
{
    /// <summary>The items that there are.</summary>
    public List<TItem> Found => [.. Items.OfType<TItem>()];
}
