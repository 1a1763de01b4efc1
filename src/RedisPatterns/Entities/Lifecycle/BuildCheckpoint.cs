using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>How far a build has come, kept in the store so that another process can go on after a stop: a hash beside the entities.</summary>
/// <param name="store">The store.</param>
/// <param name="key">Its key.</param>
/// <param name="work">What is built: the fields of the indexes that are being built. A checkpoint of other work is of no use.</param>
internal sealed class BuildCheckpoint(IKeyValueStore store, StoreKey key, string work)
{
    /// <summary>The next memo bucket.</summary>
    public int Bucket { get; set; }

    public long Read { get; set; }

    public long Indexed { get; set; }

    public long Failed { get; set; }

    /// <summary>Takes over where an earlier run was stopped.</summary>
    /// <returns>Whether there was one.</returns>
    public async ValueTask<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var values = await store.SendAsync(Hashes.GetMany(key, "work", "bucket", "read", "indexed", "failed"), cancellationToken).ConfigureAwait(false);
        if (values[0].AsText() != work || !values[1].TryGetInt64(out var bucket) || bucket is < 0 or > KeyGrammar.MemoBuckets)
        {
            return false;
        }

        Bucket = (int)bucket;
        (Read, Indexed, Failed) = (Number(values[2]), Number(values[3]), Number(values[4]));
        return true;
    }

    public async ValueTask SaveAsync(CancellationToken cancellationToken) => await store.SendAsync(
        Hashes.Set(key, [new("work", work), new("bucket", Bucket), new("read", Read), new("indexed", Indexed), new("failed", Failed)]), cancellationToken).ConfigureAwait(false);

    public async ValueTask DeleteAsync(CancellationToken cancellationToken) => await store.SendAsync(Keys.Delete(key), cancellationToken).ConfigureAwait(false);

    private static long Number(StoreValue value) => value.TryGetInt64(out var number) ? number : 0;
}
