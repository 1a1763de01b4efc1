using RedisPatterns.Commands;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Batches without scripts.</summary>
public sealed class TransactionTests(RedisFixture fixture)
{
    private static readonly RedisKeyValueStoreOptions WithoutScripts = new() { UseScripts = false, TransactionAttempts = 1000 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writers_that_meet_try_again_and_lose_nothing()
    {
        await using var first = await fixture.ConnectAsync(options: WithoutScripts);
        await using var second = await fixture.ConnectAsync(options: WithoutScripts);
        var tag = RedisFixture.NewTag();
        const int Writers = 4;
        const int Each = 25;
        async Task WriteAsync(RedisKeyValueStore store)
        {
            for (var i = 0; i < Each; i++)
            {
                var batch = new AtomicBatch().When(BatchCondition.NumberAtMost(tag + "n", Writers * Each));
                batch.Add(Strings.Increment(tag + "n"));
                batch.Add(Lists.RightPush(tag + "l", i));
                (await store.CommitAsync(batch, Cancellation)).EnsureCommitted();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => WriteAsync(i % 2 == 0 ? first : second)));

        Assert.Equal($"{Writers * Each}", await fixture.Truth.TextAsync("GET", tag + "n"));
        Assert.Equal(Writers * Each, await fixture.Truth.IntegerAsync("LLEN", tag + "l"));
    }

    [Fact]
    public async Task Every_condition_is_decided_as_by_a_script()
    {
        await using var without = await fixture.ConnectAsync(options: WithoutScripts);
        await using var with = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        await fixture.Truth.TextAsync("SET", tag + "string", "12");
        await fixture.Truth.TextAsync("SET", tag + "text", "text");
        await fixture.Truth.TextAsync("SADD", tag + "set", "m");
        await fixture.Truth.TextAsync("ZADD", tag + "zset", "1.5", "m", "inf", "n");
        await fixture.Truth.TextAsync("HSET", tag + "hash", "f", "v");
        await fixture.Truth.TextAsync("RPUSH", tag + "list", "a", "b");
        string[] keys = ["string", "text", "set", "zset", "hash", "list", "none"];
        foreach (StoreKey key in keys.Select(name => tag + name))
        {
            BatchCondition[] conditions =
            [
                BatchCondition.Exists(key), BatchCondition.Absent(key), BatchCondition.HasType(key, DataType.Set), BatchCondition.HasType(key, DataType.None),
                BatchCondition.StringEquals(key, 12), BatchCondition.NumberAtLeast(key, 12), BatchCondition.NumberAtMost(key, 11),
                BatchCondition.HashFieldEquals(key, "f", "v"), BatchCondition.HashFieldEquals(key, "f", "w"), BatchCondition.HashFieldExists(key, "f"),
                BatchCondition.HashFieldAbsent(key, "f"), BatchCondition.SetContains(key, "m"), BatchCondition.SetLacks(key, "m"),
                BatchCondition.SortedSetContains(key, "m"), BatchCondition.SortedSetLacks(key, "m"),
                BatchCondition.Score(key, "m", Comparison.Less, 2), BatchCondition.Score(key, "n", Comparison.Equal, double.PositiveInfinity),
                BatchCondition.Score(key, "m", Comparison.NotEqual, 1.5), BatchCondition.Cardinality(key, DataType.List, Comparison.GreaterOrEqual, 2),
                BatchCondition.Cardinality(key, DataType.String, Comparison.Equal, 2), BatchCondition.Cardinality(key, DataType.Hash, Comparison.Less, 1),
            ];
            foreach (var condition in conditions)
            {
                async Task<string> DecideAsync(RedisKeyValueStore store)
                {
                    var batch = new AtomicBatch().When(condition);
                    batch.Add(Strings.Get(tag + "string"));
                    var result = await store.CommitAsync(batch, Cancellation);
                    return $"{condition}: {result} {result.Error?.GetType().Name}";
                }

                Assert.Equal(await DecideAsync(with), await DecideAsync(without));
            }
        }
    }

    [Fact]
    public async Task What_only_a_script_can_do_is_refused_before_anything_is_written()
    {
        await using var store = await fixture.ConnectAsync(options: WithoutScripts);
        var tag = RedisFixture.NewTag();
        var uncertain = new AtomicBatch();
        uncertain.Add(Lists.RightPush(tag + "l", "a"));
        uncertain.Add(Lists.Set(tag + "l", 0, "x"));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await store.CommitAsync(uncertain, Cancellation));

        Assert.Equal(0, await fixture.Truth.IntegerAsync("EXISTS", tag + "l"));
    }

