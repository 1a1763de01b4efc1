using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>What a query is ordered by.</summary>
/// <param name="Kind">By what kind of key.</param>
/// <param name="Index">The index; null for none.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
/// <param name="Centre">Where distances are measured from.</param>
internal sealed record QueryOrdering<T>(QueryOrderKind Kind, EntityIndex<T>? Index = null, bool IsDescending = false, GeoPosition Centre = default)
    where T : class
{
    /// <summary>In whatever order.</summary>
    public static QueryOrdering<T> Any { get; } = new(QueryOrderKind.Any);

    /// <summary>In an order that only serves to go on from a place in it.</summary>
    public static QueryOrdering<T> Primary { get; } = new(QueryOrderKind.Primary);

    /// <summary>By an index.</summary>
    public static QueryOrdering<T> By(EntityIndex<T> index, bool descending) =>
        new(index.Slot.Form == IndexForm.Score ? QueryOrderKind.Score : QueryOrderKind.Text, index, descending);
}
