using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Writes to keys that end at a moment, or never.</summary>
internal sealed class CountedStore(IKeyValueStore store, DateTimeOffset? end)
{
    public IKeyValueStore Store => store;

    /// <summary>Sends a write; where keys end, together with their end, in one atomic step.</summary>
    public async ValueTask<TReply> WriteAsync<TReply>(StoreKey key, StoreCommand<TReply> write, CancellationToken cancellationToken)
    {
        if (end is not { } moment)
        {
            return await store.SendAsync(write, cancellationToken).ConfigureAwait(false);
        }

        var batch = new AtomicBatch();
        var reply = batch.Add(write);
        batch.Add(Keys.ExpireAt(key, moment));
        (await store.CommitAsync(batch, cancellationToken).ConfigureAwait(false)).EnsureCommitted();
        return reply.Value;
    }
}
