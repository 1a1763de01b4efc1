using System.Diagnostics.CodeAnalysis;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Reads entities that lie in parts.</summary>
internal sealed class ChunkedReader<T>(EntityStorage<T> storage) : EntityReader<T>(storage)
    where T : class
{
    private const int FewEntities = 8;
    private const int ManyEntities = 128;
    private const int BytesAtOnce = FewEntities * ChunkReading.MaximumBytesAtOnce;

    public override async ValueTask<T?> GetAsync(string token, CancellationToken cancellationToken) =>
        (await GetAsync(token, slides: true, cancellationToken).ConfigureAwait(false)).Entity;

    public override async ValueTask<T?[]> GetManyAsync(string[] tokens, bool slides, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        var entities = new T?[tokens.Length];
        var longest = ChunkReading.MaximumBytesAtOnce;
        for (var from = 0; from < tokens.Length;)
        {
            // As many at once as will do if the next are not longer than the ones before.
            var reads = new Task<(T? Entity, int Length)>[Math.Min(tokens.Length - from, Math.Clamp(BytesAtOnce / longest, FewEntities, ManyEntities))];
            for (var i = 0; i < reads.Length; i++)
            {
                reads[i] = GetAsync(tokens[from + i], slides, cancellationToken).AsTask();
            }

            await Task.WhenAll(reads).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            longest = 1;
            for (var i = 0; i < reads.Length; i++)
            {
                try
                {
                    (entities[from + i], var length) = await reads[i].ConfigureAwait(false);
                    longest = Math.Max(longest, length);
                }
                catch (EntityException error) when (unreadable is not null)
                {
                    longest = ChunkReading.MaximumBytesAtOnce;
                    unreadable(new UnreadableEntity(KeyGrammar.Unescape(tokens[from + i]), error));
                }
            }

            from += reads.Length;
        }

        return entities;
    }

    public override async ValueTask<StoredEntity?> ReadStoredAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await ChunkReading.ReadAsync(Storage.Store, Keys.Entity(token), cancellationToken).ConfigureAwait(false) is { } read
                ? new(read.Manifest.Schema, read.Content, read.Manifest.Version, EntityState.DigestOf(((StoreValue)read.Manifest.ToString()).AsMemory().Span))
                : null;
        }
        catch (ChunkReadException exception)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception);
        }
    }

    public override T ReadVersioned(StoredEntity stored) => Read(stored) is var entity && Schema.IsVersioned ? Schema.WithVersion(entity, stored.Version) : entity;

    // A long content does not come along, and parts may be gone: then it is read on its own.
    public override bool TryReadContent(StoreReply content, [NotNullWhen(true)] out T? entity)
    {
        entity = StoredOf(content) is { } stored ? ReadVersioned(stored) : null;
        return entity is not null;
    }

    public override bool TryReadFields(StoreReply content, EntityField<T>[] fields, [NotNullWhen(true)] out EntityFields<T>? read)
    {
        read = StoredOf(content) is { } stored ? FieldsOf(stored, fields) : null;
        return read is not null;
    }

    /// <summary>A stream over the content; null when there is no entity.</summary>
    public async ValueTask<Stream?> OpenReadAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await ChunkReading.ReadManifestAsync(Storage.Store, Keys.Entity(token), cancellationToken).ConfigureAwait(false) is { } manifest
                ? new ChunkReader(Storage.Store, manifest, Keys.Entity(token), cancellationToken: cancellationToken)
                : null;
        }
        catch (ChunkReadException exception)
        {
            throw new EntityFormatException(Schema.Name, Keys.EntityPattern, exception);
        }
    }

    private async ValueTask<(T? Entity, int Length)> GetAsync(string token, bool slides, CancellationToken cancellationToken)
    {
        var stored = await ReadStoredAsync(token, cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            return default;
        }

        if (slides && Window is { } window)
        {
            await TouchAsync(token, window, cancellationToken).ConfigureAwait(false);
        }

        if (slides && Schema.IsWrittenBack(stored.Schema))
        {
            await WriteBackAsync([token], cancellationToken).ConfigureAwait(false);
        }

        return (ReadVersioned(stored), stored.Body.Length);
    }

    private static StoredEntity? StoredOf(StoreReply content)
    {
        var values = Replies.ToArray(content, Replies.ToValue);
        if (!ChunkManifest.TryParse(values[0], out var manifest) || values.Length <= manifest.PartCount)
        {
            return null;
        }

        try
        {
            return new(manifest.Schema, ChunkReader.Join(manifest, values.AsSpan(1)), manifest.Version, "");
        }
        catch (ChunkReadException)
        {
            return null;
        }
    }
}
