namespace RedisPatterns;

/// <summary>A page of a query: where it begins, and the cursor behind it.</summary>
internal sealed class QueryPaging<T>
    where T : class
{
    private const int GreatestPage = 10_000;

    public QueryPaging(EntityStorages<T> storages, QuerySpec<T> spec, int size, string? cursor)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, GreatestPage);
        if (!storages.Schema.Shape.HasMemo)
        {
            throw new ModelException($"{storages.Schema.Name}: a model without indexes and versions keeps no list of its entities, so its queries have no pages.");
        }

        var paged = spec.Completed() with { Asks = "P" };
        Runner = storages.Run(paged.Ordering.Kind == QueryOrderKind.Any ? paged with { Ordering = QueryOrdering<T>.Primary } : paged);
        After = cursor is null ? QueryPosition.Start : QueryCursor.Read(cursor, Runner.Identity);
    }

    public IQueryRunner<T> Runner { get; }

    /// <summary>Where the page begins.</summary>
    public QueryPosition After { get; }

    /// <summary>The cursor to go on from; null when nothing is left.</summary>
    public string? CursorOf(QueryRows rows) => rows.HasMore && rows.Rows.Count > 0 ? QueryCursor.Write(rows.Last, Runner.Identity) : null;
}