    [Fact]
    public async Task A_commit_whose_replies_were_lost_is_told_and_not_repeated()
    {
        await using var store = await fixture.ConnectAsync(options: WithoutScripts with { TransactionAttempts = 2 });
        var tag = RedisFixture.NewTag();

        // What a client leaves that dies between the transaction and the storing of its replies.
        await fixture.Truth.TextAsync("SET", tag + "once", "", "PX", "60000");
        var repeated = new AtomicBatch().RememberAs(tag + "once", TimeSpan.FromMinutes(1));
        repeated.Add(Strings.Increment(tag + "n"));
        var lost = await Assert.ThrowsAsync<StoreException>(async () => await store.CommitAsync(repeated, Cancellation));
        Assert.Contains("committed before", lost.Message, StringComparison.Ordinal);
        Assert.Equal(0, await fixture.Truth.IntegerAsync("EXISTS", tag + "n"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_remembers_another_batch_is_told(bool useScripts)
    {
        await using var store = await fixture.ConnectAsync(options: new RedisKeyValueStoreOptions { UseScripts = useScripts });
        var tag = RedisFixture.NewTag();
        var first = new AtomicBatch().RememberAs(tag + "once", TimeSpan.FromMinutes(1));
        first.Add(Strings.Increment(tag + "n"));
        (await store.CommitAsync(first, Cancellation)).EnsureCommitted();

        var other = new AtomicBatch().RememberAs(tag + "once", TimeSpan.FromMinutes(1));
        other.Add(Strings.Increment(tag + "n"));
        other.Add(Strings.Increment(tag + "m"));
        await Assert.ThrowsAsync<IdempotencyConflictException>(async () => await store.CommitAsync(other, Cancellation));
        Assert.Equal("1", await fixture.Truth.TextAsync("GET", tag + "n"));
        Assert.Equal(0, await fixture.Truth.IntegerAsync("EXISTS", tag + "m"));
    }

    [Fact]
    public async Task A_batch_with_conditions_takes_three_round_trips_and_five_when_it_is_remembered()
    {
        await using var proxy = RoundTripProxy.Start(fixture.Server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, WithoutScripts, Cancellation);
        var tag = RedisFixture.NewTag();
        async Task CommitAsync()
        {
            var batch = new AtomicBatch().When(BatchCondition.NumberAtMost(tag + "n", 5));
            batch.Add(Strings.Increment(tag + "n"));
            batch.Add(Sets.Add(tag + "s", "m"));
            (await store.CommitAsync(batch, Cancellation)).EnsureCommitted();
        }

        await CommitAsync();
        Assert.Equal(3, (await proxy.CountAsync(CommitAsync)).RoundTrips);
        Assert.Equal(5, (await proxy.CountAsync(async () =>
        {
            var remembered = new AtomicBatch().When(BatchCondition.NumberAtMost(tag + "n", 5)).RememberAs(tag + "once", TimeSpan.FromMinutes(1));
            remembered.Add(Strings.Increment(tag + "n"));
            remembered.Add(Sets.Add(tag + "s", "m"));
            (await store.CommitAsync(remembered, Cancellation)).EnsureCommitted();
        })).RoundTrips);
    }

    [Fact]
    public async Task Writers_on_a_cluster_lose_nothing()
    {
        await using var cluster = await TestServer.StartRedisClusterAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(cluster.ConnectionString, WithoutScripts, Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var i = 0; i < 20; i++)
            {
                var batch = new AtomicBatch().When(BatchCondition.NumberAtMost($"{{{i % 5}}}n", 1000));
                batch.Add(Strings.Increment($"{{{i % 5}}}n"));
                batch.Add(Lists.RightPush($"{{{i % 5}}}l", writer));
                (await store.CommitAsync(batch, Cancellation)).EnsureCommitted();
            }
        }));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(16, (await store.SendAsync(Strings.Get($"{{{i}}}n"), Cancellation)).AsInt64());
            Assert.Equal(16, await store.SendAsync(Lists.Length($"{{{i}}}l"), Cancellation));
        }

        var apart = new AtomicBatch();
        apart.Add(Strings.Increment("{1}n"));
        apart.Add(Strings.Increment("{2}n"));
        await Assert.ThrowsAsync<CrossSlotException>(async () => await store.CommitAsync(apart, Cancellation));
    }
}
