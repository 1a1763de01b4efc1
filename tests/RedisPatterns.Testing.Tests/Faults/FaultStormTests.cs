using System.Globalization;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;

namespace RedisPatterns.Testing.Tests.Faults;

/// <summary>
/// Every second call fails, before it is sent or after it took effect; what is remembered is repeated until it is answered.
/// Nothing is lost, and nothing is done twice. <c>REDISPATTERNS_FAULTS</c> sets the number of faults; 100,000 in memory and
/// as many on Redis unless set.
/// </summary>
public sealed class FaultStormTests(ITestOutputHelper output)
{
    private const int Faults = 100_000;
    private const int Workers = 16;
    private const int Accounts = 50;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private static readonly AtomicScript<long> Deposit = new(
        "deposit",
        "redis.call('RPUSH',KEYS[2],ARGV[1]) return redis.call('INCRBY',KEYS[1],ARGV[1])",
        Replies.Int64,
        static context =>
        {
            context.Call(Lists.RightPush(context.Keys[1], context.Arguments[0]));
            return StoreReply.Integer(context.Call(Strings.Increment(context.Keys[0], context.Arguments[0].AsInt64())));
        });

    [Fact]
    public async Task Nothing_is_lost_or_doubled_in_memory()
    {
        await using var store = new InMemoryKeyValueStore();
        await StormAsync(store, FaultCount());
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_on_Redis()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var server = await TestServer.StartRedisAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: TestContext.Current.CancellationToken);
        await StormAsync(store, FaultCount());
    }

    private static long FaultCount() =>
        Environment.GetEnvironmentVariable("REDISPATTERNS_FAULTS") is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : Faults;

    private async Task StormAsync(IKeyValueStore store, long faults)
    {
        await using var chaos = new ChaosStore(
            store,
            new ChaosOptions
            {
                Seed = 5,
                Rules = [new ChaosRule { Fault = ChaosFault.AfterEffect, Probability = 0.4 }, new ChaosRule { Fault = ChaosFault.BeforeSend, Probability = 0.2 }],
            },
            ownsInner: false);
        await using var retrying = new RetryingKeyValueStore(chaos, new RetryOptions { MaximumAttempts = 1_000, ShortestPause = TimeSpan.Zero }, ownsInner: false);
        var storm = new Storm(retrying.Keyspace("storm"));
        await Storm.OpenAsync(store.Keyspace("storm"));
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => storm.RunAsync(worker, () => chaos.FailedAfterEffect + chaos.FailedBeforeSend < faults))));

        output.WriteLine($"{chaos.FailedAfterEffect} calls without an answer, {chaos.FailedBeforeSend} not sent, {retrying.Repeats} repeats: {storm.Told}");
        Assert.True(chaos.FailedAfterEffect + chaos.FailedBeforeSend >= faults);
        await storm.CheckAsync(store);
    }

    /// <summary>Workers that do one of four things under an id of its own, and count what they were told is done.</summary>
    private sealed class Storm(Keyspace keyspace)
    {
        private readonly Repository<Sale, SaleModel> _sales = keyspace.Repository<Sale, SaleModel>(new SaleModel(EntityLayout.Hash));
        private readonly long[] _batched = new long[Accounts];
        private readonly long[] _deposited = new long[Accounts];
        private readonly long[] _patched = new long[Accounts];
        private long _deposits;
        private long _inserts;
        private long _commits;

        public string Told => $"{_commits} batches, {_deposits} scripts, {_patched.Sum()} patches, {_inserts} inserts";

        public static async Task OpenAsync(Keyspace plain)
        {
            var sales = plain.Repository<Sale, SaleModel>(new SaleModel(EntityLayout.Hash));
            for (var i = 0; i < Accounts; i++)
            {
                await sales.InsertAsync(Sale.Number(i) with { Quantity = 0 });
            }
        }

        public async Task RunAsync(int worker, Func<bool> goesOn)
        {
            var dice = new Random(worker);
            for (var i = 0; goesOn(); i++)
            {
                var (id, account) = (string.Create(CultureInfo.InvariantCulture, $"{worker}.{i}"), dice.Next(Accounts));
                switch (dice.Next(4))
                {
                    case 0:
                        await CommitAsync(id, account, dice.Next(1, 100));
                        break;
                    case 1:
                        var amount = dice.Next(1, 100);
                        await keyspace.Store.EvaluateAsync(Deposit.With([Key("deposited", account), Key("log")], amount).RememberAs(keyspace.IdempotencyKey(id), Lifetime));
                        Interlocked.Add(ref _deposited[account], amount);
                        Interlocked.Increment(ref _deposits);
                        break;
                    case 2:
                        var change = keyspace.Change().RememberAs(id, Lifetime);
                        change.Patch(_sales, Sale.Number(account).Id, patch => patch.Increment(m => m.Quantity, 1));
                        await change.CommitAsync();
                        Interlocked.Increment(ref _patched[account]);
                        break;
                    default:
                        var inserting = keyspace.Change().RememberAs(id, Lifetime);
                        var inserted = inserting.Insert(_sales, Sale.Number(account) with { Id = id, Quantity = 0 });
                        await inserting.CommitAsync();
                        Assert.Equal(1, inserted.Value.Version);
                        Interlocked.Increment(ref _inserts);
                        break;
                }
            }
        }

        public async Task CheckAsync(IKeyValueStore store)
        {
            for (var i = 0; i < Accounts; i++)
            {
                Assert.Equal(_batched[i], await NumberAsync(store, Key("batched", i)));
                Assert.Equal(_deposited[i], await NumberAsync(store, Key("deposited", i)));
            }

            Assert.Equal(_commits, await NumberAsync(store, Key("commits")));
            Assert.Equal(_deposits, await store.SendAsync(Lists.Length(Key("log"))));
            var sales = store.Keyspace(keyspace.Name).Repository<Sale, SaleModel>(new SaleModel(EntityLayout.Hash));
            Assert.Equal(Accounts + _inserts, await sales.TotalAsync(m => m.All));
            Assert.Equal(_patched, (await sales.GetManyAsync([.. Enumerable.Range(0, Accounts).Select(i => Sale.Number(i).Id)])).Select(sale => sale!.Quantity));
            Assert.Equal(_patched.Select(times => times + 1), (await sales.GetManyAsync([.. Enumerable.Range(0, Accounts).Select(i => Sale.Number(i).Id)])).Select(sale => sale!.Version));
            var report = await sales.VerifyAsync();
            Assert.Empty(report.Differences);
        }

        private static async Task<long> NumberAsync(IKeyValueStore store, StoreKey key) => (await store.SendAsync(Strings.Get(key))) is { IsNull: false } value ? value.AsInt64() : 0;

        private async Task CommitAsync(string id, int account, int amount)
        {
            var batch = new AtomicBatch().RememberAs(keyspace.IdempotencyKey(id), Lifetime);
            var balance = batch.Add(Strings.Increment(Key("batched", account), amount));
            batch.Add(Strings.Increment(Key("commits")));
            (await keyspace.Store.CommitAsync(batch)).EnsureCommitted();
            Assert.True(balance.Value >= amount);
            Interlocked.Add(ref _batched[account], amount);
            Interlocked.Increment(ref _commits);
        }

        private StoreKey Key(string name, int account = 0) => string.Create(CultureInfo.InvariantCulture, $"{keyspace.Tag}:{name}:{account}");
    }
}
