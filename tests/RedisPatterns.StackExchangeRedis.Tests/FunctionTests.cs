using System.Globalization;
using System.Net;
using RedisPatterns.Commands;
using RedisPatterns.InMemory;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Libraries of functions on servers: when they are loaded, what a version is worth, and what a loss of them does.</summary>
public sealed class FunctionTests(RedisFixture fixture)
{
    private static int _libraries;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_is_one_round_trip_by_name_and_loaded_only_when_the_server_lacks_it()
    {
        await using var server = await StartAsync();
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var traffic = await proxy.CountAsync(async () =>
        {
            Assert.Equal("1 1", await TellAsync(store, new Teller("shop", 1), "k"));
            Assert.Equal("1 2", await TellAsync(store, new Teller("shop", 1), "k"));
            await truth.TextAsync("FUNCTION", "FLUSH");
            Assert.Equal("1 3", await TellAsync(store, new Teller("shop", 1), "k"));
            Assert.Equal("2 4", await TellAsync(store, new Teller("shop", 2), "k"));
            Assert.Equal("2 5", await TellAsync(store, new Teller("shop", 1), "k"));
        });
        string[] loading = ["FCALL", "FUNCTION LIST", "FUNCTION LOAD", "FCALL"];
        Assert.Equal([.. loading, "FCALL", .. loading, .. loading, "FCALL"], traffic.Names);
        Assert.Equal("5", await truth.TextAsync("GET", "k"));
    }

    [Fact]
    public async Task The_version_can_be_asked_for_by_hand_and_a_call_by_hand_takes_any()
    {
        var library = new Teller(NewName(), 7);
        await using var store = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        await store.LoadAsync(library, Cancellation);

        Assert.Equal(7, await fixture.Truth.IntegerAsync("FCALL", library.Name + "_version", "0"));
        Assert.Equal("7 1", await fixture.Truth.TextAsync("FCALL", library.Name + "_tell", "1", tag, "0"));
        Assert.Equal("7 2", await fixture.Truth.TextAsync("FCALL", library.Name + "_tell", "1", tag, "7"));
        Assert.StartsWith(FunctionLibrary.OutdatedError + " ", (await fixture.Truth.SendAsync("FCALL", library.Name + "_tell", "1", tag, "8")).Text, StringComparison.Ordinal);
        Assert.StartsWith("NOVERSION ", (await fixture.Truth.SendAsync("FCALL", library.Name + "_tell", "1", tag)).Text, StringComparison.Ordinal);
        Assert.Equal("2", await fixture.Truth.TextAsync("GET", tag));
    }

