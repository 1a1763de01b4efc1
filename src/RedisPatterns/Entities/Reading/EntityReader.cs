using System.Diagnostics.CodeAnalysis;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Reads the entities of a model in its layout.</summary>
internal abstract class EntityReader<T>(EntityStorage<T> storage)
    where T : class
{
    // One huge command would hold the server for all of it.
    protected const int EntitiesPerCommand = 1_000;

    private static readonly BulkOptions WriteBackOptions = new() { MaximumInFlight = 32 };

    protected EntityStorage<T> Storage { get; } = storage;

    protected EntityKeys Keys => Storage.Keys;

    protected EntitySchema<T> Schema => Storage.Schema;

    protected TimeSpan? Window => Schema.Expiry?.Window;

    public static EntityReader<T> Of(EntityStorage<T> storage) => storage.Schema.Layout.Kind switch
    {
        LayoutKind.Hash => new HashReader<T>(storage),
        LayoutKind.Attributes => new AttributesReader<T>(storage),
        LayoutKind.Chunked => new ChunkedReader<T>(storage),
        _ => new DocumentReader<T>(storage),
    };

    /// <summary>Reads one; null when there is none. Puts its end off where the model says so.</summary>
    public abstract ValueTask<T?> GetAsync(string token, CancellationToken cancellationToken);

    /// <summary>Reads some; null in the place of those that are not there, or can not be read and were told of.</summary>
    /// <param name="tokens">Their ids.</param>
    /// <param name="slides">Whether it is a read by its user, which puts ends off and writes upgraded documents back; a query or a verification does not.</param>
    /// <param name="unreadable">Told of those that can not be read.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public abstract ValueTask<T?[]> GetManyAsync(string[] tokens, bool slides, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken);

    /// <summary>Reads what is stored of one, to be changed; null when there is none.</summary>
    public abstract ValueTask<StoredEntity?> ReadStoredAsync(string token, CancellationToken cancellationToken);

    /// <summary>Adds to a batch what tells the digest of an entity that exists: that of <paramref name="stored"/> if it is still the same.</summary>
    public virtual Func<string> AddDigest(AtomicBatch batch, string token, StoredEntity stored)
    {
        var document = batch.Add(Strings.Get(Keys.Entity(token)));
        return () => EntityState.DigestOf(document.Value.AsMemory().Span);
    }

    /// <summary>The names of what a script reads of an entity: see <see cref="QueryContents"/>.</summary>
    public virtual StoreValue[] ContentNames => [];

    /// <summary>Reads what a script returned of an entity.</summary>
    /// <param name="content">What it returned.</param>
    /// <param name="entity">The entity.</param>
    /// <returns>False when that is not all of it.</returns>
    public abstract bool TryReadContent(StoreReply content, [NotNullWhen(true)] out T? entity);

    /// <summary>The names of what a script reads of some fields.</summary>
    public virtual StoreValue[] NamesOf(EntityField<T>[] fields) => [];

    /// <summary>Reads some fields of what a script returned of an entity.</summary>
    /// <returns>False when they are not in it.</returns>
    public abstract bool TryReadFields(StoreReply content, EntityField<T>[] fields, [NotNullWhen(true)] out EntityFields<T>? read);

    /// <summary>Reads some fields of one; null when there is none. What <c>slides</c> says is that of <see cref="GetManyAsync"/>.</summary>
    public virtual async ValueTask<EntityFields<T>?> GetFieldsAsync(string token, EntityField<T>[] fields, bool slides, CancellationToken cancellationToken)
    {
        var stored = await ReadStoredAsync(token, cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            return null;
        }

        if (slides && Window is { } window)
        {
            await TouchAsync(token, window, cancellationToken).ConfigureAwait(false);
        }

        return FieldsOf(stored, fields);
    }

    /// <summary>Reads an entity, with the version that stands beside its document.</summary>
    public virtual T ReadVersioned(StoredEntity stored) => Read(stored);

    /// <summary>Reads a document, whatever its schema.</summary>
    public T Read(StoredEntity stored) => Schema.Json is null ? ReadFormat(stored) : Schema.Read(stored.Body, stored.Schema, Keys.EntityPattern);

    protected EntityFields<T> FieldsOf(StoredEntity stored, EntityField<T>[] fields)
    {
        try
        {
            var table = FieldTable.Split(Schema.Upgraded(stored.Body, stored.Schema, Keys.EntityPattern), Schema.Names);
            return new EntityFields<T>(fields, Array.ConvertAll(fields, field => table.TryGet(field.Name, out var text) ? text : default));
        }
        catch (System.Text.Json.JsonException exception)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception, stored.Schema);
        }
    }

    /// <summary>Writes back what was read of an older schema, where the model says so. What fails stays as it is: the read has succeeded.</summary>
    protected async ValueTask WriteBackAsync(IReadOnlyList<string> tokens, CancellationToken cancellationToken)
    {
        var rewriter = new EntityRewriter<T>(Storage);
        await BulkRunner.RunAsync(tokens, (token, cancel) => rewriter.RunAsync(token, dryRun: false, cancel), WriteBackOptions, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How far a read puts the end off along the way; null where it does not, or may not.</summary>
    /// <remarks>
    /// Garnet damages the connection when EXPIRE meets a key whose time has just passed. Within a script it does not, so there
    /// <see cref="TouchFoundAsync"/> does it.
    /// </remarks>
    protected TimeSpan? PipelinedWindow =>
        Storage.Store.Capabilities.Has(StoreFeatures.UndeclaredScriptKeys) || !Storage.Store.Capabilities.Has(StoreFeatures.Scripts) ? Window : null;

    /// <summary>Puts off the end of entities that were read, where reading them could not.</summary>
    protected async ValueTask TouchFoundAsync(IEnumerable<string> tokens, CancellationToken cancellationToken)
    {
        if (PipelinedWindow is null && Window is { } window)
        {
            foreach (var token in tokens)
            {
                await TouchAsync(token, window, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Puts off the end of an entity, if it has one.</summary>
    protected async ValueTask TouchAsync(string token, TimeSpan window, CancellationToken cancellationToken) =>
        await EntityCommit.SendAsync(
            Storage.Store,
            new EntityTouch<T>(Storage, token, "S" + (window.Ticks / TimeSpan.TicksPerMillisecond).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            cancellationToken).ConfigureAwait(false);

    private T ReadFormat(StoredEntity stored)
    {
        if (stored.Schema > Schema.Plan.Version)
        {
            throw new SchemaVersionException(Schema.Name, Keys.EntityPattern, stored.Schema, Schema.Plan.Version);
        }

        T entity;
        try
        {
            entity = Schema.Format!.Read(stored.Body, stored.Schema);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception, stored.Schema);
        }

        return Schema.IsVersioned ? Schema.WithVersion(entity, stored.Version) : entity;
    }
}
