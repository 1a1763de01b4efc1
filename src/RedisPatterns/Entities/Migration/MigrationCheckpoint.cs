using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>How far a migration has come, kept in the store so that it can go on after a stop: a hash beside the entities.</summary>
internal sealed class MigrationCheckpoint(IKeyValueStore store, StoreKey key, int schema)
{
    /// <summary>The next memo bucket.</summary>
    public int Bucket { get; set; }

    public long Read { get; set; }

    public long Upgraded { get; set; }

    public long Failed { get; set; }

    /// <summary>Takes over where an earlier run to the same schema was stopped.</summary>
    /// <returns>Whether there was one.</returns>
    public async ValueTask<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var values = await store.SendAsync(Hashes.GetMany(key, "schema", "bucket", "read", "upgraded", "failed"), cancellationToken).ConfigureAwait(false);
        if (!values[0].TryGetInt64(out var stored) || stored != schema || !values[1].TryGetInt64(out var bucket) || bucket is < 0 or > KeyGrammar.MemoBuckets)
        {
            return false;
        }

        Bucket = (int)bucket;
        (Read, Upgraded, Failed) = (Number(values[2]), Number(values[3]), Number(values[4]));
        return true;
    }

    public async ValueTask SaveAsync(CancellationToken cancellationToken) => await store.SendAsync(
        Hashes.Set(key, [new("schema", schema), new("bucket", Bucket), new("read", Read), new("upgraded", Upgraded), new("failed", Failed)]), cancellationToken).ConfigureAwait(false);

    public async ValueTask DeleteAsync(CancellationToken cancellationToken) => await store.SendAsync(Keys.Delete(key), cancellationToken).ConfigureAwait(false);

    private static long Number(StoreValue value) => value.TryGetInt64(out var number) ? number : 0;
}
