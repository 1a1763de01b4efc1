using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Entities;

#pragma warning disable CA5394 // The dice must be repeatable, not secret.

/// <summary>Writes contents in parts as a repository would: staged, then committed in one step.</summary>
internal static class Chunked
{
    public static readonly TimeSpan StagedFor = TimeSpan.FromMinutes(5);

    public static byte[] Content(int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    /// <summary>Sends a content in slices of random sizes, by synchronous and asynchronous writes, and does not commit it.</summary>
    public static async Task<ChunkManifest> StageAsync(
        IKeyValueStore store, StoreKey key, ReadOnlyMemory<byte> content, int partSize, Random? slices = null, CancellationToken cancellationToken = default)
    {
        slices ??= new Random(1);
        await using var writer = new ChunkWriter(store, "doc", key, partSize, StagedFor, cancellationToken: cancellationToken);
        var longest = Math.Max(2, Math.Min(content.Length, 3 * partSize));
        while (!content.IsEmpty)
        {
            var slice = content[..Math.Min(content.Length, slices.Next(longest))];
            content = content[slice.Length..];
            switch (slices.Next(4))
            {
                case 0:
                    writer.Write(slice.Span);
                    break;
                case 1 when slice.Length == 1:
                    writer.WriteByte(slice.Span[0]);
                    break;
                case 2:
                    await writer.WriteAsync(slice.ToArray().AsMemory(), cancellationToken);
                    await writer.FlushAsync(cancellationToken);
                    break;
                default:
                    await writer.WriteAsync(slice, cancellationToken);
                    break;
            }
        }

        return await writer.CompleteAsync(schema: 2, cancellationToken);
    }

    /// <summary>Makes a staged content the entity's, if all its parts are there; those of the one before expire after the grace.</summary>
    public static async Task<ChunkManifest> CommitAsync(
        IKeyValueStore store, StoreKey key, ChunkManifest manifest, long version, TimeSpan grace, CancellationToken cancellationToken = default)
    {
        var committed = manifest with { Version = version };
        var batch = new AtomicBatch();
        foreach (var part in Parts(key, manifest))
        {
            batch.When(BatchCondition.Exists(part));
        }

        foreach (var part in Parts(key, manifest))
        {
            batch.Add(Keys.Persist(part));
        }

        if (await ChunkReading.ReadManifestAsync(store, key, cancellationToken) is { } old)
        {
            foreach (var part in Parts(key, old))
            {
                batch.Add(grace > TimeSpan.Zero ? Keys.Expire(part, grace) : Keys.Delete(part));
            }
        }

        batch.Add(Strings.Set(key, committed.ToString()));
        Assert.True((await store.CommitAsync(batch, cancellationToken)).IsCommitted);
        return committed;
    }

    public static async Task<ChunkManifest> WriteAsync(
        IKeyValueStore store,
        StoreKey key,
        ReadOnlyMemory<byte> content,
        int partSize,
        long version = 1,
        Random? slices = null,
        TimeSpan grace = default,
        CancellationToken cancellationToken = default)
    {
        var manifest = await StageAsync(store, key, content, partSize, slices, cancellationToken);
        return await CommitAsync(store, key, manifest, version, grace, cancellationToken);
    }

    public static IEnumerable<StoreKey> Parts(StoreKey key, ChunkManifest manifest) =>
        Enumerable.Range(0, manifest.PartCount).Select(i => (StoreKey)KeyGrammar.Part(KeyGrammar.PartPrefix(key.ToString(), manifest.Generation), i));

    /// <summary>Reads by the stream, in slices of random sizes.</summary>
    public static async Task<byte[]> ReadStreamAsync(
        IKeyValueStore store, ChunkManifest manifest, StoreKey key, Random? slices = null, CancellationToken cancellationToken = default)
    {
        slices ??= new Random(1);
        await using var reader = new ChunkReader(store, manifest, key, cancellationToken: cancellationToken);
        var content = new MemoryStream();
        var buffer = new byte[Math.Max(1, Math.Min(2 * manifest.PartSize, 1 << 20))];
        int count;
        while ((count = await reader.ReadAsync(buffer.AsMemory(0, slices.Next(buffer.Length) + 1), cancellationToken)) > 0)
        {
            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }
}
