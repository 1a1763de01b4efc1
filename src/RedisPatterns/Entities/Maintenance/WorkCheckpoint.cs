using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>How far a walk through the memos has come, kept in the store so that it can go on after a stop, in whatever process: a hash beside the entities.</summary>
/// <param name="store">The store.</param>
/// <param name="key">Its key.</param>
/// <param name="work">What is done, as field and value. A checkpoint of other work is of no use.</param>
/// <param name="doneField">The field of the number of entities that something was done with.</param>
internal sealed class WorkCheckpoint(IKeyValueStore store, StoreKey key, HashEntry work, string doneField)
{
    /// <summary>The next memo bucket.</summary>
    public int Bucket { get; set; }

    public long Read { get; set; }

    public long Done { get; set; }

    public long Failed { get; set; }

    /// <summary>Takes over where an earlier run of the same work was stopped.</summary>
    /// <returns>Whether there was one.</returns>
    public async ValueTask<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var values = await store.SendAsync(Hashes.GetMany(key, work.Field, "bucket", "read", doneField, "failed"), cancellationToken).ConfigureAwait(false);
        if (values[0] != work.Value || !values[1].TryGetInt64(out var bucket) || bucket is < 0 or > KeyGrammar.MemoBuckets)
        {
            return false;
        }

        Bucket = (int)bucket;
        (Read, Done, Failed) = (Number(values[2]), Number(values[3]), Number(values[4]));
        return true;
    }

    public async ValueTask SaveAsync(CancellationToken cancellationToken) => await store.SendAsync(
        Hashes.Set(key, [work, new("bucket", Bucket), new("read", Read), new(doneField, Done), new("failed", Failed)]), cancellationToken).ConfigureAwait(false);

    public async ValueTask DeleteAsync(CancellationToken cancellationToken) => await store.SendAsync(Keys.Delete(key), cancellationToken).ConfigureAwait(false);

    private static long Number(StoreValue value) => value.TryGetInt64(out var number) ? number : 0;
}
