namespace RedisPatterns;

/// <summary>A query: a filter, an order and a number of entities. Immutable; every call gives a new one.</summary>
/// <remarks>
/// Runs as a script that goes through a bounded number of index entries in one call and comes back for more when it needs
/// to, so that no query holds the server for long. The documents come with the answer: one round trip when the bound
/// suffices. Without an order the entities come in any.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class Query<T, TModel>
    where T : class
    where TModel : EntityModelBase<T>
{
    private readonly EntityStorage<T> _storage;
    private readonly TModel _model;
    private readonly Filter<T>? _filter;
    private readonly IOrderIndex<T>? _order;
    private readonly bool _descending;
    private readonly int? _take;
    private readonly Action<UnreadableEntity>? _unreadable;

    internal Query(
        EntityStorage<T> storage, TModel model, Filter<T>? filter, IOrderIndex<T>? order = null, bool descending = false, int? take = null, Action<UnreadableEntity>? unreadable = null)
    {
        _unreadable = unreadable;
        _storage = storage;
        _model = model;
        _filter = filter;
        _order = order;
        _descending = descending;
        _take = take;
    }

    /// <summary>Orders by an index, least first; equal ones by id. Only entities with an entry in the index are found.</summary>
    /// <param name="index">Names the index.</param>
    public Query<T, TModel> OrderBy(Func<TModel, IOrderIndex<T>> index) => Order(index, descending: false);

    /// <summary>Orders by an index, greatest first; equal ones by id, backwards. Only entities with an entry in the index are found.</summary>
    /// <param name="index">Names the index.</param>
    public Query<T, TModel> OrderByDescending(Func<TModel, IOrderIndex<T>> index) => Order(index, descending: true);

    /// <summary>Finds so many entities at most.</summary>
    /// <param name="count">How many; at least 0.</param>
    public Query<T, TModel> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(_storage, _model, _filter, _order, _descending, count, _unreadable);
    }

    /// <summary>Passes over entities that can not be read, and tells of each; without this such a one fails the query.</summary>
    /// <param name="unreadable">Told of each.</param>
    public Query<T, TModel> SkipUnreadable(Action<UnreadableEntity> unreadable)
    {
        ArgumentNullException.ThrowIfNull(unreadable);
        return new(_storage, _model, _filter, _order, _descending, _take, unreadable);
    }

    /// <summary>The entities, each once.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityFormatException">A document can not be read.</exception>
    public async ValueTask<IReadOnlyList<T>> ToListAsync(CancellationToken cancellationToken = default)
    {
        return await Runner(_take).ToEntitiesAsync(_unreadable, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The first entity, or null when there is none.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityFormatException">The document can not be read.</exception>
    public async ValueTask<T?> FirstOrDefaultAsync(CancellationToken cancellationToken = default)
    {
        var entities = await Runner(Math.Min(_take ?? 1, 1)).ToEntitiesAsync(_unreadable, cancellationToken).ConfigureAwait(false);
        return entities.Count == 0 ? null : entities[0];
    }

    /// <summary>The ids of the entities as text, without reading their documents.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<IReadOnlyList<string>> ToIdsAsync(CancellationToken cancellationToken = default)
    {
        var tokens = await Runner(_take).ToTokensAsync(cancellationToken).ConfigureAwait(false);
        return [.. tokens.Select(KeyGrammar.Unescape)];
    }

    /// <summary>How many entities there are, at most as many as <see cref="Take"/> says; documents are not read.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<long> CountAsync(CancellationToken cancellationToken = default) => Runner(_take).CountAsync(cancellationToken);

    /// <summary>Whether there is at least one entity.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<bool> AnyAsync(CancellationToken cancellationToken = default)
    {
        var tokens = await Runner(Math.Min(_take ?? 1, 1)).ToTokensAsync(cancellationToken).ConfigureAwait(false);
        return tokens.Count > 0;
    }

    private Query<T, TModel> Order(Func<TModel, IOrderIndex<T>> index, bool descending)
    {
        ArgumentNullException.ThrowIfNull(index);
        return new(_storage, _model, _filter, index(_model), descending, _take, _unreadable);
    }

    private QueryRunner<T> Runner(int? take) => new(_storage, _filter, _order, _descending, take);
}
