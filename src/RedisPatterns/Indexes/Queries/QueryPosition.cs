namespace RedisPatterns;

/// <summary>A place in the order of a query: behind a row. It says nothing about where that row is stored, so it holds in every keyspace.</summary>
/// <param name="Key">The row's key in the order: a score, a text, a distance or a bucket.</param>
/// <param name="Token">The token of the row's id.</param>
internal readonly record struct QueryPosition(StoreValue Key, StoreValue Token)
{
    /// <summary>Before all rows.</summary>
    public static QueryPosition Start => new("", "");

    /// <summary>Compares two rows in ascending order.</summary>
    public static int Compare(QueryOrderKind kind, QueryPosition left, QueryPosition right) => kind == QueryOrderKind.Text
        ? Bytes(left.Key, right.Key)
        : left.Key.AsDouble().CompareTo(right.Key.AsDouble()) is var byKey and not 0 ? byKey : Bytes(left.Token, right.Token);

    private static int Bytes(StoreValue left, StoreValue right) => left.AsMemory().Span.SequenceCompareTo(right.AsMemory().Span);
}
