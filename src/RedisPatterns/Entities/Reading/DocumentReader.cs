using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Reads entities that are one string.</summary>
internal sealed class DocumentReader<T>(EntityStorage<T> storage) : EntityReader<T>(storage)
    where T : class
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<T?> GetAsync(string token, CancellationToken cancellationToken)
    {
        var key = Keys.Entity(token);
        StoreValue document;
        if (PipelinedWindow is { } window)
        {
            var pipeline = new StorePipeline();
            var reply = pipeline.Add(Strings.Get(key));
            pipeline.Add(Commands.Keys.Expire(key, window, ExpireWhen.Later));
            await Storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            document = reply.Value;
        }
        else
        {
            document = await Storage.Store.SendAsync(Strings.Get(key), cancellationToken).ConfigureAwait(false);
        }

        if (document.IsNull)
        {
            return null;
        }

        await TouchFoundAsync([token], cancellationToken).ConfigureAwait(false);
        var entity = Read(document, out var schema);
        if (Schema.IsWrittenBack(schema))
        {
            await WriteBackAsync([token], cancellationToken).ConfigureAwait(false);
        }

        return entity;
    }

    public override async ValueTask<T?[]> GetManyAsync(string[] tokens, bool slides, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        var keys = Array.ConvertAll(tokens, Keys.Entity);
        StoreValue[] documents;
        var pipelined = slides ? PipelinedWindow : null;
        if (keys.Length <= EntitiesPerCommand && pipelined is null)
        {
            documents = await Storage.Store.SendAsync(Strings.GetMany(keys), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var pipeline = new StorePipeline();
            var parts = keys.Chunk(EntitiesPerCommand).Select(part => pipeline.Add(Strings.GetMany(part))).ToList();
            if (pipelined is { } window)
            {
                Array.ForEach(keys, key => pipeline.Add(Commands.Keys.Expire(key, window, ExpireWhen.Later)));
            }

            await Storage.Store.SendAsync(pipeline, cancellationToken).ConfigureAwait(false);
            documents = [.. parts.SelectMany(part => part.Value)];
        }

        if (slides)
        {
            await TouchFoundAsync(tokens.Where((_, i) => !documents[i].IsNull), cancellationToken).ConfigureAwait(false);
        }

        var entities = new T?[documents.Length];
        var old = new List<string>();
        for (var i = 0; i < entities.Length; i++)
        {
            if (documents[i].IsNull)
            {
                continue;
            }

            try
            {
                entities[i] = Read(documents[i], out var schema);
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
        var document = await Storage.Store.SendAsync(Strings.Get(Keys.Entity(token)), cancellationToken).ConfigureAwait(false);
        return document.IsNull ? null : StoredOf(document) with { Digest = EntityState.DigestOf(document.AsMemory().Span) };
    }

    public override bool TryReadContent(StoreReply content, [NotNullWhen(true)] out T? entity)
    {
        entity = Read(content.Value);
        return true;
    }

    public override bool TryReadFields(StoreReply content, EntityField<T>[] fields, [NotNullWhen(true)] out EntityFields<T>? read)
    {
        read = FieldsOf(StoredOf(content.Value), fields);
        return true;
    }

    /// <summary>Reads a document as it is stored.</summary>
    public T Read(StoreValue document) => Read(document, out _);

    private T Read(StoreValue document, out int schema)
    {
        var bytes = document.AsMemory();
        if (Schema.Json is not null && !bytes.Span.StartsWith("{\"$v\":"u8))
        {
            schema = 1;
            return Schema.Read(bytes, 1, Keys.EntityPattern);
        }

        var stored = StoredOf(document);
        schema = stored.Schema;
        return Read(stored);
    }

    // Without a digest, which only who changes it needs.
    private StoredEntity StoredOf(StoreValue document)
    {
        var bytes = document.AsMemory();
        try
        {
            if (Schema.Json is null)
            {
                var (formatSchema, version, payload) = FormatEnvelope.Read(bytes);
                return new(formatSchema, payload, version, "");
            }

            if (!SchemaHeader.TryRead(bytes.Span, out var schema, out var bodyStart))
            {
                return new(1, bytes, 0, "");
            }

            using var body = PooledBuffer.Rent();
            SchemaHeader.WriteBody(bytes.Span, bodyStart, body);
            return new(schema, body.ToArray(), 0, "");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception);
        }
    }
}
