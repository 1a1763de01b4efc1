using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.Tests.Documentation;

namespace RedisPatterns.Tests.Entities.Lifecycle;

/// <summary>What of an index's life goes by the clock.</summary>
public sealed class LifecycleClockTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_looks_at_the_catalogue_with_its_first_write_once_a_minute_and_every_so_often()
    {
        var clock = new ManualTimeProvider();
        await using var store = new InMemoryKeyValueStore(clock);
        var storage = new EntityStorage<User>(store.Keyspace("shop"), new UserModel().Closed) { Clock = clock };

        Assert.True(storage.NextRegisters());
        storage.Registered();
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(storage.NextRegisters());
        clock.Advance(Step);
        Assert.True(storage.NextRegisters());
        storage.Registered();

        var writes = 1;
        while (!storage.NextRegisters())
        {
            writes++;
        }

        Assert.InRange(writes, 1_000, 1_024);
    }

    [Fact]
    public async Task A_process_says_that_it_uses_its_indexes_once_a_minute_and_not_before_its_first()
    {
        var clock = new ManualTimeProvider();
        await using var inner = new InMemoryKeyValueStore(clock);
        await using var store = new RoundTripCountingKeyValueStore(inner, ownsInner: false);
        var storage = new EntityStorage<User>(store.Keyspace("shop"), new UserModel().Closed) { Clock = clock };
        var told = new List<long>();
        for (var second = 0; second <= 150; second += 10)
        {
            await storage.TellUseAsync(Cancellation);
            told.Add(store.RoundTrips);
            clock.Advance(10 * Step);
        }

        Assert.Equal([.. Enumerable.Repeat(0L, 6), .. Enumerable.Repeat(1L, 6), .. Enumerable.Repeat(2L, 4)], told);
        Assert.Equal(storage.Schema.Shape.Stamp, (await inner.HashGetAllAsync("{shop}:meta:user:use", Cancellation))[0].Field.AsText());
    }

    [Fact]
    public async Task A_build_waits_for_code_that_has_not_noticed_the_index()
    {
        await using var store = new InMemoryKeyValueStore();
        await using var other = new RoundTripCountingKeyValueStore(store, ownsInner: false);
        await other.Keyspace("shop").Repository<User, FormerUserModel>(new FormerUserModel()).InsertAsync(new User("u1", "ada@example.com", "Oslo", 36), Cancellation);
        var users = store.Keyspace("shop").Repository<User, UserModel>(new UserModel());
        var clock = new ManualTimeProvider();
        var start = clock.GetUtcNow();
        var settle = TimeSpan.FromSeconds(90);

        var build = users.BuildIndexesAsync(new IndexBuildOptions { Settle = settle, TimeProvider = clock }, Cancellation).AsTask();
        while (!build.IsCompleted)
        {
            clock.Advance(Step);
            await Task.Yield();
        }

        var report = await build;
        Assert.True(report.IsReady);
        Assert.True(clock.GetUtcNow() - start >= settle);
        Assert.Equal("u1", (await users.FindAsync(m => m.ByEmail, "ada@example.com", Cancellation))!.Id);
    }

    private sealed class FormerUserModel : EntityModel<User>
    {
        public FormerUserModel()
            : base("user", u => u.Id, ShopJson.Default.User)
        {
            Version(u => u.Version, (u, version) => u with { Version = version });
            Range("age", u => u.Age);
        }
    }
}
