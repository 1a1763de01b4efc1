using System.Runtime.CompilerServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The entities of one model in one keyspace. Thread-safe; hold one for the life of an application.</summary>
/// <remarks>
/// Every write changes the entity, its index entries, its unique claims, its version and its expiry in one atomic step and
/// one round trip (two where scripts must declare their keys, as on Garnet), or nothing. What a read gives is a copy of its
/// own. Verbs that take an id are in <see cref="RepositoryExtensions"/>, typed by the model's ids. Writes, finds and queries
/// need a store with <see cref="StoreFeatures.Scripts"/>, and are refused with <see cref="UnsupportedCommandException"/>
/// without; inserts, updates and upserts of whole documents without indexes, version and schema can do without.
/// "One round trip" holds for the write itself: contents in parts are sent before it, a model that preserves unknown members
/// reads before it updates, and an id counted by the store is asked for.
/// </remarks>
/// <typeparam name="T">The type of the entities.</typeparam>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class Repository<T, TModel> : IEntityRepository<T>
    where T : class
    where TModel : EntityModelBase<T>
{
    private readonly EntityStorages<T> _storages;
    private readonly TModel _model;

    internal Repository(Keyspace[] keyspaces, TModel model, PartitionedKeyspaceOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _storages = new EntityStorages<T>(keyspaces, model.Closed, options);
        foreach (var keyspace in keyspaces)
        {
            ModelRegistry.Register(keyspace, model);
        }
    }

    private Repository(EntityStorages<T> storages, TModel model) => (_storages, _model) = (storages, model);

    /// <inheritdoc/>
    public Keyspace Keyspace => _storages.First.Keyspace;

    /// <summary>The model.</summary>
    public TModel Model => _model;

    EntityStorages<T> IEntityRepository<T>.Storages => _storages;

    internal EntityStorages<T> Storages => _storages;

    /// <summary>The same entities, whose writes are refused, in their own step, when a lease is no longer held. Costs next to nothing to make.</summary>
    /// <remarks>
    /// A write that is refused throws <see cref="LeaseLostException"/>, and has written nothing. It holds in a
    /// <see cref="Change"/> too, also with other entities. Reads are not guarded. A guarded write takes no short cut, so it
    /// costs the server somewhat more than others.
    /// </remarks>
    /// <param name="lease">The lease; of a lock in the same keyspace.</param>
    /// <exception cref="CrossSlotException">The lock lies in another keyspace, or the entities in partitions.</exception>
    public Repository<T, TModel> GuardedBy(Lease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return new(_storages.GuardedBy(lease.Fence), _model);
    }

    /// <summary>Inserts an entity that must not exist. One round trip.</summary>
    /// <param name="entity">The entity; one without an id is given one, if the model generates ids.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored: with its id, and in version 1 if the model has versions.</returns>
    /// <exception cref="EntityExistsException">An entity with the id exists.</exception>
    /// <exception cref="DuplicateValueException">Another entity holds one of its unique values.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    /// <exception cref="EntityTooLargeException">It is larger than the layout allows; nothing is stored.</exception>
    /// <exception cref="IndexValueException">A value can not be kept in its index; nothing was sent.</exception>
    public ValueTask<T> InsertAsync(T entity, CancellationToken cancellationToken = default) => WriteAsync(WriteKind.Insert, entity, default, cancellationToken);

    /// <summary>Inserts an entity that must not exist, with an expiry of its own. One round trip.</summary>
    /// <param name="entity">The entity; one without an id is given one, if the model generates ids.</param>
    /// <param name="expiry">When it expires.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored: with its id, and in version 1 if the model has versions.</returns>
    /// <exception cref="EntityExistsException">An entity with the id exists.</exception>
    /// <exception cref="DuplicateValueException">Another entity holds one of its unique values.</exception>
    /// <exception cref="ModelException">The model does not say that its entities may expire; nothing was sent.</exception>
    public ValueTask<T> InsertAsync(T entity, Expiry expiry, CancellationToken cancellationToken = default) =>
        WriteAsync(WriteKind.Insert, entity, expiry, cancellationToken);

    /// <summary>Updates an entity that must exist, in the version that was read if the model has versions. One round trip.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored, in its new version.</returns>
    /// <exception cref="EntityNotFoundException">No entity with the id exists: it was deleted, expired, or never inserted.</exception>
    /// <exception cref="VersionConflictException">The stored version is another.</exception>
    /// <exception cref="DuplicateValueException">Another entity holds one of its unique values.</exception>
    /// <exception cref="SchemaVersionException">What is stored was written by newer code; found out for models with an index or a version.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    /// <exception cref="EntityTooLargeException">It is larger than the layout allows; nothing is stored.</exception>
    /// <exception cref="IndexValueException">A value can not be kept in its index; nothing was sent.</exception>
    public ValueTask<T> UpdateAsync(T entity, CancellationToken cancellationToken = default) => WriteAsync(WriteKind.Update, entity, default, cancellationToken);

    /// <summary>Updates an entity that must exist, and changes its expiry. One round trip.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="expiry">When it expires from now on.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored, in its new version.</returns>
    /// <exception cref="EntityNotFoundException">No entity with the id exists: it was deleted, expired, or never inserted.</exception>
    /// <exception cref="VersionConflictException">The stored version is another.</exception>
    /// <exception cref="DuplicateValueException">Another entity holds one of its unique values.</exception>
    /// <exception cref="ModelException">The model does not say that its entities may expire; nothing was sent.</exception>
    public ValueTask<T> UpdateAsync(T entity, Expiry expiry, CancellationToken cancellationToken = default) =>
        WriteAsync(WriteKind.Update, entity, expiry, cancellationToken);

    /// <summary>Writes an entity whether it exists or not, whatever its version. One round trip.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored, in its new version.</returns>
    /// <exception cref="DuplicateValueException">Another entity holds one of its unique values.</exception>
    /// <exception cref="SchemaVersionException">What is stored was written by newer code; found out for models with an index or a version.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    /// <exception cref="EntityTooLargeException">It is larger than the layout allows; nothing is stored.</exception>
    /// <exception cref="IndexValueException">A value can not be kept in its index; nothing was sent.</exception>
    public ValueTask<T> UpsertAsync(T entity, CancellationToken cancellationToken = default) => WriteAsync(WriteKind.Upsert, entity, default, cancellationToken);

    /// <summary>Writes an entity whether it exists or not, and sets its expiry. One round trip.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="expiry">When it expires from now on.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored, in its new version.</returns>
    /// <exception cref="DuplicateValueException">Another entity holds one of its unique values.</exception>
    /// <exception cref="ModelException">The model does not say that its entities may expire; nothing was sent.</exception>
    public ValueTask<T> UpsertAsync(T entity, Expiry expiry, CancellationToken cancellationToken = default) =>
        WriteAsync(WriteKind.Upsert, entity, expiry, cancellationToken);

    /// <summary>Inserts many entities, each for itself: pipelined, bounded in flight, with an outcome for each.</summary>
    /// <remarks>After cancellation, and after an outcome that tells of a lost connection, an entity that was sent may have been written.</remarks>
    /// <param name="entities">The entities; no two with one id.</param>
    /// <param name="options">How many at once, who is told of the progress, and when they expire; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes, in the order of the entities.</returns>
    /// <exception cref="ArgumentException">Two entities have one id; nothing was sent.</exception>
    /// <exception cref="ModelException">An expiry is given, and the model does not say that its entities may expire; nothing was sent.</exception>
    public ValueTask<BulkReport<T>> InsertManyAsync(IReadOnlyList<T> entities, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteManyAsync(WriteKind.Insert, entities, options, cancellationToken);

    /// <summary>Inserts many entities that come one after another, each for itself: pipelined, bounded in flight, with an outcome for each as it comes.</summary>
    /// <remarks>
    /// An entity is asked for when there is room in flight and somebody waits for an outcome, so that memory stays bounded
    /// whatever there is to come. Two entities with one id are written both, in an order that is not promised.
    /// After the enumeration has ended early, an entity that was sent may have been written.
    /// </remarks>
    /// <param name="entities">The entities.</param>
    /// <param name="options">How many at once, who is told of the progress, and when they expire; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes, in the order of the entities; nothing is sent before they are asked for.</returns>
    /// <exception cref="ModelException">An expiry is given, and the model does not say that its entities may expire; nothing was sent.</exception>
    public IAsyncEnumerable<BulkResult<T>> InsertManyAsync(IAsyncEnumerable<T> entities, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteManyAsync(WriteKind.Insert, entities, options, cancellationToken);

    /// <summary>Updates many entities, each for itself: pipelined, bounded in flight, with an outcome for each.</summary>
    /// <remarks>After cancellation, and after an outcome that tells of a lost connection, an entity that was sent may have been written.</remarks>
    /// <param name="entities">The entities; no two with one id.</param>
    /// <param name="options">How many at once, who is told of the progress, and when they expire; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes, in the order of the entities.</returns>
    /// <exception cref="ArgumentException">Two entities have one id; nothing was sent.</exception>
    /// <exception cref="ModelException">An expiry is given, and the model does not say that its entities may expire; nothing was sent.</exception>
    public ValueTask<BulkReport<T>> UpdateManyAsync(IReadOnlyList<T> entities, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteManyAsync(WriteKind.Update, entities, options, cancellationToken);

    /// <summary>Updates many entities that come one after another, each for itself: pipelined, bounded in flight, with an outcome for each as it comes.</summary>
    /// <remarks>
    /// An entity is asked for when there is room in flight and somebody waits for an outcome, so that memory stays bounded
    /// whatever there is to come. Two entities with one id are written both, in an order that is not promised.
    /// After the enumeration has ended early, an entity that was sent may have been written.
    /// </remarks>
    /// <param name="entities">The entities.</param>
    /// <param name="options">How many at once, who is told of the progress, and when they expire; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes, in the order of the entities; nothing is sent before they are asked for.</returns>
    /// <exception cref="ModelException">An expiry is given, and the model does not say that its entities may expire; nothing was sent.</exception>
    public IAsyncEnumerable<BulkResult<T>> UpdateManyAsync(IAsyncEnumerable<T> entities, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteManyAsync(WriteKind.Update, entities, options, cancellationToken);

    /// <summary>Writes many entities whether they exist or not, each for itself: pipelined, bounded in flight, with an outcome for each.</summary>
    /// <remarks>After cancellation, and after an outcome that tells of a lost connection, an entity that was sent may have been written.</remarks>
    /// <param name="entities">The entities; no two with one id.</param>
    /// <param name="options">How many at once, who is told of the progress, and when they expire; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes, in the order of the entities.</returns>
    /// <exception cref="ArgumentException">Two entities have one id; nothing was sent.</exception>
    /// <exception cref="ModelException">An expiry is given, and the model does not say that its entities may expire; nothing was sent.</exception>
    public ValueTask<BulkReport<T>> UpsertManyAsync(IReadOnlyList<T> entities, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteManyAsync(WriteKind.Upsert, entities, options, cancellationToken);

    /// <summary>Writes many entities whether they exist or not that come one after another, each for itself: pipelined, bounded in flight, with an outcome for each as it comes.</summary>
    /// <remarks>
    /// An entity is asked for when there is room in flight and somebody waits for an outcome, so that memory stays bounded
    /// whatever there is to come. Two entities with one id are written both, in an order that is not promised.
    /// After the enumeration has ended early, an entity that was sent may have been written.
    /// </remarks>
    /// <param name="entities">The entities.</param>
    /// <param name="options">How many at once, who is told of the progress, and when they expire; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes, in the order of the entities; nothing is sent before they are asked for.</returns>
    /// <exception cref="ModelException">An expiry is given, and the model does not say that its entities may expire; nothing was sent.</exception>
    public IAsyncEnumerable<BulkResult<T>> UpsertManyAsync(IAsyncEnumerable<T> entities, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteManyAsync(WriteKind.Upsert, entities, options, cancellationToken);

    /// <summary>Finds the entity that holds a value of a unique index. One round trip; two for entities that slide, or are longer than 64 KiB in parts.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="index">Names the index.</param>
    /// <param name="value">The value as the model normalizes it; null finds nothing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity, or null when there is none.</returns>
    /// <exception cref="EntityFormatException">The document can not be read.</exception>
    /// <exception cref="IndexNotReadyException">The index is being built, or is disabled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T?> FindAsync<TValue>(Func<TModel, UniqueIndex<T, TValue>> index, TValue value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        var handle = index(_model);
        if (handle.TokenOf(value) is not { } token)
        {
            return null;
        }

        var storage = _storages.First;
        if (_storages.Claims is { } claimed && await claimed.FindAsync(handle.Place, token, cancellationToken).ConfigureAwait(false) is { } record)
        {
            // Whether the claimer has the value, its own partition knows.
            storage = _storages.Of(record.Holder);
        }

        var claims = storage.Keys.Uniques[handle.Place];
        var reader = storage.Reader;
        if (_storages.Schema.Expiry?.Window is not null)
        {
            // Whoever is found is put off, by its id.
            var holder = await storage.Lifecycle.HolderAsync(handle, claims, token, cancellationToken).ConfigureAwait(false);
            return holder.IsNull ? null : await reader.GetAsync(holder.AsText()!, cancellationToken).ConfigureAwait(false);
        }

        var call = FindScript.Call(storage.Keys, claims, handle, token, _storages.Schema.Shape.Layout, reader.ContentNames);
        var found = await storage.Store.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; found.Kind == StoreReplyKind.Integer; attempt++)
        {
            await storage.Lifecycle.ReadyAsync([handle], attempt, cancellationToken).ConfigureAwait(false);
            found = await storage.Store.EvaluateAsync(call, cancellationToken).ConfigureAwait(false);
        }

        await storage.TellUseAsync(cancellationToken).ConfigureAwait(false);
        if (reader is DocumentReader<T> documents)
        {
            return found.IsNull ? null : documents.Read(found.Value);
        }

        if (found.IsNull || found.Items[1].IsNull)
        {
            return null;
        }

        var id = found.Items[0].Value.AsText()!;
        return reader.TryReadContent(found.Items[1], out var entity) ? entity : await reader.GetAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A query over all entities.</summary>
    public Query<T, TModel> Query() => new(_storages, _model, new QuerySpec<T>());

    /// <summary>A query over the entities that a filter asks for.</summary>
    /// <param name="filter">Makes the filter from the model's handles.</param>
    public Query<T, TModel> Query(Func<TModel, Filter<T>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var asked = filter(_model);
        return !ReferenceEquals(asked.Model, _model)
            ? throw new ModelException($"{_model.Name}: the filter belongs to another model.")
            : new(_storages, _model, new QuerySpec<T> { Filter = asked.Reduced });
    }

    /// <summary>Removes what expired entities have left: index entries, claims and memos.</summary>
    /// <remarks>
    /// Writes and queries do the same for a few entities each; this is for a background task, and for an end. Up to 250
    /// entities a call of the server.
    /// </remarks>
    /// <param name="limit">How many entities at most; without it until nothing is left.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many entities were removed.</returns>
    public async ValueTask<long> SweepAsync(long limit = long.MaxValue, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var gone = 0L;
        foreach (var storage in _storages.All)
        {
            gone += gone < limit ? await new EntitySweeper<T>(storage).RunAsync(limit - gone, cancellationToken).ConfigureAwait(false) : 0;
        }

        return gone;
    }

    /// <summary>Brings every stored entity to the model's schema, while others read and write. For maintenance: it reads everything.</summary>
    /// <remarks>
    /// Each entity is upgraded in one atomic step of its own, with its index entries, and only as it was read; its version
    /// and expiry stay. To pause it, cancel it: the next call goes on where it was stopped, as it does after a crash.
    /// </remarks>
    /// <param name="options">How fast, whether in earnest, and who is told; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was done, and which entities could not be upgraded.</returns>
    public ValueTask<MigrationReport> MigrateAsync(MigrationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new MigrationOptions();
        return EachAsync(storage => new SchemaMigration<T>(storage, options).RunAsync(cancellationToken), reports => PartitionReports.Join(reports, options));
    }

    /// <summary>Builds the indexes of the model that are not ready, while other code, older code too, reads and writes. For maintenance: it goes through all memos.</summary>
    /// <remarks>
    /// An index that is declared where entities are stored already answers no query before it was built. Each entity is put
    /// into its indexes in one atomic step of its own, and only as it was read; document, version and expiry stay. To pause
    /// it, cancel it: the next call, of whatever process, goes on where it was stopped, as it does after a crash. Several at
    /// once do no harm. Disabled indexes are switched on again.
    /// </remarks>
    /// <param name="options">How fast, and who is told; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was done, the states of the indexes, and what keeps a unique index from being ready.</returns>
    /// <exception cref="ModelException">The store has an index with another definition; nothing was written.</exception>
    public ValueTask<IndexBuildReport> BuildIndexesAsync(IndexBuildOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new IndexBuildOptions();
        return EachAsync(storage => new IndexBuild<T>(storage, options).RunAsync(cancellationToken), reports => PartitionReports.Join(reports, options));
    }

    /// <summary>Switches an index off: queries that need it are refused until it is built again. Writes keep it up all the same.</summary>
    /// <param name="index">Names the index.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask DisableIndexAsync(Func<TModel, EntityIndex<T>> index, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(index);
        var field = IndexField.OfDefinition(index(_model).Definition);
        foreach (var storage in _storages.All)
        {
            await storage.Lifecycle.DeclareAsync(field, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The states of the model's indexes, and of others that the store has of the model's entities. One round trip for each partition.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The states; of an index that is not alike in all partitions the state that it is furthest from ready in.</returns>
    public ValueTask<IReadOnlyList<IndexStatus>> GetIndexStatesAsync(CancellationToken cancellationToken = default) =>
        EachAsync(storage => storage.Lifecycle.StatesAsync(cancellationToken), PartitionReports.Join);

    /// <summary>Removes the indexes that the model does not declare, that no other code has used for a while, and that no entity is in. For maintenance: it goes through all memos.</summary>
    /// <remarks>
    /// A process that writes or queries says once a minute that it uses its indexes, from its second minute on; so the time
    /// must be minutes at least, and longer than code of another kind may rest. Entities leave old indexes when the model's
    /// code writes them, or by <see cref="BuildIndexesAsync"/>.
    /// </remarks>
    /// <param name="unusedFor">For how long no other code must have used an index.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The names of the indexes that were removed.</returns>
    public ValueTask<IReadOnlyList<string>> DropUnusedIndexesAsync(TimeSpan unusedFor, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unusedFor, TimeSpan.Zero);
        return _storages.Schema.Shape.HasMemo
            ? EachAsync(storage => new IndexDrop<T>(storage).RunAsync(unusedFor, cancellationToken), static dropped => [.. dropped.SelectMany(names => names).Distinct()])
            : new([]);
    }

    /// <summary>Compares every entity with its index entries, claims and memo, and says what differs. For maintenance: it reads everything.</summary>
    /// <remarks>
    /// Changes nothing; but of a model with totals it keeps a second count of each while it goes on. A difference is looked at
    /// a second time, so that writes that go on meanwhile raise no false alarm.
    /// </remarks>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was compared, and the differences, up to 1,000.</returns>
    public ValueTask<DriftReport> VerifyAsync(CancellationToken cancellationToken = default) => VerifyAsync(new VerificationOptions(), cancellationToken);

    /// <summary>Compares every entity with its index entries, claims and memo, and says what differs. For maintenance: it reads everything.</summary>
    /// <remarks>
    /// Changes nothing; but of a model with totals it keeps a second count of each while it goes on. A difference is looked at
    /// a second time, so that writes that go on meanwhile raise no false alarm. It goes page by page, and keeps no more than a page and the differences that are asked for. What an index lacks while it
    /// is built, and what expired entities have left, is no difference.
    /// </remarks>
    /// <param name="options">How many differences to name, how fast, and who is told.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was compared, and the differences.</returns>
    public async ValueTask<DriftReport> VerifyAsync(VerificationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (await VerifyAsync(options, mends: false, cancellationToken).ConfigureAwait(false)).Drift;
    }

    /// <summary>Does what <see cref="VerifyAsync(VerificationOptions, CancellationToken)"/> does, and mends what differs, while others read and write.</summary>
    /// <remarks>
    /// Each entity is mended in one atomic step of its own, and only as it was read: its memo, entries and claims become what
    /// the document gives; of an entity that does not exist they are removed. Documents stay as they are. It can be stopped
    /// at any time and run again.
    /// </remarks>
    /// <param name="options">How many differences to name, how fast, and who is told; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What differed, and what could not be mended.</returns>
    public ValueTask<RepairReport> RepairAsync(VerificationOptions? options = null, CancellationToken cancellationToken = default) =>
        VerifyAsync(options ?? new VerificationOptions(), mends: true, cancellationToken);

    /// <summary>Counts again what the model's totals should be, while others read and write, and puts right what is wrong. For maintenance: it goes through all memos, not through the entities.</summary>
    /// <remarks>
    /// Totals change in the same step as the entities, so they can be wrong only when something else has written to the
    /// store, or has lost a part of it. It can be stopped at any time; the next recount carries it on, and until then writes
    /// cost a little more. A memo that is not what its entity gives is for <see cref="RepairAsync"/>, which recounts too.
    /// </remarks>
    /// <param name="options">Whether to put right, how many differences to name, how fast, and who is told; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was counted, and which totals were wrong.</returns>
    /// <exception cref="EntityBusyException">Other recounts kept getting in between.</exception>
    public ValueTask<RecountReport> RecountAsync(RecountOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= RecountOptions.Default;
        return EachAsync(storage => new TotalRecount<T>(storage, options).RunAsync(cancellationToken), reports => PartitionReports.Join(reports, options));
    }

    internal async ValueTask<bool> DeleteTokenAsync(string token, long? version, CancellationToken cancellationToken)
    {
        if (version is not null && !_storages.Schema.IsVersioned)
        {
            throw new ModelException($"{_model.Name}: the model has no versions.");
        }

        var storage = _storages.Of(token);
        var operation = new EntityDelete<T>(storage, token) { Expected = version is { } expected ? expected : "" };
        await storage.CommitAsync(operation, cancellationToken).ConfigureAwait(false);
        await storage.SweepAfterWriteAsync(cancellationToken).ConfigureAwait(false);
        return operation.Found;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<long> PatchTokenAsync(string token, Patch<T, TModel> patch, CancellationToken cancellationToken)
    {
        var storage = _storages.Of(token);
        var operation = new EntityPatch<T>(storage, token, patch.Steps, patch.ExpectedVersion, patch.NewExpiry);
        await storage.CommitAsync(operation, cancellationToken).ConfigureAwait(false);
        await storage.SweepAfterWriteAsync(cancellationToken).ConfigureAwait(false);
        return _storages.Schema.IsVersioned ? operation.Version : 0;
    }

    internal async ValueTask<T> EditTokenAsync(string token, Func<T, T> edit, Expiry expiry, CancellationToken cancellationToken)
    {
        var storage = _storages.Of(token);
        var operation = new EntityWrite<T>(storage, token, edit, expiry);
        await storage.CommitAsync(operation, cancellationToken).ConfigureAwait(false);
        await storage.SweepAfterWriteAsync(cancellationToken).ConfigureAwait(false);
        return operation.Result!;
    }

    internal async ValueTask<bool> SetExpiryTokenAsync(string token, Expiry expiry, CancellationToken cancellationToken)
    {
        var storage = _storages.Of(token);
        var operation = EntityTouch<T>.Of(storage, token, expiry, mustExist: false);
        await storage.CommitAsync(operation, cancellationToken).ConfigureAwait(false);
        return operation.Found;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> WriteAsync(WriteKind kind, T entity, Expiry expiry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (kind != WriteKind.Update && _model.NeedsId(entity))
        {
            entity = await _model.WithNewIdAsync(entity, Keyspace, cancellationToken).ConfigureAwait(false);
        }

        var storage = _storages.Of(_storages.Schema.TokenOf(entity));
        var operation = EntityWrite<T>.Of(storage, kind, entity, expiry);
        await storage.CommitAsync(operation, cancellationToken).ConfigureAwait(false);
        await storage.SweepAfterWriteAsync(cancellationToken).ConfigureAwait(false);
        return operation.Result!;
    }

    private ValueTask<BulkReport<T>> WriteManyAsync(WriteKind kind, IReadOnlyList<T> entities, BulkOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var expiry = ExpiryOf(options);
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entity in entities)
        {
            ArgumentNullException.ThrowIfNull(entity, nameof(entities));
            if ((kind == WriteKind.Update || !_model.NeedsId(entity)) && _model.IdTextOf(entity) is { Length: > 0 } id && !tokens.Add(id))
            {
                throw new ArgumentException($"{_model.Name}: two entities of one call have the same id.", nameof(entities));
            }
        }

        return BulkRunner.RunAsync(entities, (entity, token) => WriteAsync(kind, entity, expiry, token), options, cancellationToken);
    }

    private IAsyncEnumerable<BulkResult<T>> WriteManyAsync(WriteKind kind, IAsyncEnumerable<T> entities, BulkOptions? options, CancellationToken cancellationToken)
    {
        var expiry = ExpiryOf(options);
        return BulkRunner.RunAsync(entities, (entity, token) => WriteAsync(kind, entity, expiry, token), options, cancellationToken);
    }

    // One partition after another: what is for maintenance is to leave the servers to others.
    private async ValueTask<TReport> EachAsync<TReport>(Func<EntityStorage<T>, ValueTask<TReport>> run, Func<IReadOnlyList<TReport>, TReport> join)
    {
        var reports = new List<TReport>(_storages.All.Count);
        foreach (var storage in _storages.All)
        {
            reports.Add(await run(storage).ConfigureAwait(false));
        }

        return reports.Count == 1 ? reports[0] : join(reports);
    }

    private async ValueTask<RepairReport> VerifyAsync(VerificationOptions options, bool mends, CancellationToken cancellationToken)
    {
        var report = await EachAsync(storage => new EntityVerification<T>(storage, options, mends).RunAsync(cancellationToken), reports => PartitionReports.Join(reports, options)).ConfigureAwait(false);
        return _storages.Claims is null ? report : PartitionReports.Join([report, await new ClaimVerification<T>(_storages, options, mends).RunAsync(cancellationToken).ConfigureAwait(false)], options);
    }

    private Expiry ExpiryOf(BulkOptions? options)
    {
        if (options is not { Expiry.IsNone: false })
        {
            return default;
        }

        _storages.Schema.ThrowIfNeverExpires();
        return options.Expiry;
    }
}
