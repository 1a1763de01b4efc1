using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Reads entities that are hashes.</summary>
internal sealed class HashReader<T>(EntityStorage<T> storage) : EntityReader<T>(storage)
    where T : class
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<T?> GetAsync(string token, CancellationToken cancellationToken)
    {
        var key = Keys.Entity(token);
        HashEntry[] entries;
        if (PipelinedWindow is { } window)
        {
            var pipeline = new StorePipeline();
            var reply = pipeline.Add(Hashes.GetAll(key));
            pipeline.Add(Commands.Keys.Expire(key, window, ExpireWhen.Later));
            await Storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            entries = reply.Value;
        }
        else
        {
            entries = await Storage.Store.SendAsync(Hashes.GetAll(key), cancellationToken).ConfigureAwait(false);
        }

        if (entries.Length > 0)
        {
            await TouchFoundAsync([token], cancellationToken).ConfigureAwait(false);
        }

        var entity = Read(entries, out var schema);
        if (Schema.IsWrittenBack(schema))
        {
            await WriteBackAsync([token], cancellationToken).ConfigureAwait(false);
        }

        return entity;
    }

    public override async ValueTask<T?[]> GetManyAsync(string[] tokens, bool slides, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        var pipeline = new StorePipeline();
        var replies = Array.ConvertAll(tokens, token => pipeline.Add(Hashes.GetAll(Keys.Entity(token))));
        if (slides && PipelinedWindow is { } window)
        {
            Array.ForEach(tokens, token => pipeline.Add(Commands.Keys.Expire(Keys.Entity(token), window, ExpireWhen.Later)));
        }

        await Storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        if (slides)
        {
            await TouchFoundAsync(tokens.Where((_, i) => replies[i].Value.Length > 0), cancellationToken).ConfigureAwait(false);
        }

        var entities = new T?[tokens.Length];
        var old = new List<string>();
        for (var i = 0; i < entities.Length; i++)
        {
            try
            {
                entities[i] = Read(replies[i].Value, out var schema);
                if (slides && Schema.IsWrittenBack(schema))
                {
                    old.Add(tokens[i]);
                }
            }
            catch (EntityException error) when (unreadable is not null)
            {
                unreadable(new UnreadableEntity(KeyGrammar.Unescape(tokens[i]), error));
            }
        }

        if (old.Count > 0)
        {
            await WriteBackAsync(old, cancellationToken).ConfigureAwait(false);
        }

        return entities;
    }

    public override async ValueTask<StoredEntity?> ReadStoredAsync(string token, CancellationToken cancellationToken)
    {
        var entries = await Storage.Store.SendAsync(Hashes.GetAll(Keys.Entity(token)), cancellationToken).ConfigureAwait(false);
        if (entries.Length == 0)
        {
            return null;
        }

        var digest = DigestOf(entries);
        using var body = PooledBuffer.Rent();
        Join(entries, body, out var schema);
        return new(schema, body.ToArray(), 0, digest);
    }

    public override Func<string> AddDigest(AtomicBatch batch, string token, StoredEntity stored)
    {
        var entries = batch.Add(Hashes.GetAll(Keys.Entity(token)));
        return () => DigestOf(entries.Value);
    }

    public override async ValueTask<EntityFields<T>?> GetFieldsAsync(string token, EntityField<T>[] fields, bool slides, CancellationToken cancellationToken)
    {
        var key = Keys.Entity(token);
        var pipeline = new StorePipeline();
        var reply = pipeline.Add(Hashes.GetMany(key, [SchemaHeader.Field, .. fields.Select(field => (StoreValue)field.Name)]));
        var exists = pipeline.Add(Commands.Keys.Exists(key));
        if (slides && PipelinedWindow is { } window)
        {
            pipeline.Add(Commands.Keys.Expire(key, window, ExpireWhen.Later));
        }

        await Storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
        var texts = reply.Value;
        if (!exists.Value && Array.TrueForAll(texts, text => text.IsNull))
        {
            return null;
        }

        if (slides)
        {
            await TouchFoundAsync([token], cancellationToken).ConfigureAwait(false);
        }

        // The fields of an older schema may have other names: then all of it is upgraded.
        return SchemaOf(texts[0]) == Schema.Plan.Version
            ? new EntityFields<T>(fields, texts[1..])
            : await ReadStoredAsync(token, cancellationToken).ConfigureAwait(false) is { } stored ? FieldsOf(stored, fields) : null;
    }

    public override bool TryReadContent(StoreReply content, [NotNullWhen(true)] out T? entity)
    {
        var entries = new HashEntry[content.Items.Length / 2];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new(content.Items[2 * i].Value, content.Items[(2 * i) + 1].Value);
        }

        entity = Read(entries, out _);
        return entity is not null;
    }

    public override StoreValue[] NamesOf(EntityField<T>[] fields) => [SchemaHeader.Field, .. fields.Select(field => (StoreValue)field.Name)];

    // The fields of an older schema may have other names: then all of it is read and upgraded.
    public override bool TryReadFields(StoreReply content, EntityField<T>[] fields, [NotNullWhen(true)] out EntityFields<T>? read)
    {
        var texts = Replies.ToArray(content, Replies.ToValue);
        read = SchemaOf(texts[0]) == Schema.Plan.Version ? new EntityFields<T>(fields, texts[1..]) : null;
        return read is not null;
    }

    /// <summary>Reads a hash as it is stored; null when there is none.</summary>
    private T? Read(HashEntry[] entries, out int schema)
    {
        if (entries.Length == 0)
        {
            schema = Schema.Plan.Version;
            return null;
        }

        using var body = PooledBuffer.Rent();
        Join(entries, body, out schema);
        return Schema.Read(body.WrittenMemory, schema, Keys.EntityPattern);
    }

    private void Join(HashEntry[] entries, PooledBuffer body, out int schema)
    {
        try
        {
            FieldJson.JoinTo(entries, Schema.Names, body, out schema);
        }
        catch (JsonException exception)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception);
        }
    }

    private int SchemaOf(StoreValue text)
    {
        try
        {
            return text.IsNull ? 1 : SchemaHeader.ReadField(text);
        }
        catch (JsonException exception)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception);
        }
    }

    private static string DigestOf(HashEntry[] entries) => EntityState.DigestOf(EntityState.Join(entries.SelectMany(entry => new[] { entry.Field, entry.Value })));
}