    [Fact]
    public async Task A_function_works_again_after_the_server_was_restarted()
    {
        await using var server = await StartAsync();
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        Assert.Equal("1 1", await TellAsync(store, new Teller("shop", 1), "k"));
        await server.RestartAsync(cancellationToken: Cancellation);
        string? answer = null;
        await Poll.UntilAsync(
            async () =>
            {
                try
                {
                    answer = await TellAsync(store, new Teller("shop", 1), "k");
                    return true;
                }
                catch (StoreConnectionException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30),
            "the store to be connected again",
            Cancellation);
        Assert.Equal("1 1", answer);
    }

    [Fact]
    public async Task Nothing_is_resent_when_the_connection_breaks_after_the_effect()
    {
        var library = new Teller(NewName(), 1);
        await using var proxy = RoundTripProxy.Start(fixture.Server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var tag = RedisFixture.NewTag();
        await TellAsync(store, library, tag);
        proxy.CutAt("FCALL", CutMoment.AfterEffect);
        await Assert.ThrowsAsync<StoreConnectionException>(async () => await TellAsync(store, library, tag));
        Assert.Equal("2", await fixture.Truth.TextAsync("GET", tag));
    }

    [Fact]
    public async Task Callers_that_find_a_library_missing_at_the_same_time_load_it_once()
    {
        var library = new Teller(NewName(), 1);
        await using var proxy = RoundTripProxy.Start(fixture.Server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, cancellationToken: Cancellation);
        var tag = RedisFixture.NewTag();
        var traffic = await proxy.CountAsync(() => Task.WhenAll(Enumerable.Range(0, 50).Select(_ => TellAsync(store, library, tag))));
        Assert.Single(traffic.Names, "FUNCTION LOAD");
        Assert.Equal("50", await fixture.Truth.TextAsync("GET", tag));
    }

    [Fact]
    public async Task An_older_process_that_replaces_a_newer_library_by_a_race_is_overruled_by_the_next_newer_call()
    {
        var name = NewName();
        await using var store = await fixture.ConnectAsync();
        var tag = RedisFixture.NewTag();
        await store.LoadAsync(new Teller(name, 1), Cancellation);

        // It has looked, and found version 1; before it loads, another process has loaded version 3.
        await using var late = new InBetween(store, CommandTable.FunctionLoad, async () => await store.LoadAsync(new Teller(name, 3), Cancellation));
        Assert.Equal(FunctionLoadOutcome.Replaced, Assert.Single(await late.LoadAsync(new Teller(name, 2), Cancellation)).Outcome);
        Assert.Equal(2, await VersionAsync(store, name));

        Assert.Equal("3 1", await TellAsync(store, new Teller(name, 3), tag));
        Assert.Equal(3, await VersionAsync(store, name));
        Assert.Equal("3 2", await TellAsync(store, new Teller(name, 2), tag));
    }

    [Fact]
    public async Task A_library_that_another_process_loads_first_is_not_replaced_by_an_older_one()
    {
        var name = NewName();
        await using var store = await fixture.ConnectAsync();
        await using var late = new InBetween(store, CommandTable.FunctionLoad, async () => await store.LoadAsync(new Teller(name, 3), Cancellation));

        var load = Assert.Single(await late.LoadAsync(new Teller(name, 2), Cancellation));

        Assert.Equal((FunctionLoadOutcome.NewerThere, 3), (load.Outcome, load.VersionBefore));
        Assert.Equal(3, await VersionAsync(store, name));
    }

    [Fact]
    public async Task Every_call_of_a_rolling_deployment_is_run_once_by_code_not_older_than_its_caller()
    {
        const int Calls = 150;
        var name = NewName();
        var tag = RedisFixture.NewTag();
        var done = false;

        async Task FlushAsync()
        {
            while (!Volatile.Read(ref done))
            {
                await fixture.Truth.TextAsync("FUNCTION", "DELETE", name).ContinueWith(_ => { }, TaskScheduler.Default);
                await Task.Yield();
                await fixture.Truth.TextAsync("PING");
            }
        }

        async Task<int> CallAsync(int version)
        {
            await using var store = await fixture.ConnectAsync();
            var library = new Teller(name, version);
            var refused = 0;
            for (var i = 0; i < Calls; i++)
            {
                try
                {
                    var answer = await TellAsync(store, library, tag);
                    Assert.True(int.Parse(answer.Split(' ')[0], CultureInfo.InvariantCulture) >= version, $"{version} was answered by {answer}");
                }
                catch (FunctionLibraryException)
                {
                    // Deleted as often as it was loaded: told, and nothing was run.
                    refused++;
                }
            }

            return refused;
        }

        var flushing = FlushAsync();
        var refused = await Task.WhenAll(Enumerable.Range(1, 4).Select(version => Task.Run(() => CallAsync(version), Cancellation)));
        Volatile.Write(ref done, true);
        await flushing;

        Assert.Equal((4 * Calls) - refused.Sum(), await fixture.Truth.IntegerAsync("INCRBY", tag, "0"));
        Assert.True(refused.Sum() < 2 * Calls, $"{refused.Sum()} calls were refused.");
    }

    [Fact]
    public async Task In_a_cluster_every_primary_has_the_library_and_one_that_lost_it_gets_it_again()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var cluster = await TestServer.StartRedisClusterAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(cluster.ConnectionString, cancellationToken: Cancellation);
        var library = new Teller("shop", 2);
        StoreKey[] keys = ["{a}k", "{b}k", "{c}k", "{d}k", "{e}k", "{f}k", "{g}k"];
        async Task TellAllAsync(Teller which, int version)
        {
            foreach (var key in keys)
            {
                Assert.StartsWith($"{version} ", await TellAsync(store, which, key), StringComparison.Ordinal);
            }
        }

        var loads = await store.LoadAsync(new Teller("shop", 1), Cancellation);
        Assert.Equal(cluster.Endpoints.Select(endpoint => $"{endpoint}").Order(), loads.Select(load => load.Server).Order());
        Assert.All(loads, load => Assert.Equal(FunctionLoadOutcome.Loaded, load.Outcome));

        // One primary lost it, one has it newer: what is done is told of each, and then all have the same.
        await using (var first = await cluster.ConnectAsync(0, Cancellation))
        {
            await first.TextAsync("FUNCTION", "FLUSH");
        }

        await using (var second = await cluster.ConnectAsync(1, Cancellation))
        {
            await second.TextAsync("FUNCTION", "LOAD", "REPLACE", library.Code);
        }

        var before = Assert.Single(await store.ListFunctionsAsync(Cancellation));
        Assert.False(before.IsEverywhereTheSame);
        Assert.Equal([$"{cluster.Endpoints[0]}"], before.MissingOn);
        Assert.Equal((2, 2), (before.Version, before.Copies.Count));
        var outcomes = (await store.LoadAsync(library, Cancellation)).ToDictionary(load => load.Server, load => (load.Outcome, load.VersionBefore));
        Assert.Equal((FunctionLoadOutcome.Loaded, null), outcomes[$"{cluster.Endpoints[0]}"]);
        Assert.Equal((FunctionLoadOutcome.Unchanged, 2), outcomes[$"{cluster.Endpoints[1]}"]);
        Assert.Equal((FunctionLoadOutcome.Replaced, 1), outcomes[$"{cluster.Endpoints[2]}"]);
        Assert.True(Assert.Single(await store.ListFunctionsAsync(Cancellation)).IsEverywhereTheSame);
        await TellAllAsync(library, 2);

        // The next call of any key heals all.
        for (var node = 0; node < 3; node++)
        {
            await using var client = await cluster.ConnectAsync(node, Cancellation);
            await client.TextAsync("FUNCTION", "FLUSH");
            await TellAllAsync(library, 2);
        }

        await TellAllAsync(new Teller("shop", 3), 3);
        Assert.True(Assert.Single(await store.ListFunctionsAsync(Cancellation)).IsEverywhereTheSame);
        Assert.Equal(3, await store.UnloadAsync("shop", Cancellation));
        await TellAllAsync(library, 2);
    }

    [Fact]
    public async Task In_a_cluster_a_primary_that_is_down_does_not_keep_calls_of_the_others_from_healing()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var cluster = await TestServer.StartRedisClusterAsync(
            new TestServerOptions { Arguments = ["--cluster-require-full-coverage", "no"] }, Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(cluster.ConnectionString, cancellationToken: Cancellation);
        var library = new Teller("shop", 1);
        var down = await ClusterSlots.OwnerAsync(cluster, HashSlot.Of("{a}k"), Cancellation);
        StoreKey other = "{b}k";
        for (var i = 0; await ClusterSlots.OwnerAsync(cluster, HashSlot.Of(other), Cancellation) == down; i++)
        {
            other = $"{{{i}}}k";
        }

        await cluster.KillAsync(down);
        Assert.Equal("1 1", await TellAsync(store, library, other));
        await Assert.ThrowsAnyAsync<StoreException>(async () => await store.LoadAsync(library, Cancellation));
        await cluster.RestartAsync(down, Cancellation);
    }

    [Fact]
    public async Task A_replica_answers_what_only_reads_and_the_primary_where_the_replica_lacks_it()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var primary = await TestServer.StartRedisAsync(new TestServerOptions { Arguments = ["--repl-diskless-sync-delay", "0"] }, Cancellation);
        await using var replica = await TestServer.StartRedisAsync(new TestServerOptions { Arguments = ["--replica-read-only", "no"] }, Cancellation);
        await using var primaryTruth = await primary.ConnectAsync(cancellationToken: Cancellation);
        await using var replicaTruth = await replica.ConnectAsync(cancellationToken: Cancellation);
        var endpoint = (IPEndPoint)primary.Endpoints[0];
        await replicaTruth.TextAsync("REPLICAOF", $"{endpoint.Address}", $"{endpoint.Port}");
        await using var store = await RedisKeyValueStore.ConnectAsync(
            $"{primary.ConnectionString},{replica.ConnectionString}", new RedisKeyValueStoreOptions { ReadPreference = ReadPreference.PreferReplica }, Cancellation);
        var library = new Teller("shop", 1);
        Assert.Equal("1 1", await TellAsync(store, library, "{a}k"));
        await Poll.UntilAsync(
            async () => (await replicaTruth.ListAsync("FUNCTION", "LIST")).Count == 1 && await replicaTruth.IntegerAsync("EXISTS", "{a}k") == 1,
            TimeSpan.FromSeconds(30), "the library to reach the replica", Cancellation);
        await replicaTruth.TextAsync("CONFIG", "RESETSTAT");

        Assert.Equal("1", await store.EvaluateAsync(library.Read.With(["{a}k"]), Cancellation));
        Assert.Equal(1, (await replicaTruth.CommandCallsAsync()).GetValueOrDefault("fcall_ro"));
        await replicaTruth.TextAsync("FUNCTION", "FLUSH");
        Assert.Equal("1", await store.EvaluateAsync(library.Read.With(["{a}k"]), Cancellation));

        // Made the primary, it is given what it lacks.
        await replicaTruth.TextAsync("REPLICAOF", "NO", "ONE");
        await using var promoted = await RedisKeyValueStore.ConnectAsync(replica.ConnectionString, cancellationToken: Cancellation);
        Assert.Equal("1 2", await TellAsync(promoted, library, "{a}k"));
    }

