namespace RedisPatterns;

/// <summary>What a query asks for, and how.</summary>
internal sealed record QuerySpec<T>
    where T : class
{
    /// <summary>How many index entries a call may touch without this being said.</summary>
    public const int DefaultBudget = 4_000;

    /// <summary>What every row must pass; null for all.</summary>
    public Filter<T>? Filter { get; init; }

    /// <summary>The order.</summary>
    public QueryOrdering<T> Ordering { get; init; } = QueryOrdering<T>.Any;

    /// <summary>How many index entries a call may touch.</summary>
    public int Budget { get; init; } = DefaultBudget;

    /// <summary>The fields that are read instead of whole entities.</summary>
    public EntityField<T>[]? Fields { get; init; }

    /// <summary>The names of what a script reads of an entity.</summary>
    public StoreValue[] Names { get; init; } = [];

    /// <summary>What the script is to tell beside the rows: see <see cref="QueryCall"/>.</summary>
    public string Asks { get; init; } = "";

    /// <summary>The same, with an index that can drive it where the order can not.</summary>
    public QuerySpec<T> Completed() => Ordering is { Kind: QueryOrderKind.Distance, Index: { } index } ? this with { Filter = And(index) } : this;

    /// <summary>The same without an order: only the entities that have a place in it count.</summary>
    public QuerySpec<T> Counted() => Ordering.Index is { } index ? this with { Filter = And(index), Ordering = QueryOrdering<T>.Any } : this;

    private Filter<T> And(EntityIndex<T> index)
    {
        Filter<T> exists = index.Slot.Form == IndexForm.Score
            ? new RangeFilter<T>(index, new QueryBound(double.NegativeInfinity, false), new QueryBound(double.PositiveInfinity, false))
            : new TextFilter<T>(index, TextRange.All);
        return Filter is null ? exists : Filter & exists;
    }
}
