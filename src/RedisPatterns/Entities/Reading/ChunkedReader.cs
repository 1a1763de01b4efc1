using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Reads entities that lie in parts.</summary>
internal sealed class ChunkedReader<T>(EntityStorage<T> storage) : EntityReader<T>(storage)
    where T : class
{
    private const int EntitiesAtOnce = 8;

    public override ValueTask<T?> GetAsync(string token, CancellationToken cancellationToken) => GetAsync(token, slides: true, cancellationToken);

    private async ValueTask<T?> GetAsync(string token, bool slides, CancellationToken cancellationToken)
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

        var entity = Read(stored);
        if (slides && Schema.IsWrittenBack(stored.Schema))
        {
            await WriteBackAsync([token], cancellationToken).ConfigureAwait(false);
        }

        return Schema.IsVersioned ? Schema.WithVersion(entity, stored.Version) : entity;
    }

    public override async ValueTask<T?[]> GetManyAsync(string[] tokens, bool slides, Action<UnreadableEntity>? unreadable, CancellationToken cancellationToken)
    {
        var entities = new T?[tokens.Length];
        foreach (var part in Enumerable.Range(0, tokens.Length).Chunk(EntitiesAtOnce))
        {
            var reads = Array.ConvertAll(part, i => GetAsync(tokens[i], slides, cancellationToken).AsTask());
            await Task.WhenAll(reads).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            for (var i = 0; i < part.Length; i++)
            {
                try
                {
                    entities[part[i]] = await reads[i].ConfigureAwait(false);
                }
                catch (EntityException error) when (unreadable is not null)
                {
                    unreadable(new UnreadableEntity(KeyGrammar.Unescape(tokens[part[i]]), error));
                }
            }
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
}
