using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A unit of work: writes of entities of one keyspace, committed all or nothing in one round trip.</summary>
/// <remarks>
/// The writes are carried out in their order, so that a later one sees an earlier one. Nothing is sent before
/// <see cref="CommitAsync"/>. Not thread-safe; commit once.
/// </remarks>
public sealed class Change
{
    private readonly Keyspace _keyspace;
    private readonly List<EntityOperation> _operations = [];
    private CommitMemory? _memory;
    private bool _committed;

    internal Change(Keyspace keyspace) => _keyspace = keyspace;

    /// <summary>The number of writes.</summary>
    public int Count => _operations.Count;

    /// <summary>Adds an insert: the entity must not exist.</summary>
    /// <typeparam name="T">The type of the entity.</typeparam>
    /// <param name="repository">Its repository; of this keyspace.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="expiry">When it expires; what the model says unless given.</param>
    /// <returns>Where the entity as stored is found after the commit.</returns>
    /// <exception cref="ModelException">An expiry is given, and the model does not say that its entities may expire.</exception>
    public ChangedEntity<T> Insert<T>(IEntityRepository<T> repository, T entity, Expiry expiry = default)
        where T : class => Add(repository, storage => EntityWrite<T>.Of(storage, WriteKind.Insert, WithId(storage, entity), expiry));

    /// <summary>Adds an update: the entity must exist, in the version that was read if the model has versions.</summary>
    /// <typeparam name="T">The type of the entity.</typeparam>
    /// <param name="repository">Its repository; of this keyspace.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="expiry">When it expires from now on; what the model says unless given.</param>
    /// <returns>Where the entity as stored is found after the commit.</returns>
    /// <exception cref="ModelException">An expiry is given, and the model does not say that its entities may expire.</exception>
    public ChangedEntity<T> Update<T>(IEntityRepository<T> repository, T entity, Expiry expiry = default)
        where T : class => Add(repository, storage => EntityWrite<T>.Of(storage, WriteKind.Update, entity, expiry));

    /// <summary>Adds an upsert: the entity is written whether it exists or not.</summary>
    /// <typeparam name="T">The type of the entity.</typeparam>
    /// <param name="repository">Its repository; of this keyspace.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="expiry">When it expires from now on; what the model says unless given.</param>
    /// <returns>Where the entity as stored is found after the commit.</returns>
    /// <exception cref="ModelException">An expiry is given, and the model does not say that its entities may expire.</exception>
    public ChangedEntity<T> Upsert<T>(IEntityRepository<T> repository, T entity, Expiry expiry = default)
        where T : class => Add(repository, storage => EntityWrite<T>.Of(storage, WriteKind.Upsert, WithId(storage, entity), expiry));

    /// <summary>Adds an edit: the entity, which must exist, is read when the change is committed, and written as the edit gives it.</summary>
    /// <remarks>One round trip more; when the entity has changed meanwhile the commit is tried again, with another call of the edit.</remarks>
    /// <typeparam name="T">The type of the entity.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">Its repository; of this keyspace.</param>
    /// <param name="id">The entity's id.</param>
    /// <param name="edit">Gives the new entity from the stored one, with the same id.</param>
    /// <param name="expiry">When it expires from now on; what the model says unless given.</param>
    /// <returns>Where the entity as stored is found after the commit.</returns>
    /// <exception cref="InvalidOperationException">This change has written the entity before.</exception>
    public ChangedEntity<T> Edit<T, TModel, TId>(Repository<T, TModel> repository, TId id, Func<T, T> edit, Expiry expiry = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(edit);
        return Add(repository, storage => new EntityWrite<T>(storage, repository.Model.TokenOf(id), edit, expiry));
    }

