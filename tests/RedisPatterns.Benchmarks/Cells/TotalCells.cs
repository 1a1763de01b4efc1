using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>A write of one of ten thousand purchases that leaves three groups and joins three others.</summary>
internal static class TotalCells
{
    private const long PurchaseCount = 10_000;

    public static async Task<IEnumerable<Cell>> CreateAsync(IKeyValueStore store, HandWrittenTotals hand)
    {
        var purchases = store.Keyspace("ours").Repository<Purchase, PurchaseModel>(new PurchaseModel());
        await World.AllAsync((int)PurchaseCount, async i => await purchases.UpsertAsync(Purchase.Number(i, 0)).ConfigureAwait(false));
        await World.AllAsync((int)PurchaseCount, i => hand.WriteAsync(Purchase.Number(i, 0)));
        return
        [
            new(
                "write, three totals",
                Of("ours", async i => await purchases.UpdateAsync(PurchaseOf(i)).ConfigureAwait(false) is not null),
                Of("script", i => hand.WriteAsync(PurchaseOf(i)))),
            new(
                "read of a total",
                Of("ours", async i => await purchases.TotalAsync(m => m.PerStatus, PurchaseOf(i).Status).ConfigureAwait(false) > 0),
                Of("HGET", async i => await hand.CountAsync(PurchaseOf(i).Status).ConfigureAwait(false) > 0)),
        ];
    }

    /// <summary>Whether the totals are what the purchases add up to.</summary>
    public static async Task<bool> AreRightAsync(IKeyValueStore store) =>
        (await store.Keyspace("ours").Repository<Purchase, PurchaseModel>(new PurchaseModel()).RecountAsync(new() { Mends = false })).IsClean;

    private static Purchase PurchaseOf(long i) => Purchase.Number(i * 7_919 % PurchaseCount, (i / PurchaseCount) + 1);

    private static Variant Of(string name, Func<long, Task<bool>> work) => new(name, async (loop, _) =>
    {
        while (loop.Next(out var i))
        {
            if (!await work(i).ConfigureAwait(false))
            {
                throw new InvalidOperationException($"{name}: not what was expected.");
            }
        }
    });
}
