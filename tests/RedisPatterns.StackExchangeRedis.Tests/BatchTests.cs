using RedisPatterns.Commands;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

public sealed class BatchTests(RedisFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RedisKeyValueStoreOptions WithoutScripts => new() { UseScripts = false };

    public static TheoryData<string, bool> Ways => new() { { ",protocol=resp2", true }, { ",protocol=resp3", true }, { "", false } };

    [Fact]
    public async Task A_batch_is_one_round_trip_and_its_text_is_sent_only_when_the_server_lacks_it()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var tag = RedisFixture.NewTag();
        async Task CommitAsync()
        {
            var batch = new AtomicBatch().When(BatchCondition.Absent(tag + "none"));
            batch.Add(Strings.Increment(tag + "n"));
            batch.Add(Sets.Add(tag + "s", "m"));
            Assert.Equal(CommitStatus.Committed, (await store.CommitAsync(batch, Cancellation)).Status);
        }

        var first = await proxy.CountAsync(CommitAsync);
        var second = await proxy.CountAsync(CommitAsync);

        Assert.Equal(["EVALSHA", "EVAL"], first.Names);
        Assert.Equal(["EVALSHA"], second.Names);
        Assert.Equal(1, second.RoundTrips);
        Assert.Equal("2", await truth.TextAsync("GET", tag + "n"));
    }

    [Fact]
    public async Task An_optimistic_transaction_is_a_round_trip_for_its_reads_and_one_for_its_commit()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var tag = RedisFixture.NewTag();
        async Task TransactAsync(bool writes)
        {
            var result = await store.TransactAsync(
                async (transaction, cancellation) =>
                {
                    var (text, field) = await transaction.ReadAsync(Strings.Get(tag + "n"), Hashes.Get(tag + "h", "f"), cancellation);
                    if (writes)
                    {
                        transaction.Add(Strings.Set(tag + "n", text.IsNull ? 1 : text.AsInt64() + 1));
                        transaction.Add(Hashes.Set(tag + "h", "f", field.IsNull ? 1 : field.AsInt64() + 1));
                    }
                },
                cancellationToken: Cancellation);
            Assert.Equal((TransactionStatus.Committed, 1), (result.Status, result.Attempts));
        }

        await TransactAsync(writes: true);
        var writing = await proxy.CountAsync(() => TransactAsync(writes: true));
        var reading = await proxy.CountAsync(() => TransactAsync(writes: false));
        var single = await proxy.CountAsync(async () => await store.TransactAsync(
            async (transaction, cancellation) => await transaction.ReadAsync(Strings.Get(tag + "n"), cancellation), cancellationToken: Cancellation));

        Assert.Equal(["GET", "HGET", "EVALSHA"], writing.Names);
        Assert.Equal(2, writing.RoundTrips);
        Assert.Equal(["GET", "HGET", "EVALSHA"], reading.Names);
        Assert.Equal(["GET"], single.Names);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Replies_are_those_of_the_commands(string protocol, bool useScripts)
    {
        await using var store = await fixture.ConnectAsync(protocol, new RedisKeyValueStoreOptions { UseScripts = useScripts });
        var tag = RedisFixture.NewTag();
        var batch = new AtomicBatch();
        var set = batch.Add(Strings.Set(tag + "a", "v"));
        var get = batch.Add(Strings.Get(tag + "a"));
        var nothing = batch.Add(Strings.Get(tag + "none"));
        var many = batch.Add(Strings.GetMany(tag + "a", tag + "none", tag + "a"));
        var sum = batch.Add(Strings.IncrementFloat(tag + "f", 1.5));
        var fields = batch.Add(Hashes.Set(tag + "h", new HashEntry("f", "1"), new HashEntry("g", "2")));
        var all = batch.Add(Hashes.GetAll(tag + "h"));
        var scored = batch.Add(SortedSets.Add(tag + "z", "m", 2.5));
        var score = batch.Add(SortedSets.Score(tag + "z", "m"));
        var type = batch.Add(Keys.Type(tag + "z"));

        var result = await store.CommitAsync(batch, Cancellation);

        Assert.Equal(CommitStatus.Committed, result.Status);
        Assert.True(set.Value);
        Assert.Equal("v", get.Value);
        Assert.Equal(StoreValue.Null, nothing.Value);
        Assert.Equal(["v", StoreValue.Null, "v"], many.Value);
        Assert.Equal(1.5, sum.Value);
        Assert.Equal(2, fields.Value);
        Assert.Equal([new HashEntry("f", "1"), new HashEntry("g", "2")], all.Value);
        Assert.True(scored.Value);
        Assert.Equal(2.5, score.Value);
        Assert.Equal(DataType.SortedSet, type.Value);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Integers_are_exact_beyond_the_precision_of_a_double(string protocol, bool useScripts)
    {
        await using var store = await fixture.ConnectAsync(protocol, new RedisKeyValueStoreOptions { UseScripts = useScripts });
        var tag = RedisFixture.NewTag();
        var batch = new AtomicBatch();
        var counter = batch.Add(Strings.Increment(tag + "n", 9007199254740993));
        var least = batch.Add(Strings.Increment(tag + "m", long.MinValue));
        var field = batch.Add(Hashes.Increment(tag + "h", "f", long.MaxValue));
        (await store.CommitAsync(batch, Cancellation)).EnsureCommitted();
        Assert.Equal(9007199254740993, counter.Value);
        Assert.Equal(long.MinValue, least.Value);
        Assert.Equal(long.MaxValue, field.Value);

        var close = new AtomicBatch().When(BatchCondition.NumberAtLeast(tag + "n", 9007199254740993));
        Assert.True((await store.CommitAsync(close, Cancellation)).IsCommitted);
        Assert.Equal(0, (await store.CommitAsync(new AtomicBatch().When(BatchCondition.NumberAtLeast(tag + "n", 9007199254740994)), Cancellation)).Index);
        Assert.Equal(0, (await store.CommitAsync(new AtomicBatch().When(BatchCondition.NumberAtMost(tag + "n", 9007199254740992)), Cancellation)).Index);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_sum_of_increments_that_overflows_names_the_command_and_writes_nothing(string protocol, bool useScripts)
    {
        await using var store = await fixture.ConnectAsync(protocol, new RedisKeyValueStoreOptions { UseScripts = useScripts });
        var tag = RedisFixture.NewTag();
        await fixture.Truth.TextAsync("SET", tag + "n", $"{long.MaxValue - 5}");
        var batch = new AtomicBatch();
        batch.Add(Sets.Add(tag + "s", "m"));
        batch.Add(Strings.Increment(tag + "n", 3));
        batch.Add(Strings.Increment(tag + "n", 3));
        var before = await fixture.SnapshotAsync(tag);

        var result = await store.CommitAsync(batch, Cancellation);

        Assert.Equal((CommitStatus.CommandFailed, 2), (result.Status, result.Index));
        Assert.IsType<NumberOverflowException>(result.Error);
        Assert.Equal(before, await fixture.SnapshotAsync(tag));
        Assert.All(batch.Replies, reply => Assert.False(reply.IsCompleted));
    }

    [Fact]
    public async Task A_command_that_can_only_be_tried_is_taken_back_with_all_that_was_written_before()
    {
        await using var store = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        await fixture.Truth.TextAsync("HSET", tag + "h", "f", "1");
        await fixture.Truth.TextAsync("PEXPIRE", tag + "h", "100000000");
        await fixture.Truth.TextAsync("RPUSH", tag + "l", "a", "b");
        var before = await fixture.SnapshotAsync(tag);
        var batch = new AtomicBatch();
        batch.Add(Keys.Delete(tag + "h"));
        batch.Add(Strings.Set(tag + "new", "v"));
        batch.Add(Lists.RightPush(tag + "l", "c"));
        batch.Add(Lists.Set(tag + "l", 3, "x"));

        var result = await store.CommitAsync(batch, Cancellation);

        Assert.Equal((CommitStatus.CommandFailed, 3), (result.Status, result.Index));
        Assert.IsType<ElementIndexException>(result.Error);
        Assert.Equal(before, await fixture.SnapshotAsync(tag));
    }

    [Fact]
    public async Task A_command_that_can_only_be_tried_and_succeeds_is_committed_with_the_rest()
    {
        await using var store = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        var batch = new AtomicBatch();
        batch.Add(Lists.RightPush(tag + "l", "a", "b"));
        batch.Add(Lists.Set(tag + "l", 1, "x"));
        batch.Add(Keys.Rename(tag + "l", tag + "m"));
        batch.Add(Lists.RightPush(tag + "m", "c"));
        Assert.Equal(CommitResult.Committed, await store.CommitAsync(batch, Cancellation));
        Assert.Equal(["a", "x", "c"], await fixture.Truth.ListAsync("LRANGE", tag + "m", "0", "-1"));
    }

    [Fact]
    public async Task Twenty_thousand_members_go_through_a_script_in_pieces()
    {
        await using var store = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        var batch = new AtomicBatch();
        var added = batch.Add(Sets.Add(tag + "s", [.. Enumerable.Range(0, 20_000).Select(i => (StoreValue)i)]));
        var hash = batch.Add(Hashes.Set(tag + "h", [.. Enumerable.Range(0, 20_001).Select(i => new HashEntry(i, i))]));
        Assert.True((await store.CommitAsync(batch, Cancellation)).IsCommitted);
        Assert.Equal(20_000, added.Value);
        Assert.Equal(20_001, hash.Value);
        Assert.Equal(20_001, await fixture.Truth.IntegerAsync("HLEN", tag + "h"));

        var refused = new AtomicBatch();
        refused.Add(Lists.RightPush(tag + "l", [.. Enumerable.Range(0, 20_000).Select(i => (StoreValue)i)]));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await store.CommitAsync(refused, Cancellation));
    }

    [Fact]
    public async Task A_repeated_commit_gets_the_first_ones_replies()
    {
        await using var store = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        async Task<(CommitStatus Status, string Replies)> CommitAsync()
        {
            var batch = new AtomicBatch().RememberAs(tag + "once", TimeSpan.FromMinutes(1));
            var sum = batch.Add(Strings.Increment(tag + "n", 9007199254740993));
            var gone = batch.Add(Strings.Get(tag + "none"));
            var status = batch.Add(Strings.Set(tag + "k", "v"));
            var list = batch.Add(Lists.Range(tag + "none"));
            var result = await store.CommitAsync(batch, Cancellation);
            return (result.Status, $"{sum.Value} {gone.Value.IsNull} {status.Value} {list.Value.Length}");
        }

        var (firstStatus, firstReplies) = await CommitAsync();
        var text = await fixture.Truth.TextAsync("GET", tag + "once");
        var (secondStatus, secondReplies) = await CommitAsync();

        Assert.Equal((CommitStatus.Committed, CommitStatus.Replayed), (firstStatus, secondStatus));
        Assert.Equal("9007199254740993 True True 0", firstReplies);
        Assert.Equal(firstReplies, secondReplies);
        Assert.Equal("*4\r\n:9007199254740993\r\n$-1\r\n+OK\r\n*0\r\n", text);
        Assert.Equal("9007199254740993", await fixture.Truth.TextAsync("GET", tag + "n"));
        Assert.InRange(await fixture.Truth.IntegerAsync("PTTL", tag + "once"), 1, 60_000);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_key_of_the_wrong_type_at_every_position_leaves_everything_as_it_was(string protocol, bool useScripts)
    {
        await using var store = await fixture.ConnectAsync(protocol, new RedisKeyValueStoreOptions { UseScripts = useScripts });
        Func<string, StoreCommand>[] commands =
        [
            key => Strings.Append(key, "v"),
            key => Strings.Increment(key),
            key => Hashes.Set(key, "f", "v"),
            key => Sets.Add(key, "m"),
            key => SortedSets.Add(key, "m", 1),
            key => Lists.RightPush(key, "v"),
            key => Strings.Set(key, "v"),
            key => Streams.Add(key, new KeyValuePair<StoreValue, StoreValue>("f", "v")),
            key => HyperLogLogs.Add(key, "v"),
            key => Bits.Set(key, 7, true),
        ];
        for (var wrong = 0; wrong < commands.Length; wrong++)
        {
            var tag = RedisFixture.NewTag();
            await fixture.Truth.TextAsync(wrong == 3 ? "LPUSH" : "SADD", $"{tag}{wrong}", "member");
            var before = await fixture.SnapshotAsync(tag);
            var batch = new AtomicBatch();
            for (var i = 0; i < commands.Length; i++)
            {
                batch.Add(commands[i]($"{tag}{i}"));
            }

            var result = await store.CommitAsync(batch, Cancellation);

            if (wrong == 6)
            {
                Assert.True(result.IsCommitted);
                continue;
            }

            Assert.Equal((CommitStatus.CommandFailed, wrong), (result.Status, result.Index));
            Assert.IsType<WrongTypeException>(result.Error);
            Assert.Equal(before, await fixture.SnapshotAsync(tag));
        }
    }

    [Fact]
    public async Task Keys_of_several_slots_are_refused_before_anything_is_sent()
    {
        await using var store = await fixture.ConnectAsync();
        var batch = new AtomicBatch();
        batch.Add(Strings.Set("a", "v"));
        batch.Add(Strings.Set("b", "v"));
        await Assert.ThrowsAsync<CrossSlotException>(async () => await store.CommitAsync(batch, Cancellation));
    }
}
