using System.Runtime.CompilerServices;

namespace RedisPatterns;

/// <summary>A query that reads some fields of the entities. Made by <see cref="Query{T, TModel}.Select"/>.</summary>
/// <remarks>
/// Of hashes and attributes only these fields are read. Whole documents and contents in parts are read by the server as a
/// whole, and the fields taken from them here.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
public sealed class ProjectedQuery<T>
    where T : class
{
    private const int DefaultPageSize = 250;

    private readonly EntityStorages<T> _storages;
    private readonly QuerySpec<T> _spec;
    private readonly int? _take;
    private readonly Action<UnreadableEntity>? _unreadable;

    internal ProjectedQuery(EntityStorages<T> storages, QuerySpec<T> spec, int? take, Action<UnreadableEntity>? unreadable) =>
        (_storages, _spec, _take, _unreadable) = (storages, spec, take, unreadable);

    /// <summary>The fields of the entities, each once.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityFormatException">A document can not be read.</exception>
    public async ValueTask<IReadOnlyList<EntityFields<T>>> ToListAsync(CancellationToken cancellationToken = default) =>
        (await _storages.Run(_spec.Completed()).ToFieldsAsync(_take, QueryPosition.Start, _unreadable, cancellationToken).ConfigureAwait(false)).Found;

    /// <summary>The fields of the first entity, or null when there is none.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityFormatException">The document can not be read.</exception>
    public async ValueTask<EntityFields<T>?> FirstOrDefaultAsync(CancellationToken cancellationToken = default) =>
        (await new ProjectedQuery<T>(_storages, _spec, Math.Min(1, _take ?? 1), _unreadable).ToListAsync(cancellationToken).ConfigureAwait(false)) is [var first, ..] ? first : null;

    /// <summary>A page of the fields of the entities, and a cursor to go on from: see <see cref="Query{T, TModel}.ToPageAsync"/>.</summary>
    /// <param name="size">The most entities of the page; 1 to 10,000.</param>
    /// <param name="cursor">That of the page before, of the same query; null for the first page.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    /// <exception cref="QueryCursorException">The cursor is not one of this query.</exception>
    /// <exception cref="ModelException">The model has neither indexes nor versions, and so keeps no list of its entities.</exception>
    /// <exception cref="EntityFormatException">A document can not be read.</exception>
    public async ValueTask<QueryPage<EntityFields<T>>> ToPageAsync(int size, string? cursor = null, CancellationToken cancellationToken = default)
    {
        var paging = new QueryPaging<T>(_storages, _spec, size, cursor);
        var fields = await paging.Runner.ToFieldsAsync(Math.Min(size, _take ?? size), paging.After, _unreadable, cancellationToken).ConfigureAwait(false);
        return new(fields.Found, paging.CursorOf(fields.Rows));
    }

    /// <summary>The fields of the entities one after another, read page by page as they are asked for.</summary>
    /// <param name="pageSize">How many are read at once; 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<EntityFields<T>> AsAsyncEnumerable(int pageSize = DefaultPageSize, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var left = _take ?? int.MaxValue;
        string? cursor = null;
        do
        {
            var page = await new ProjectedQuery<T>(_storages, _spec, Math.Min(left, pageSize), _unreadable).ToPageAsync(pageSize, cursor, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            (cursor, left) = (page.Cursor, left - page.Items.Count);
        }
        while (cursor is not null && left > 0);
    }
}