    [Fact]
    public async Task At_the_memory_limit_a_function_is_refused_before_it_begins_unless_it_only_reads_or_deletes()
    {
        await using var server = await StartAsync();
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var library = new Teller("shop", 1);
        Assert.Equal("1 1", await TellAsync(store, library, "k"));
        await truth.TextAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await truth.TextAsync("CONFIG", "SET", "maxmemory", "1");

        await Assert.ThrowsAsync<MemoryLimitException>(async () => await TellAsync(store, library, "k"));
        Assert.Equal("1", await store.EvaluateAsync(library.Read.With(["k"]), Cancellation));
        Assert.Equal(1, await store.EvaluateAsync(library.Clear.With(["k"]), Cancellation));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await TellAsync(store, new Teller("shop", 2), "k"));
    }

    [Fact]
    public async Task Errors_in_functions_name_the_function_and_its_own_line()
    {
        await using var store = await fixture.ConnectAsync();
        var library = new Teller(NewName(), 1);
        var tag = RedisFixture.NewTag();
        await fixture.Truth.TextAsync("LPUSH", tag, "secret");

        var error = await Assert.ThrowsAsync<ScriptException>(async () => await store.EvaluateAsync(library.Break.With(tag), Cancellation));
        var wrongType = await Assert.ThrowsAsync<WrongTypeException>(async () => await TellAsync(store, library, tag));

        Assert.Equal(3, error.Line);
        Assert.Contains($"The function {library.Name}_break failed on the server at line 3", error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{library.Name}_tell, line 1:", wrongType.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message + wrongType.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_not_load_functions_may_call_those_that_are_there()
    {
        await using var server = await StartAsync();
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await truth.TextAsync("ACL", "SETUSER", "narrow", "on", ">secret", "~*", "&*", "+@all", "-function");
        await using var narrow = await RedisKeyValueStore.ConnectAsync(server.ConnectionString + ",user=narrow,password=secret", cancellationToken: Cancellation);
        await using var store = await RedisKeyValueStore.ConnectAsync(server.ConnectionString, cancellationToken: Cancellation);
        var library = new Teller("shop", 1);

        var error = await Assert.ThrowsAsync<AccessDeniedException>(async () => await TellAsync(narrow, library, "k"));
        Assert.StartsWith("FUNCTION LIST", error.Message, StringComparison.Ordinal);
        await store.LoadAsync(library, Cancellation);
        Assert.Equal("1 1", await TellAsync(narrow, library, "k"));
    }

    [Fact]
    public async Task Without_scripts_a_function_is_refused_and_nothing_is_loaded()
    {
        await using var store = await fixture.ConnectAsync(options: new RedisKeyValueStoreOptions { UseScripts = false });
        var library = new Teller(NewName(), 1);
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await TellAsync(store, library, RedisFixture.NewTag()));
        Assert.Equal(FunctionLoadOutcome.Unsupported, Assert.Single(await store.LoadAsync(library, Cancellation)).Outcome);
        Assert.Equal(0, await store.UnloadAsync(library.Name, Cancellation));
        Assert.Empty(await store.ListFunctionsAsync(Cancellation));
    }

    [Fact]
    public async Task A_function_and_its_twin_are_compared_as_a_script_and_its_twin()
    {
        await using var store = await fixture.ConnectAsync();
        await using var memory = new InMemoryKeyValueStore();
        var library = new Teller(NewName(), 1);
        await Testing.ScriptTwins.CompareAsync(store, memory, library.Tell.With([RedisFixture.NewTag()]), cancellationToken: Cancellation);
    }

    private static string NewName() => $"teller{Interlocked.Increment(ref _libraries)}";

    private static async Task<TestServer> StartAsync()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        return await TestServer.StartRedisAsync(cancellationToken: Cancellation);
    }

    private static async Task<string> TellAsync(RedisKeyValueStore store, Teller library, StoreKey key) =>
        (await store.EvaluateAsync(library.Tell.With([key]), Cancellation)).AsText()!;

    private static async Task<int?> VersionAsync(RedisKeyValueStore store, string name) =>
        (await store.ListFunctionsAsync(Cancellation)).Single(library => library.Name == name).Version;

    /// <summary>Counts calls, and tells which version ran.</summary>
    private sealed class Teller : FunctionLibrary
    {
        public Teller(string name, int version)
            : base(name, version)
        {
            Tell = Function("tell", new AtomicScript<StoreValue>(
                "tell", $"return '{version} ' .. redis.call('INCR', KEYS[1])", Replies.Value,
                script => StoreReply.FromValue($"{version} {script.Call(Strings.Increment(script.Keys[0]))}")));
            Read = Function("read", new AtomicScript<StoreValue>("read", "return redis.call('GET', KEYS[1])", Replies.Value, isReadOnly: true));
            Clear = Function("clear", new AtomicScript<long>("clear", "return redis.call('DEL', KEYS[1])", Replies.Int64), runsAtMemoryLimit: true);
            Break = Function("break", new AtomicScript<StoreKey, long>(
                "break", "local a = 1\nlocal b = nil\nreturn b.c", new ScriptSignature<StoreKey>().Key("list", key => key), Replies.Int64));
        }

        public AtomicScript<StoreValue> Tell { get; }

        public AtomicScript<StoreValue> Read { get; }

        public AtomicScript<long> Clear { get; }

        public AtomicScript<StoreKey, long> Break { get; }
    }

    /// <summary>Lets something happen before a command is sent for the first time.</summary>
    private sealed class InBetween(IKeyValueStore inner, CommandDefinition command, Func<Task> action) : DelegatingKeyValueStore(inner, ownsInner: false)
    {
        private bool _isDone;

        public override async ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
            StoreCommand<TReply> sent, string? primary = null, CancellationToken cancellationToken = default)
        {
            if (ReferenceEquals(sent.Definition, command) && !_isDone)
            {
                _isDone = true;
                await action();
            }

            return await base.SendToPrimariesAsync(sent, primary, cancellationToken);
        }
    }
}
