using RedisPatterns.StackExchangeRedis.Batches;
using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Transactions;

/// <summary>
/// Remembers commits where there are no scripts. The transaction leaves a mark, so that the batch is applied once; the
/// replies are known only afterwards, and are put in the mark's place.
/// </summary>
internal sealed class CommitMemory(RedisConnection connection)
{
    public enum State
    {
        /// <summary>There was no such commit.</summary>
        Unknown,

        /// <summary>There was one, and its replies have been given.</summary>
        Remembered,

        /// <summary>There was one, and its replies are not there: not yet, or never, when whoever made it has died.</summary>
        Pending,
    }

    /// <summary>Looks for an earlier commit; where there is none, pins that.</summary>
    public async Task<State> LookAsync(AtomicBatch batch, List<Condition> pins, CancellationToken cancellationToken)
    {
        var key = DriverValues.ToKey(batch.IdempotencyKey);
        var stored = await connection.Database.StringGetAsync(key, RedisConnection.WriteFlags).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (stored.IsNull)
        {
            pins.Add(Condition.KeyNotExists(key));
            return State.Unknown;
        }

        if (stored.Length() == 0)
        {
            return State.Pending;
        }

        BatchSupport.Replay(batch, (byte[])stored!);
        return State.Remembered;
    }

    /// <summary>Whether an earlier commit has left no replies.</summary>
    public async Task<bool> IsPendingAsync(AtomicBatch batch, CancellationToken cancellationToken) =>
        (await connection.Database.StringGetAsync(DriverValues.ToKey(batch.IdempotencyKey), RedisConnection.WriteFlags)
            .WaitAsync(cancellationToken).ConfigureAwait(false)) is { IsNull: false } stored && stored.Length() == 0;

    /// <summary>Adds the mark to the transaction.</summary>
    public static void Mark(AtomicBatch batch, ITransaction transaction)
    {
        if (!batch.IdempotencyKey.IsNull)
        {
            _ = transaction.StringSetAsync(DriverValues.ToKey(batch.IdempotencyKey), RedisValue.EmptyString, batch.IdempotencyLifetime, flags: RedisConnection.WriteFlags);
        }
    }

    /// <summary>Puts the replies in the mark's place. The batch is applied by now, so nothing of this is a failure of it.</summary>
    public async Task StoreAsync(AtomicBatch batch, StoreReply[] replies)
    {
        if (batch.IdempotencyKey.IsNull)
        {
            return;
        }

        try
        {
            await connection.Database.StringSetAsync(
                DriverValues.ToKey(batch.IdempotencyKey), ReplyEncoding.Encode(StoreReply.Array(replies)), Expiration.KeepTtl, ValueCondition.Exists, RedisConnection.WriteFlags).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            // The caller has the replies; a repeated commit will be told that they were lost.
        }
    }
}
