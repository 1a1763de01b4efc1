using RedisPatterns.Commands;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>The two cases in which a batch can be left half done; each is told by an error of its own.</summary>
public sealed class TornBatchTests(RedisFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<bool> Ways => [true, false];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_may_not_use_a_command_in_the_middle_tears_a_script(bool asFunctions)
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await truth.TextAsync("ACL", "SETUSER", "narrow", "on", ">secret", "~*", "&*", "+@all", "-sadd");
        await using var store = await RedisKeyValueStore.ConnectAsync(
            server.ConnectionString + ",user=narrow,password=secret", new RedisKeyValueStoreOptions { BatchesAsFunctions = asFunctions }, Cancellation);
        var batch = new AtomicBatch();
        batch.Add(Strings.Set("{a}first", "v"));
        batch.Add(Sets.Add("{a}set", "m"));

        var error = await Assert.ThrowsAsync<StoreException>(async () => await store.CommitAsync(batch, Cancellation));

        Assert.Contains("command 1 of the batch failed", error.Message, StringComparison.Ordinal);
        Assert.Contains("has been written", error.Message, StringComparison.Ordinal);
        Assert.Equal("v", await truth.TextAsync("GET", "{a}first"));
    }

    [Fact]
    public async Task A_user_who_may_not_use_a_command_does_not_tear_a_transaction()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await truth.TextAsync("ACL", "SETUSER", "narrow", "on", ">secret", "~*", "&*", "+@all", "-sadd");
        await using var store = await RedisKeyValueStore.ConnectAsync(
            server.ConnectionString + ",user=narrow,password=secret", new RedisKeyValueStoreOptions { UseScripts = false }, Cancellation);
        var batch = new AtomicBatch();
        batch.Add(Strings.Set("{a}first", "v"));
        batch.Add(Sets.Add("{a}set", "m"));

        await Assert.ThrowsAnyAsync<StoreException>(async () => await store.CommitAsync(batch, Cancellation));

        Assert.Null(await truth.TextAsync("GET", "{a}first"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_stream_that_has_no_id_left_tears_a_batch_that_lets_the_server_choose_one(bool useScripts)
    {
        await using var store = await fixture.ConnectAsync(options: new RedisKeyValueStoreOptions { UseScripts = useScripts });
        var tag = RedisFixture.NewTag();
        await fixture.Truth.TextAsync("XADD", tag + "x", "18446744073709551615-18446744073709551615", "f", "v");
        var batch = new AtomicBatch();
        batch.Add(Strings.Set(tag + "first", "v"));
        batch.Add(Streams.Add(tag + "x", new KeyValuePair<StoreValue, StoreValue>("f", "v")));

        var error = await Assert.ThrowsAsync<StoreException>(async () => await store.CommitAsync(batch, Cancellation));

        Assert.Contains("command 1 of the batch failed", error.Message, StringComparison.Ordinal);
        Assert.Equal("v", await fixture.Truth.TextAsync("GET", tag + "first"));
    }

    [Fact]
    public async Task A_user_who_may_not_use_a_command_does_not_tear_a_write_of_entities()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await truth.TextAsync("ACL", "SETUSER", "narrow", "on", ">secret", "~*", "&*", "+@all", "-sadd");
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString + ",user=narrow,password=secret", cancellationToken: Cancellation);
        var members = store.Keyspace("shop").Repository<Member, MemberModel>(new MemberModel());

        await Assert.ThrowsAnyAsync<StoreException>(async () => await members.InsertAsync(new Member("ada", "ada@x", "active", "London", 36), Cancellation));

        Assert.Equal(0, await truth.IntegerAsync("DBSIZE"));
    }
}
