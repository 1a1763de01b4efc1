using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The verbs of a repository that take ids, typed by the ids of its model.</summary>
public static class RepositoryExtensions
{
    /// <summary>Reads an entity. One round trip; two where it has attributes that the model does not know, or many parts.</summary>
    /// <remarks>Puts its end off where the model says <c>ExpireAfterInactivity</c>; there, layouts of several keys take a round trip more.</remarks>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity, or null when there is none.</returns>
    /// <exception cref="EntityFormatException">The document can not be read.</exception>
    /// <exception cref="SchemaVersionException">The document was written by newer code, or is older than the model can upgrade.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public static ValueTask<T?> GetAsync<T, TModel, TId>(this Repository<T, TModel> repository, TId id, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        var token = repository.Model.TokenOf(id);
        return repository.Storages.Of(token).Reader.GetAsync(token, cancellationToken);
    }

    /// <summary>Reads several entities. One round trip for any number; more for contents in parts, and for attributes that slide.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="ids">Their ids; one that is named twice is read twice.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entities in the order of the ids; null where there is none.</returns>
    /// <exception cref="EntityFormatException">A document can not be read.</exception>
    /// <exception cref="SchemaVersionException">A document was written by newer code, or is older than the model can upgrade.</exception>
    /// <exception cref="EntityIdException">An id is null or empty; nothing was sent.</exception>
    public static ValueTask<IReadOnlyList<T?>> GetManyAsync<T, TModel, TId>(this Repository<T, TModel> repository, IEnumerable<TId> ids, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId> => GetManyCoreAsync(repository, ids, null, cancellationToken);

    /// <summary>Reads several entities, passing over those that can not be read. One round trip for any number; more for contents in many parts.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="ids">Their ids; one that is named twice is read twice.</param>
    /// <param name="unreadable">Told of each entity that can not be read, which then is null.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entities in the order of the ids; null where there is none.</returns>
    /// <exception cref="EntityIdException">An id is null or empty; nothing was sent.</exception>
    public static ValueTask<IReadOnlyList<T?>> GetManyAsync<T, TModel, TId>(
        this Repository<T, TModel> repository, IEnumerable<TId> ids, Action<UnreadableEntity> unreadable, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(unreadable);
        return GetManyCoreAsync(repository, ids, unreadable, cancellationToken);
    }

    /// <summary>Reads some fields of an entity, and where fields lie apart nothing else. One round trip; two where it slides and is no hash, or is of an older schema.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="fields">Names the fields: <c>m => [m.Name, m.City]</c>; at least one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The fields, or null when there is no entity.</returns>
    /// <exception cref="EntityFormatException">The document can not be read.</exception>
    /// <exception cref="SchemaVersionException">The document was written by newer code, or is older than the model can upgrade.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public static ValueTask<EntityFields<T>?> GetFieldsAsync<T, TModel, TId>(
        this Repository<T, TModel> repository, TId id, Func<TModel, EntityField<T>[]> fields, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(fields);
        var asked = fields(repository.Model);
        if (asked.Length == 0)
        {
            throw new ArgumentException("No field is asked for.", nameof(fields));
        }

        var token = repository.Model.TokenOf(id);
        return repository.Storages.Of(token).Reader.GetFieldsAsync(token, asked, slides: true, cancellationToken);
    }

    /// <summary>Whether an entity exists. One round trip; the document is not read, and its end not put off.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public static ValueTask<bool> ExistsAsync<T, TModel, TId>(this Repository<T, TModel> repository, TId id, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        var token = repository.Model.TokenOf(id);
        return repository.Storages.First.Store.SendAsync(Keys.Exists(repository.Storages.Of(token).Keys.Entity(token)), cancellationToken);
    }

    /// <summary>Whether entities exist. One round trip for any number; the documents are not read, and their ends not put off.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether each exists, in the order of the ids.</returns>
    /// <exception cref="EntityIdException">An id is null or empty; nothing was sent.</exception>
    public static async ValueTask<IReadOnlyList<bool>> ExistManyAsync<T, TModel, TId>(this Repository<T, TModel> repository, IEnumerable<TId> ids, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(ids);
        var pipeline = new StorePipeline();
        var replies = ids.Select(repository.Model.TokenOf).Select(token => pipeline.Add(Keys.Exists(repository.Storages.Of(token).Keys.Entity(token)))).ToList();
        if (replies.Count == 0)
        {
            return [];
        }

        await repository.Storages.First.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        return replies.ConvertAll(reply => reply.Value);
    }

    /// <summary>Opens the stored bytes of an entity as a stream. Contents in parts are read part by part, in bounded memory.</summary>
    /// <remarks>
    /// The stream goes on with the value that it began with, also when it is replaced meanwhile, as long as the layout's
    /// grace; its end fails when the checksum is not right.
    /// </remarks>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting; also the reads of the stream.</param>
    /// <returns>The stream, for asynchronous reads; null when there is no entity.</returns>
    /// <exception cref="EntityFormatException">What is stored is not a content of this layout.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public static async ValueTask<Stream?> OpenReadAsync<T, TModel, TId>(this Repository<T, TModel> repository, TId id, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        var token = repository.Model.TokenOf(id);
        var reader = repository.Storages.Of(token).Reader;
        if (reader is ChunkedReader<T> chunked)
        {
            return await chunked.OpenReadAsync(token, cancellationToken).ConfigureAwait(false);
        }

        return await reader.ReadStoredAsync(token, cancellationToken).ConfigureAwait(false) is { } stored
            ? new MemoryStream(stored.Body.ToArray(), writable: false)
            : null;
    }

    /// <summary>Changes fields of an entity that must exist. One round trip where fields lie apart: see <see cref="Patch{T, TModel}"/>.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="patch">Says what changes: <c>p => p.Set(m => m.City, "Lima").Increment(m => m.Logins, 1)</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The new version; 0 if the model has none.</returns>
    /// <exception cref="EntityNotFoundException">No entity with the id exists: it was deleted, expired, or never inserted.</exception>
    /// <exception cref="VersionConflictException">The stored version is another than the patch demands.</exception>
    /// <exception cref="DuplicateValueException">Another entity holds one of its new unique values.</exception>
    /// <exception cref="PatchException">A step does not fit what is stored.</exception>
    /// <exception cref="EntityBusyException">The entity had to be read first, and kept changing.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public static ValueTask<long> PatchAsync<T, TModel, TId>(
        this Repository<T, TModel> repository, TId id, Action<Patch<T, TModel>> patch, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(patch);
        var token = repository.Model.TokenOf(id);
        var steps = new Patch<T, TModel>(repository.Model);
        patch(steps);
        return repository.PatchTokenAsync(token, steps, cancellationToken);
    }

    /// <summary>Changes fields of many entities, each for itself: pipelined, bounded in flight, with an outcome for each.</summary>
    /// <remarks>After cancellation, and after an outcome that tells of a lost connection, an entity that was sent may have been written.</remarks>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="ids">The ids; none twice.</param>
    /// <param name="patch">Says what changes, for each id.</param>
    /// <param name="options">How many at once, and who is told of the progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes with the new versions, in the order of the ids.</returns>
    /// <exception cref="ArgumentException">An id is there twice; nothing was sent.</exception>
    public static ValueTask<BulkReport<long>> PatchManyAsync<T, TModel, TId>(
        this Repository<T, TModel> repository, IReadOnlyList<TId> ids, Action<TId, Patch<T, TModel>> patch, BulkOptions? options = null, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(patch);
        ThrowIfTwice(repository, ids);
        return BulkRunner.RunAsync(ids, (id, token) => repository.PatchAsync(id, steps => patch(id, steps), token), options, cancellationToken);
    }

    /// <summary>Changes an entity that must exist by code that sees it: reads it, and writes what comes of it unless it has changed meanwhile; then once more.</summary>
    /// <remarks>
    /// Two round trips for each attempt, 16 attempts at most. Needs no versions: what is compared is the content. For changes
    /// of single fields <c>PatchAsync</c> is cheaper.
    /// </remarks>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="edit">Gives the new entity from the stored one, with the same id. Called once for each attempt, so it must have no other effect; what it throws ends the edit.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored, in its new version.</returns>
    /// <exception cref="EntityNotFoundException">No entity with the id exists: it was deleted, expired, or never inserted.</exception>
    /// <exception cref="DuplicateValueException">Another entity holds one of its new unique values.</exception>
    /// <exception cref="EntityBusyException">It kept changing.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    /// <exception cref="ModelException">The edit has changed the id; nothing was written.</exception>
    public static ValueTask<T> EditAsync<T, TModel, TId>(this Repository<T, TModel> repository, TId id, Func<T, T> edit, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId> => repository.EditAsync(id, edit, default, cancellationToken);

    /// <summary>Changes an entity that must exist by code that sees it, and changes its expiry. Else as without an expiry.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="edit">Gives the new entity from the stored one, with the same id.</param>
    /// <param name="expiry">When it expires from now on.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The entity as stored, in its new version.</returns>
    /// <exception cref="EntityNotFoundException">No entity with the id exists: it was deleted, expired, or never inserted.</exception>
    /// <exception cref="DuplicateValueException">Another entity holds one of its new unique values.</exception>
    /// <exception cref="EntityBusyException">It kept changing.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    /// <exception cref="ModelException">The edit has changed the id, or the model does not say that its entities may expire; nothing was written.</exception>
    public static ValueTask<T> EditAsync<T, TModel, TId>(
        this Repository<T, TModel> repository, TId id, Func<T, T> edit, Expiry expiry, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(edit);
        return repository.EditTokenAsync(repository.Model.TokenOf(id), edit, expiry, cancellationToken);
    }

    /// <summary>Deletes an entity with all its index entries and claims. One round trip.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="version">The version it must have, or null for any.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="VersionConflictException">It has another version; nothing was deleted.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public static ValueTask<bool> DeleteAsync<T, TModel, TId>(
        this Repository<T, TModel> repository, TId id, long? version = null, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        return repository.DeleteTokenAsync(repository.Model.TokenOf(id), version, cancellationToken);
    }

    /// <summary>Deletes many entities, each for itself: pipelined, bounded in flight, with an outcome for each.</summary>
    /// <remarks>After cancellation, and after an outcome that tells of a lost connection, an entity that was sent may be gone.</remarks>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="ids">The ids; none twice.</param>
    /// <param name="options">How many at once, and who is told of the progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes, in the order of the ids: whether there was one.</returns>
    /// <exception cref="ArgumentException">An id is there twice; nothing was sent.</exception>
    public static ValueTask<BulkReport<bool>> DeleteManyAsync<T, TModel, TId>(
        this Repository<T, TModel> repository, IReadOnlyList<TId> ids, BulkOptions? options = null, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ThrowIfTwice(repository, ids);
        return BulkRunner.RunAsync(ids, (id, token) => repository.DeleteAsync(id, null, token), options, cancellationToken);
    }

    /// <summary>Deletes many entities, each in the version that it must have: pipelined, bounded in flight, with an outcome for each.</summary>
    /// <remarks>After cancellation, and after an outcome that tells of a lost connection, an entity that was sent may be gone.</remarks>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="versions">The ids, none twice, with their versions; another one is a <see cref="VersionConflictException"/> among the outcomes.</param>
    /// <param name="options">How many at once, and who is told of the progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes, in the order of the ids: whether there was one.</returns>
    /// <exception cref="ArgumentException">An id is there twice; nothing was sent.</exception>
    /// <exception cref="ModelException">The model has no versions; nothing was sent.</exception>
    public static ValueTask<BulkReport<bool>> DeleteManyAsync<T, TModel, TId>(
        this Repository<T, TModel> repository, IReadOnlyList<(TId Id, long Version)> versions, BulkOptions? options = null, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(versions);
        ThrowIfTwice(repository, [.. versions.Select(pair => pair.Id)]);
        return BulkRunner.RunAsync(versions, (pair, token) => repository.DeleteAsync(pair.Id, pair.Version, token), options, cancellationToken);
    }

    /// <summary>Changes when an entity expires, and nothing else; its version stays. One round trip.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="expiry">When it expires from now on; <see cref="Expiry.Persist"/> for never.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ModelException">The model does not say that its entities may expire; nothing was sent.</exception>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public static ValueTask<bool> SetExpiryAsync<T, TModel, TId>(this Repository<T, TModel> repository, TId id, Expiry expiry, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        return repository.SetExpiryTokenAsync(repository.Model.TokenOf(id), expiry, cancellationToken);
    }

    /// <summary>Changes when many entities expire, each for itself: pipelined, bounded in flight, with an outcome for each.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="ids">The ids; none twice.</param>
    /// <param name="expiry">When they expire from now on; <see cref="Expiry.Persist"/> for never.</param>
    /// <param name="options">How many at once, and who is told of the progress; null for the defaults.</param>
    /// <param name="cancellationToken">Stops it when those that were sent have come back.</param>
    /// <returns>The outcomes, in the order of the ids: whether there was one.</returns>
    /// <exception cref="ArgumentException">An id is there twice; nothing was sent.</exception>
    /// <exception cref="ModelException">The model does not say that its entities may expire; nothing was sent.</exception>
    public static ValueTask<BulkReport<bool>> SetExpiryManyAsync<T, TModel, TId>(
        this Repository<T, TModel> repository, IReadOnlyList<TId> ids, Expiry expiry, BulkOptions? options = null, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ThrowIfTwice(repository, ids);
        return BulkRunner.RunAsync(ids, (id, token) => repository.SetExpiryAsync(id, expiry, token), options, cancellationToken);
    }

    /// <summary>When an entity expires. One round trip.</summary>
    /// <typeparam name="T">The type of the entities.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="repository">The repository.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EntityIdException">The id is null or empty; nothing was sent.</exception>
    public static ValueTask<ExpireTime> GetExpiryAsync<T, TModel, TId>(this Repository<T, TModel> repository, TId id, CancellationToken cancellationToken = default)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        var token = repository.Model.TokenOf(id);
        return repository.Storages.First.Store.SendAsync(Keys.ExpireTime(repository.Storages.Of(token).Keys.Entity(token)), cancellationToken);
    }

    private static async ValueTask<IReadOnlyList<T?>> GetManyCoreAsync<T, TModel, TId>(
        Repository<T, TModel> repository, IEnumerable<TId> ids, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(ids);
        string[] tokens = [.. ids.Select(repository.Model.TokenOf)];
        return tokens.Length == 0 ? [] : await repository.Storages.GetManyAsync(tokens, unreadable, cancellationToken).ConfigureAwait(false);
    }

    private static void ThrowIfTwice<T, TModel, TId>(Repository<T, TModel> repository, IReadOnlyList<TId> ids)
        where T : class
        where TModel : EntityModel<T, TId>
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(ids);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!seen.Add(repository.Model.TokenOf(id)))
            {
                throw new ArgumentException($"{repository.Model.Name}: an id is there twice.", nameof(ids));
            }
        }
    }
}
