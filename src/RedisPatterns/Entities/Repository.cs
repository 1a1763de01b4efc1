using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The entities of one model in one keyspace. Thread-safe; hold one for the life of an application.</summary>
/// <remarks>
/// Every write changes the document, its index entries, its unique claims and its version in one atomic step and one round
/// trip (two where scripts must declare their keys, as on Garnet), or nothing. What a read gives is a copy of its own.
/// Writes, finds and queries need a store with <see cref="StoreFeatures.Scripts"/>, and are refused with
/// <see cref="UnsupportedCommandException"/> without.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class Repository<T, TModel> : IEntityRepository<T>
    where T : class
    where TModel : EntityModel<T>
{
    private const int DocumentsPerCommand = 1_000;

    private readonly EntityStorage<T> _storage;
    private readonly TModel _model;

    internal Repository(Keyspace keyspace, TModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _storage = new EntityStorage<T>(keyspace, model.Schema);
    }

    /// <inheritdoc/>
    public Keyspace Keyspace => _storage.Keyspace;

    /// <summary>The model.</summary>
    public TModel Model => _model;

    EntityStorage<T> IEntityRepository<T>.Storage => _storage;

    /// <summary>Inserts an entity that must not exist. One round trip.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored, in version 1 if the model has versions.</returns>
    /// <exception cref="EntityExistsException">An entity with the id exists.</exception>
    /// <exception cref="DuplicateValueException">Another entity holds one of its unique values.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    /// <exception cref="IndexValueException">A value can not be kept in its index; nothing was sent.</exception>
    public ValueTask<T> InsertAsync(T entity, CancellationToken cancellationToken = default) => WriteAsync(WriteKind.Insert, entity, cancellationToken);

    /// <summary>Updates an entity that must exist, in the version that was read if the model has versions. One round trip.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored, in its new version.</returns>
    /// <exception cref="EntityNotFoundException">No entity with the id exists: it was deleted, or never inserted.</exception>
    /// <exception cref="VersionConflictException">The stored version is another.</exception>
    /// <exception cref="DuplicateValueException">Another entity holds one of its unique values.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    /// <exception cref="IndexValueException">A value can not be kept in its index; nothing was sent.</exception>
    public ValueTask<T> UpdateAsync(T entity, CancellationToken cancellationToken = default) => WriteAsync(WriteKind.Update, entity, cancellationToken);

    /// <summary>Writes an entity whether it exists or not, whatever its version. One round trip.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored, in its new version.</returns>
    /// <exception cref="DuplicateValueException">Another entity holds one of its unique values.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    /// <exception cref="IndexValueException">A value can not be kept in its index; nothing was sent.</exception>
    public ValueTask<T> UpsertAsync(T entity, CancellationToken cancellationToken = default) => WriteAsync(WriteKind.Upsert, entity, cancellationToken);

    /// <summary>Deletes an entity with all its index entries and claims. One round trip.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="version">The version it must have, or null for any.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="VersionConflictException">It has another version; nothing was deleted.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public async ValueTask<bool> DeleteAsync(string id, long? version = null, CancellationToken cancellationToken = default)
    {
        var operation = EntityOperation<T>.Delete(_storage, id, version);
        await EntityCommit.SendAsync(_storage.Store, operation, cancellationToken).ConfigureAwait(false);
        return operation.Found;
    }

    /// <summary>Reads an entity. One round trip.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity, or null when there is none.</returns>
    /// <exception cref="EntityFormatException">The document can not be read.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T?> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        var document = await _storage.Store.SendAsync(Strings.Get(_storage.Keys.Entity(_storage.Schema.TokenOf(id))), cancellationToken).ConfigureAwait(false);
        return document.IsNull ? null : _storage.Read(document);
    }

    /// <summary>Reads several entities. One round trip for any number.</summary>
    /// <param name="ids">Their ids; one that is named twice is read twice.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entities in the order of the ids; null where there is none.</returns>
    /// <exception cref="EntityFormatException">A document can not be read.</exception>
    /// <exception cref="EntityIdException">An id is null or empty; nothing was sent.</exception>
    public async ValueTask<IReadOnlyList<T?>> GetManyAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        StoreKey[] keys = [.. ids.Select(id => _storage.Keys.Entity(_storage.Schema.TokenOf(id)))];
        if (keys.Length == 0)
        {
            return [];
        }

        if (keys.Length <= DocumentsPerCommand)
        {
            return Read(await _storage.Store.SendAsync(Strings.GetMany(keys), cancellationToken).ConfigureAwait(false));
        }

        // One huge command would hold the server for all of it; several in one pipeline are still one round trip.
        var pipeline = new StorePipeline();
        var parts = keys.Chunk(DocumentsPerCommand).Select(part => pipeline.Add(Strings.GetMany(part))).ToList();
        await _storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        return Read([.. parts.SelectMany(part => part.Value)]);
    }

    /// <summary>Whether an entity exists. One round trip; the document is not read.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public ValueTask<bool> ExistsAsync(string id, CancellationToken cancellationToken = default) =>
        _storage.Store.SendAsync(Commands.Keys.Exists(_storage.Keys.Entity(_storage.Schema.TokenOf(id))), cancellationToken);

    /// <summary>Finds the entity that holds a value of a unique index. One round trip.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="index">Names the index.</param>
    /// <param name="value">The value as the model normalizes it; null finds nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity, or null when there is none.</returns>
    /// <exception cref="EntityFormatException">The document can not be read.</exception>
    public async ValueTask<T?> FindAsync<TValue>(Func<TModel, UniqueIndex<T, TValue>> index, TValue value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        var handle = index(_model);
        if (handle.TokenOf(value) is not { } token)
        {
            return null;
        }

        var document = await _storage.Store.EvaluateAsync(
            FindScript.Script.With([_storage.Keys.Uniques[handle.Place], _storage.Keys.EntityPrefix], token), cancellationToken).ConfigureAwait(false);
        return document.IsNull ? null : _storage.Read(document);
    }

    /// <summary>A query over all entities.</summary>
    public Query<T, TModel> Query() => new(_storage, _model, null);

    /// <summary>A query over the entities that a filter asks for.</summary>
    /// <param name="filter">Makes the filter from the model's handles.</param>
    public Query<T, TModel> Query(Func<TModel, Filter<T>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var asked = filter(_model);
        return !ReferenceEquals(asked.Model, _model)
            ? throw new ModelException($"{_model.Name}: the filter belongs to another model.")
            : new(_storage, _model, asked);
    }

    /// <summary>Compares every entity with its index entries, claims and memo, and says what differs. For maintenance: it reads everything.</summary>
    /// <remarks>Changes nothing. A difference is looked at a second time, so that writes that go on meanwhile raise no false alarm.</remarks>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was compared, and every difference.</returns>
    public ValueTask<DriftReport> VerifyAsync(CancellationToken cancellationToken = default) =>
        new EntityVerification<T>(_storage).RunAsync(cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> WriteAsync(WriteKind kind, T entity, CancellationToken cancellationToken)
    {
        var operation = EntityOperation<T>.Write(_storage, kind, entity);
        await EntityCommit.SendAsync(_storage.Store, operation, cancellationToken).ConfigureAwait(false);
        return operation.Result!;
    }

    private T?[] Read(StoreValue[] documents) => Array.ConvertAll(documents, document => document.IsNull ? null : _storage.Read(document));
}
