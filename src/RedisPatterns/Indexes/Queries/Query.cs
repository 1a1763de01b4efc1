using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A query: a filter, an order and a number of entities. Immutable; every call gives a new one.</summary>
/// <remarks>
/// Runs as a script that goes through a bounded number of index entries in one call and comes back for more when it needs
/// to, so that no query holds the server for long. The entities come with the answer: one round trip when the bound suffices.
/// Without an order they come in any.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class Query<T, TModel>
    where T : class
    where TModel : EntityModelBase<T>
{
    private const int DefaultPageSize = 250;

    private readonly EntityStorages<T> _storages;
    private readonly TModel _model;
    private readonly QuerySpec<T> _spec;
    private readonly int? _take;
    private readonly Action<UnreadableEntity>? _unreadable;

    internal Query(EntityStorages<T> storages, TModel model, QuerySpec<T> spec, int? take = null, Action<UnreadableEntity>? unreadable = null) =>
        (_storages, _model, _spec, _take, _unreadable) = (storages, model, spec, take, unreadable);

    /// <summary>Orders by an index, least first; equal ones by the bytes of the escaped id. Only entities with an entry in the index are found.</summary>
    /// <param name="index">Names the index.</param>
    /// <exception cref="ModelException">The index belongs to another model.</exception>
    public Query<T, TModel> OrderBy(Func<TModel, IOrderIndex<T>> index) => Order(index, descending: false);

    /// <summary>Orders by an index, greatest first; equal ones by the bytes of the escaped id, backwards. Only entities with an entry in the index are found.</summary>
    /// <param name="index">Names the index.</param>
    /// <exception cref="ModelException">The index belongs to another model.</exception>
    public Query<T, TModel> OrderByDescending(Func<TModel, IOrderIndex<T>> index) => Order(index, descending: true);

    /// <summary>Orders by the distance from a place, nearest first. Only entities with an entry in the index are found.</summary>
    /// <remarks>Every entity that the filter asks for is looked at, so ask for those <see cref="GeoIndex{T}.Near"/> the place.</remarks>
    /// <param name="index">Names the index.</param>
    /// <param name="place">The place.</param>
    /// <exception cref="ModelException">The index belongs to another model.</exception>
    public Query<T, TModel> OrderByDistance(Func<TModel, GeoIndex<T>> index, GeoPosition place)
    {
        ArgumentNullException.ThrowIfNull(index);
        return With(_spec with { Ordering = new QueryOrdering<T>(QueryOrderKind.Distance, Own(index(_model)), Centre: place) });
    }

    /// <summary>Finds so many entities at most.</summary>
    /// <param name="count">How many; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public Query<T, TModel> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(_storages, _model, _spec, count, _unreadable);
    }

    /// <summary>Sets how many index entries one call of the server goes through at most; 4,000 without this.</summary>
    /// <remarks>
    /// A server does nothing else meanwhile: see the figures in the guide. Fewer mean shorter holds, and more round trips for
    /// queries that need more. Where every entry may bring its entity along, at most 1,000 are gone through anyway. The number
    /// of documents that come with a page is yours to bound, by <see cref="Take"/>.
    /// </remarks>
    /// <param name="entries">How many; 100 to 1,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public Query<T, TModel> Budget(int entries)
    {
        const int Least = 100;
        const int Greatest = 1_000_000;
        ArgumentOutOfRangeException.ThrowIfLessThan(entries, Least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries, Greatest);
        return With(_spec with { Budget = entries });
    }

    /// <summary>Passes over entities that can not be read, and tells of each; without this such a one fails the query.</summary>
    /// <param name="unreadable">Told of each.</param>
    public Query<T, TModel> SkipUnreadable(Action<UnreadableEntity> unreadable)
    {
        ArgumentNullException.ThrowIfNull(unreadable);
        return new(_storages, _model, _spec, _take, unreadable);
    }

    /// <summary>Reads some fields instead of whole entities: where fields lie apart, nothing else.</summary>
    /// <param name="fields">Names the fields: <c>m => [m.Name, m.City]</c>; at least one.</param>
    /// <exception cref="ArgumentException">No field is asked for.</exception>
    public ProjectedQuery<T> Select(Func<TModel, EntityField<T>[]> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var asked = fields(_model);
        return asked.Length == 0
            ? throw new ArgumentException("No field is asked for.", nameof(fields))
            : new(_storages, _spec with { Fields = asked, Names = _storages.First.Reader.NamesOf(asked) }, _take, _unreadable);
    }

    /// <summary>The entities, each once.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityFormatException">A document can not be read.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IReadOnlyList<T>> ToListAsync(CancellationToken cancellationToken = default) =>
        (await Runner().ToEntitiesAsync(_take, QueryPosition.Start, _unreadable, cancellationToken).ConfigureAwait(false)).Found;

    /// <summary>A page of the entities, and a cursor to go on from. One round trip when the bound suffices.</summary>
    /// <remarks>
    /// The cursor says behind which value and id the page ends. So however much is written meanwhile, no entity comes twice
    /// and none is left out, if its value in the order did not change. Without an order entities come in an order of no
    /// meaning that does not change.
    /// </remarks>
    /// <param name="size">The most entities of the page; 1 to 10,000.</param>
    /// <param name="cursor">That of the page before, of the same query; null for the first page.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The page; the last one has no cursor. One that is full may be followed by one that is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    /// <exception cref="QueryCursorException">The cursor is not one of this query.</exception>
    /// <exception cref="ModelException">The model has neither indexes nor versions, and so keeps no list of its entities.</exception>
    /// <exception cref="EntityFormatException">A document can not be read.</exception>
    public async ValueTask<QueryPage<T>> ToPageAsync(int size, string? cursor = null, CancellationToken cancellationToken = default)
    {
        var paging = new QueryPaging<T>(_storages, _spec with { Names = _storages.First.Reader.ContentNames }, size, cursor);
        var entities = await paging.Runner.ToEntitiesAsync(Least(size, _take), paging.After, _unreadable, cancellationToken).ConfigureAwait(false);
        return new(entities.Found, paging.CursorOf(entities.Rows));
    }

    /// <summary>The entities one after another, read page by page as they are asked for: memory stays bounded whatever there is.</summary>
    /// <remarks>What <see cref="ToPageAsync"/> says of writes meanwhile holds here.</remarks>
    /// <param name="pageSize">How many are read at once; 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<T> AsAsyncEnumerable(int pageSize = DefaultPageSize, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!_storages.Schema.Shape.HasMemo)
        {
            foreach (var entity in await ToListAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return entity;
            }

            yield break;
        }

        var left = _take ?? int.MaxValue;
        string? cursor = null;
        do
        {
            var page = await Take(Math.Min(left, pageSize)).ToPageAsync(pageSize, cursor, cancellationToken).ConfigureAwait(false);
            foreach (var entity in page.Items)
            {
                yield return entity;
            }

            (cursor, left) = (page.Cursor, left - page.Items.Count);
        }
        while (cursor is not null && left > 0);
    }

    /// <summary>The first entity, or null when there is none.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityFormatException">The document can not be read.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T?> FirstOrDefaultAsync(CancellationToken cancellationToken = default) =>
        (await Runner().ToEntitiesAsync(Least(1, _take), QueryPosition.Start, _unreadable, cancellationToken).ConfigureAwait(false)).Found is [var first, ..] ? first : null;

    /// <summary>The ids of the entities as text, without reading their documents.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<IReadOnlyList<string>> ToIdsAsync(CancellationToken cancellationToken = default) =>
        [.. (await Runner().ToTokensAsync(_take, QueryPosition.Start, cancellationToken).ConfigureAwait(false)).Found.Select(KeyGrammar.Unescape)];

    /// <summary>How many entities there are, at most as many as <see cref="Take"/> says; documents are not read.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default) => Unordered().CountAsync(_take, cancellationToken);

    /// <summary>Whether there is at least one entity.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken = default) =>
        (await Unordered().ToTokensAsync(Least(1, _take), QueryPosition.Start, cancellationToken).ConfigureAwait(false)).Items.Count > 0;

    /// <summary>Runs the query for its ids, and tells how it was answered: which index drives, what is probed, and how many entries were gone through.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<QueryExplanation> ExplainAsync(CancellationToken cancellationToken = default)
    {
        var runner = _storages.Run((_spec with { Asks = "X" }).Completed());
        var tokens = await runner.ToTokensAsync(_take, QueryPosition.Start, cancellationToken).ConfigureAwait(false);
        return runner.Explain(tokens.Items.Count);
    }

    private static int Least(int one, int? other) => Math.Min(one, other ?? one);

    private Query<T, TModel> Order(Func<TModel, IOrderIndex<T>> index, bool descending)
    {
        ArgumentNullException.ThrowIfNull(index);
        return With(_spec with { Ordering = QueryOrdering<T>.By(Own(index(_model).Index), descending) });
    }

    private EntityIndex<T> Own(EntityIndex<T> index) =>
        ReferenceEquals(index.Model, _model) ? index : throw new ModelException($"{_model.Name}: the index belongs to another model.");

    private Query<T, TModel> With(QuerySpec<T> spec) => new(_storages, _model, spec, _take, _unreadable);

    private IQueryRunner<T> Runner() => _storages.Run((_spec with { Names = _storages.First.Reader.ContentNames }).Completed());

    // An order only says which entities count.
    private IQueryRunner<T> Unordered() => _storages.Run(_spec.Counted());
}
