using RedisPatterns;
using RedisPatterns.Commands;

namespace Checkout.Stock;

/// <summary>
/// How many pieces there are of each item: those that are free as a number of its own, which conditions of batches can look
/// at, and where the others are in a hash. Thread-safe.
/// </summary>
public sealed class StockRoom(Keyspace keyspace)
{
    /// <summary>The fields of <see cref="Levels"/>.</summary>
    public const string Reserved = "reserved", Sold = "sold", Stocked = "stocked";

    /// <summary>The pieces of an item that are free: a string.</summary>
    public StoreKey Available(string item) => keyspace.Key("available", item);

    /// <summary>The pieces of an item that are reserved, sold, and came at all: a hash.</summary>
    public StoreKey Levels(string item) => keyspace.Key("stock", item);

    /// <summary>Puts pieces on the shelf. May be repeated.</summary>
    /// <param name="delivery">What names the delivery.</param>
    /// <param name="item">The item.</param>
    /// <param name="pieces">How many.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask AddAsync(string delivery, string item, int pieces, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        var batch = new AtomicBatch().RememberAs(keyspace.IdempotencyKey($"delivery {delivery}"), TimeSpan.FromDays(1));
        batch.Add(Strings.Increment(Available(item), pieces));
        batch.Add(Hashes.Increment(Levels(item), Stocked, pieces));
        (await keyspace.Store.CommitAsync(batch, cancellationToken)).EnsureCommitted();
    }

    /// <summary>Where the pieces of an item are. One round trip, one moment.</summary>
    public async ValueTask<StockLevel> LevelAsync(string item, CancellationToken cancellationToken = default)
    {
        var batch = new AtomicBatch();
        var available = batch.Add(Strings.Get(Available(item)));
        var levels = batch.Add(Hashes.GetMany(Levels(item), Reserved, Sold, Stocked));
        (await keyspace.Store.CommitAsync(batch, cancellationToken)).EnsureCommitted();
        var (reserved, sold, stocked) = (Number(levels.Value[0]), Number(levels.Value[1]), Number(levels.Value[2]));
        return new(Number(available.Value), reserved, sold, stocked);
    }

    private static long Number(StoreValue value) => value.IsNull ? 0 : value.AsInt64();
}
