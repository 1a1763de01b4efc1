using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.Commands;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>The ways to change several keys at once, on one task: to move a little from one account to another that has enough.</summary>
internal static class AtomicCells
{
    private const int AccountCount = 10_000;
    private const long Balance = 1_000_000;
    private static readonly string[] Names = [.. Enumerable.Range(0, AccountCount).Select(number => FormattableString.Invariant($"{{bank}}:account:{number}"))];

    public static long Total => AccountCount * Balance;

    public static Task LoadAsync(Clients clients) => World.AllAsync(AccountCount, i => clients.Database.StringSetAsync(Names[i], Balance));

    public static async Task<long> SumAsync(Clients clients) =>
        (await clients.Database.StringGetAsync(Array.ConvertAll(Names, name => (RedisKey)name))).Sum(balance => (long)balance);

    public static async Task<Cell[]> CreateAsync(Clients clients)
    {
        var store = clients.Store;
        var hand = await HandWrittenTransfers.CreateAsync(clients.Database);
        var keys = Array.ConvertAll(Names, name => (StoreKey)name);
        var driverKeys = Array.ConvertAll(Names, name => (RedisKey)name);
        Variant Hand(string name, Func<RedisKey, RedisKey, long, Task<bool>> transfer) => Of(name, i => transfer(driverKeys[From(i)], driverKeys[To(i)], 1));
        Variant[] byHand = [Hand("script", hand.ByScriptAsync), Hand("MGET, then MULTI with conditions", hand.ByConditionsAsync)];
        return
        [
            new("transfer, optimistic transaction", [Of("ours", i => TransactAsync(store, keys[From(i)], keys[To(i)])), .. byHand]),
            new("transfer, batch", [Of("ours", i => CommitAsync(store, keys[From(i)], keys[To(i)])), .. byHand]),
            .. await TotalCells.CreateAsync(clients.Store, await HandWrittenTotals.CreateAsync(clients.Database)),
            .. LockCells.Create(clients.Store, await HandWrittenLocks.CreateAsync(clients.Database)),
            .. LimitCells.Create(clients.Store, await HandWrittenLimits.CreateAsync(clients.Database)),
            new("transfer, function", [Of("ours", i => store.EvaluateAsync(TransferFunctions.Instance.Transfer.With([keys[From(i)], keys[To(i)]], 1)).AsTask()), .. byHand, Hand("function", hand.ByFunctionAsync)]),
            new("transfer, script", [Of("ours", i => store.EvaluateAsync(TransferScript.Instance.With([keys[From(i)], keys[To(i)]], 1)).AsTask()), .. byHand]),
        ];
    }

    private static int From(long i) => (int)(i * 7_919 % AccountCount);

    private static int To(long i) => (int)((i * 104_729 % (AccountCount - 1)) + From(i) + 1) % AccountCount;

    private static Variant Of(string name, Func<long, Task<bool>> transfer) => new(name, async (loop, _) =>
    {
        while (loop.Next(out var i))
        {
            if (!await transfer(i).ConfigureAwait(false))
            {
                throw new InvalidOperationException($"{name}: an account has run out.");
            }
        }
    });

    private static async Task<bool> TransactAsync(IKeyValueStore store, StoreKey from, StoreKey to)
    {
        var result = await store.TransactAsync(async (transaction, cancellation) =>
        {
            var balances = await transaction.ReadAsync(Strings.GetMany(from, to), cancellation).ConfigureAwait(false);
            if (balances[0].AsInt64() < 1)
            {
                return false;
            }

            transaction.Add(Strings.Set(from, balances[0].AsInt64() - 1));
            transaction.Add(Strings.Set(to, balances[1].AsInt64() + 1));
            return true;
        }).ConfigureAwait(false);
        return result.IsCommitted && result.Value;
    }

    private static async Task<bool> CommitAsync(IKeyValueStore store, StoreKey from, StoreKey to)
    {
        var batch = new AtomicBatch().When(BatchCondition.NumberAtLeast(from, 1));
        batch.Add(Strings.Increment(from, -1));
        batch.Add(Strings.Increment(to, 1));
        return (await store.CommitAsync(batch).ConfigureAwait(false)).IsCommitted;
    }
}
