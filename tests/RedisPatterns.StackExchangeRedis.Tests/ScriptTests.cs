using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.Testing;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

public sealed class ScriptTests(RedisFixture fixture)
{
    private static readonly AtomicScript<long> Bump = new("bump", "return redis.call('INCRBY', KEYS[1], ARGV[1])", Replies.Int64);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_is_one_round_trip_by_digest_and_its_text_is_sent_only_when_the_server_lacks_it()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var traffic = await proxy.CountAsync(async () =>
        {
            Assert.Equal(5, await store.EvaluateAsync(Bump.With(["k"], 5), Cancellation));
            Assert.Equal(10, await store.EvaluateAsync(Bump.With(["k"], 5), Cancellation));
            await truth.TextAsync("SCRIPT", "FLUSH");
            Assert.Equal(15, await store.EvaluateAsync(Bump.With(["k"], 5), Cancellation));
        });
        Assert.Equal(["EVALSHA", "EVAL", "EVALSHA", "EVALSHA", "EVAL"], traffic.Names);
        Assert.Equal("15", await truth.TextAsync("GET", "k"));
    }

    [Fact]
    public async Task A_script_works_again_after_the_server_was_restarted()
    {
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        Assert.Equal(1, await store.EvaluateAsync(Bump.With(["k"], 1), Cancellation));
        await server.RestartAsync(cancellationToken: Cancellation);
        await Poll.UntilAsync(
            async () =>
            {
                try
                {
                    return await store.EvaluateAsync(Bump.With(["k"], 1), Cancellation) == 1;
                }
                catch (StoreConnectionException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30),
            "the store to be connected again",
            Cancellation);
    }

    [Fact]
    public async Task Nothing_is_resent_when_the_connection_breaks_after_the_effect()
    {
        await using var proxy = RoundTripProxy.Start(fixture.Server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var tag = RedisFixture.NewTag();
        await store.EvaluateAsync(Bump.With([tag], 1), Cancellation);
        proxy.CutAt("EVALSHA", CutMoment.AfterEffect);
        await Assert.ThrowsAsync<StoreConnectionException>(async () => await store.EvaluateAsync(Bump.With([tag], 1), Cancellation));
        Assert.Equal("2", await fixture.Truth.TextAsync("GET", tag));
    }

    [Fact]
    public async Task Errors_in_scripts_name_the_script_or_keep_their_own_type()
    {
        await using var store = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        await fixture.Truth.TextAsync("LPUSH", tag, "secret");
        var broken = new AtomicScript<long>("broken", "return nonsense()", Replies.Int64);
        var error = await Assert.ThrowsAsync<ScriptException>(async () => await store.EvaluateAsync(broken.With([tag]), Cancellation));
        Assert.Contains("broken", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<WrongTypeException>(async () => await store.EvaluateAsync(Bump.With([tag], 1), Cancellation));
        await Assert.ThrowsAsync<CrossSlotException>(async () => await store.EvaluateAsync(Bump.With([tag, "other"], 1), Cancellation));
    }

    [Fact]
    public async Task Errors_in_scripts_name_the_line()
    {
        await using var store = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        await fixture.Truth.TextAsync("LPUSH", tag, "secret");
        var signature = new ScriptSignature<StoreKey>().Key("list", key => key);
        AtomicScript<StoreKey, long> Script(string lua) => new("lines", lua, signature, Replies.Int64);

        var error = await Assert.ThrowsAsync<ScriptException>(async () => await store.EvaluateAsync(Script("local a = 1\nlocal b = nil\nreturn b.c").With(tag), Cancellation));
        var compiling = await Assert.ThrowsAsync<ScriptException>(async () => await store.EvaluateAsync(Script("local a = 1\nlocal = 2").With(tag), Cancellation));
        var wrongType = await Assert.ThrowsAsync<WrongTypeException>(async () => await store.EvaluateAsync(Script("local a = 1\nreturn redis.call('INCR', list)").With(tag), Cancellation));

        Assert.Equal((3, 2), (error.Line, compiling.Line));
        Assert.Contains("lines failed on the server at line 3", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("lines, line 2:", wrongType.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrongType.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_twin_is_compared_with_its_Lua()
    {
        await using var store = await fixture.ConnectAsync();
        StoreKey key = RedisFixture.NewTag();
        var cancellationToken = Cancellation;
        var bump = new AtomicScript<long>(
            "bump", "return redis.call('INCRBY', KEYS[1], ARGV[1])", Replies.Int64,
            script => StoreReply.Integer(script.Call(Strings.Increment(script.Keys[0], script.Arguments[0].AsInt64()))));

        // snippet: script-twin
        await using var memory = new InMemoryKeyValueStore();
        await ScriptTwins.CompareAsync(store, memory, bump.With([key], 2), given: [Strings.Set(key, 40)], cancellationToken);

        // end-snippet
        Assert.Equal("42", (await store.GetAsync(key, cancellationToken)).AsText());
        Assert.Equal("42", (await memory.GetAsync(key, cancellationToken)).AsText());
    }

    [Fact]
    public async Task A_twin_that_does_what_its_Lua_does_is_told_from_one_that_does_not()
    {
        await using var server = await fixture.ConnectAsync();
        await using var memory = new InMemoryKeyValueStore();
        StoreKey key = RedisFixture.NewTag();
        Task CompareAsync(ScriptTwin twin, params StoreCommand[] given) => ScriptTwins.CompareAsync(
            server, memory, new AtomicScript<long>("push", "local n = redis.call('RPUSH', KEYS[1], ARGV[1]) redis.call('EXPIRE', KEYS[1], 60) return n", Replies.Int64, twin).With([key], "v"), given, Cancellation);
        static StoreReply Push(IScriptContext script, StoreValue value, bool expires, long offset)
        {
            var length = script.Call(Lists.RightPush(script.Keys[0], value));
            if (expires)
            {
                script.Call(Keys.Expire(script.Keys[0], TimeSpan.FromMinutes(1)));
            }

            return StoreReply.Integer(length + offset);
        }

        await CompareAsync(script => Push(script, script.Arguments[0], expires: true, 0));
        await CompareAsync(script => Push(script, script.Arguments[0], expires: true, 0), Lists.RightPush(key, "a", "b"));
        await CompareAsync(script => Push(script, script.Arguments[0], expires: true, 0), Strings.Set(key, "no list"));
        var reply = await Assert.ThrowsAsync<ConformanceFailedException>(() => CompareAsync(script => Push(script, script.Arguments[0], expires: true, 1)));
        var content = await Assert.ThrowsAsync<ConformanceFailedException>(() => CompareAsync(script => Push(script, "w", expires: true, 0)));
        var expiry = await Assert.ThrowsAsync<ConformanceFailedException>(() => CompareAsync(script => Push(script, script.Arguments[0], expires: false, 0), Lists.RightPush(key, "a")));
        var error = await Assert.ThrowsAsync<ConformanceFailedException>(() => CompareAsync(_ => StoreReply.Integer(1), Strings.Set(key, "no list")));

        Assert.StartsWith("push, the reply:", reply.Message, StringComparison.Ordinal);
        Assert.StartsWith("push, LRANGE of key 1:", content.Message, StringComparison.Ordinal);
        Assert.StartsWith("push, whether key 1 expires:", expiry.Message, StringComparison.Ordinal);
        Assert.StartsWith("push, the reply:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_a_script_is_refused_before_anything_is_sent()
    {
        await using var store = await fixture.ConnectAsync(options: new RedisKeyValueStoreOptions { UseScripts = false });
        Assert.False(store.Capabilities.Has(StoreFeatures.Scripts));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await store.EvaluateAsync(Bump.With(["k"], 1), Cancellation));
    }

    [Fact]
    public async Task What_a_script_of_ones_own_wrote_before_its_error_stays()
    {
        await using var store = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        var half = new AtomicScript<long>("half", "redis.call('SET', KEYS[1], 'v') return redis.call('INCR', KEYS[1])", Replies.Int64);
        await Assert.ThrowsAsync<InvalidNumberException>(async () => await store.EvaluateAsync(half.With([tag]), Cancellation));
        Assert.Equal("v", await fixture.Truth.TextAsync("GET", tag));
    }
}
