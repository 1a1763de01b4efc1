namespace RedisPatterns;

/// <summary>What a query gives: an item for each row, null where the entity is gone or can not be read.</summary>
/// <param name="Items">The items, in the order of the rows.</param>
/// <param name="Rows">The rows.</param>
internal sealed record QueryResult<TItem>(IReadOnlyList<TItem?> Items, QueryRows Rows)
    where TItem : class
{
    /// <summary>The items that there are.</summary>
    public IReadOnlyList<TItem> Found
    {
        get
        {
            if (Items is TItem[] all && !all.AsSpan().Contains(null!))
            {
                return all;
            }

            var found = new List<TItem>(Items.Count);
            foreach (var item in Items)
            {
                if (item is not null)
                {
                    found.Add(item);
                }
            }

            return found;
        }
    }
}
