namespace RedisPatterns;

/// <summary>The rows of one partition, part by part, in order.</summary>
internal sealed class QuerySource<T, TItem>(QueryRunner<T> runner, Func<QueryRunner<T>, int?, QueryPosition, ValueTask<QueryResult<TItem>>> read, QueryPosition after)
    where T : class
    where TItem : class
{
    private IReadOnlyList<TItem?> _items = [];
    private QueryRow[] _rows = [];
    private QueryPosition _after = after;
    private QueryPosition? _place;
    private bool _hasMore = true;
    private int _next;

    /// <summary>How many rows the last part had.</summary>
    public int Count => _rows.Length;

    /// <summary>Whether there is a row.</summary>
    public bool HasRow => _next < _rows.Length;

    /// <summary>Whether it must be filled before anybody knows whether there is a row.</summary>
    public bool IsDry => !HasRow && _hasMore;

    /// <summary>The place of the next row.</summary>
    public QueryPosition Place => _place ??= PlaceOf(_rows[_next]);

    /// <summary>The place of a row.</summary>
    public static QueryPosition PlaceOf(QueryRow row) => new(row.Key, row.Token);

    /// <summary>Reads the next part.</summary>
    public async Task FillAsync(int? size)
    {
        var result = await read(runner, size, _after).ConfigureAwait(false);
        (_items, _rows, _next, _place) = (result.Items, [.. result.Rows.Rows], 0, null);
        (_after, _hasMore) = (result.Rows.Last, result.Rows.HasMore && size is not null && _rows.Length > 0);
    }

    /// <summary>Takes the next row.</summary>
    public (TItem? Item, QueryRow Row) Next()
    {
        _place = null;
        return (_items[_next], _rows[_next++]);
    }
}