    /// <summary>Adds a delete. One that finds nothing does not refuse the change, unless it names a version.</summary>
    /// <typeparam name="T">The type of the entity.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">Its repository; of this keyspace.</param>
    /// <param name="id">The entity's id.</param>
    /// <param name="version">The version in which it must exist, or null for any, or none.</param>
    /// <exception cref="ModelException">A version is given, and the model has none.</exception>
    public void Delete<T, TModel, TId>(Repository<T, TModel> repository, TId id, long? version = null)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        Add(repository, storage => new EntityDelete<T>(storage, repository.Model.TokenOf(id)) { Expected = VersionOf(storage, version), MustExist = version is not null });
    }

    /// <summary>Adds a change of an entity's expiry, and of nothing else: the entity must exist.</summary>
    /// <typeparam name="T">The type of the entity.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">Its repository; of this keyspace.</param>
    /// <param name="id">The entity's id.</param>
    /// <param name="expiry">When it expires from now on; <see cref="Expiry.Persist"/> for never.</param>
    /// <exception cref="ModelException">The model does not say that its entities may expire.</exception>
    public void SetExpiry<T, TModel, TId>(Repository<T, TModel> repository, TId id, Expiry expiry)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        Add(repository, storage => EntityTouch<T>.Of(storage, repository.Model.TokenOf(id), expiry, mustExist: true));
    }

    /// <summary>Demands that an entity exists, in a version if one is given; else the change is refused. What a change can say of reads.</summary>
    /// <typeparam name="T">The type of the entity.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">Its repository; of this keyspace.</param>
    /// <param name="id">The entity's id.</param>
    /// <param name="version">The version it must have, or null for any.</param>
    /// <exception cref="ModelException">A version is given, and the model has none.</exception>
    public void Require<T, TModel, TId>(Repository<T, TModel> repository, TId id, long? version = null)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        Add(repository, storage => new EntityRequire<T>(storage, WriteKind.Require, repository.Model.TokenOf(id)) { Expected = VersionOf(storage, version), MustExist = true });
    }

    /// <summary>Demands that an entity does not exist; else the change is refused.</summary>
    /// <typeparam name="T">The type of the entity.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">Its repository; of this keyspace.</param>
    /// <param name="id">The entity's id.</param>
    public void RequireAbsent<T, TModel, TId>(Repository<T, TModel> repository, TId id)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        Add(repository, storage => new EntityRequire<T>(storage, WriteKind.RequireAbsent, repository.Model.TokenOf(id)));
    }

    /// <summary>Adds a patch: the entity must exist.</summary>
    /// <remarks>Where the patch has to read the entity (see <see cref="Patch{T, TModel}"/>) the commit takes one round trip more, and is tried again when the entity has changed meanwhile.</remarks>
    /// <typeparam name="T">The type of the entity.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">Its repository; of this keyspace.</param>
    /// <param name="id">The entity's id.</param>
    /// <param name="patch">Says what changes.</param>
    /// <exception cref="InvalidOperationException">The patch has to read the entity, which this change has written before.</exception>
    public void Patch<T, TModel, TId>(Repository<T, TModel> repository, TId id, Action<Patch<T, TModel>> patch)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(patch);
        var steps = new Patch<T, TModel>(repository.Model);
        patch(steps);
        Add(repository, storage => new EntityPatch<T>(storage, repository.Model.TokenOf(id), steps.Steps, steps.ExpectedVersion, steps.NewExpiry));
    }

    /// <summary>
    /// Remembers the commit by an id, so that a change that is committed again with the same id gets the first one's versions
    /// instead of being applied again. Only a commit is remembered; a change that was refused may be tried again.
    /// </summary>
    /// <remarks>
    /// The repeated change must be the same. Its entities are given back as this one would have stored them, with the versions
    /// of the first. Where a write reads the entity or writes parts ahead, the commit takes one round trip more.
    /// </remarks>
    /// <param name="operationId">What names the operation in this keyspace; any text that is not empty.</param>
    /// <param name="lifetime">How long it is remembered; at least a millisecond.</param>
    /// <returns>This change.</returns>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than a millisecond.</exception>
    public Change RememberAs(string operationId, TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromMilliseconds(1));
        _memory = new CommitMemory(_keyspace.IdempotencyKey(operationId), lifetime);
        return this;
    }

    /// <summary>Commits the writes: all, or none when one is refused. One round trip.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityException">A write was refused; <see cref="EntityException.Operation"/> is its place. Nothing was written.</exception>
    /// <exception cref="IdempotencyConflictException">The id was used for another change, with another number of writes.</exception>
    /// <exception cref="InvalidOperationException">The change was committed before; or it is to be remembered, and holds an edit, whose result is not kept.</exception>
    public async ValueTask CommitAsync(CancellationToken cancellationToken = default)
    {
        if (_committed)
        {
            throw new InvalidOperationException("The change was committed before.");
        }

        if (_memory is not null && _operations.Exists(operation => operation.GivesWhatItRead))
        {
            throw new InvalidOperationException("A change that is remembered can not hold an edit, whose result is not kept: update a version that was read.");
        }

        if (_memory is null)
        {
            await EntityCommit.SendAsync(_keyspace.Store, _operations, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await EntityCommit.SendAsync(_keyspace.Store, _operations, _memory, cancellationToken).ConfigureAwait(false);
        }

        _committed = true;
    }

    private static StoreValue VersionOf<T>(EntityStorage<T> storage, long? version)
        where T : class =>
        version is not { } expected ? "" : storage.Schema.IsVersioned ? expected : throw new ModelException($"{storage.Schema.Name}: the model has no versions.");

    private static T WithId<T>(EntityStorage<T> storage, T entity)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        var model = storage.Schema.Model;
        return !model.NeedsId(entity)
            ? entity
            : model.TryGiveId(entity, storage.Keyspace, out var given)
                ? given
                : throw new ModelException($"{model.Name}: an id that the store counts has to be asked for before the change is made; insert the entity by itself, or give it an id.");
    }

    private ChangedEntity<T> Add<T>(IEntityRepository<T> repository, Func<EntityStorage<T>, EntityOperation<T>> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(repository);
        if (repository.Storages.ArePartitions)
        {
            throw new CrossSlotException($"{repository.Storages.Schema.Name}: the repository lies in partitions; a change can not span two.");
        }

        var storage = repository.Storages.First;
        if (!ReferenceEquals(storage.Store, _keyspace.Store) || storage.Keyspace.Tag != _keyspace.Tag)
        {
            throw new CrossSlotException($"{storage.Schema.Name}: the repository belongs to another keyspace than the change; a change can not span two.");
        }

        var operation = create(storage);
        if (operation.ReadsEntity && _operations.Exists(other => other.Writes && other.Keys.Entity(other.Token) == operation.Keys.Entity(operation.Token)))
        {
            throw new InvalidOperationException($"{storage.Schema.Name}: the write has to read the entity, which the change has written before; write it once in a change.");
        }

        _operations.Add(operation);
        return new ChangedEntity<T>(operation);
    }
}
