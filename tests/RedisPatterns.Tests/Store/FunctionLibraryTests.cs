using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Store;

/// <summary>What a library of functions is made of, and what loading one does on several servers.</summary>
public sealed class FunctionLibraryTests
{
    private static readonly AtomicScript<long> Bump = new("bump", "return redis.call('INCR', KEYS[1])", Replies.Int64);
    private static readonly AtomicScript<long> Count = new("count", "local n = 1\nreturn redis.call('STRLEN', KEYS[1])", Replies.Int64, isReadOnly: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_function_is_the_script_under_the_librarys_name()
    {
        var shop = new Shop();
        var call = shop.Bump.With(["{a}k"], 1);

        Assert.Equal("shop_bump", shop.Bump.Name);
        Assert.Equal(Bump.Digest, shop.Bump.Digest);
        Assert.Same(shop, call.Script.Function!.Library);
        Assert.Same(call.Script.Function, call.WithKeys(key => "{b}k").Script.Function);
        Assert.Equal(["shop_bump", "shop_count", "shop_named"], shop.Functions.Select(function => function.Name));
        Assert.Equal([false, true, false], shop.Functions.Select(function => function.IsReadOnly));
        Assert.Same(shop.Functions[2], shop.Named.With("{a}k").Script.Function);
        Assert.Null(Bump.Function);
        Assert.Equal("shop, version 3", shop.ToString());
    }

    [Fact]
    public void Texts_stand_in_the_code_once_and_their_lines_are_found()
    {
        var shop = new Shop(more: library => library.Add("again", Count));
        var lines = shop.Code.Split('\n');

        Assert.Equal("#!lua name=shop", lines[0]);
        Assert.Single(lines, line => line.Contains("local n = 1", StringComparison.Ordinal));
        Assert.Contains("redis.register_function{function_name='shop_count',callback=f[2],flags={'no-writes'}}", lines);
        Assert.Contains("redis.register_function{function_name='shop_again',callback=f[2],flags={'no-writes'}}", lines);
        Assert.Contains($"redis.register_function{{function_name='shop_version',callback=function() return 3 end,flags={{'no-writes'}},description='version 3, digest {shop.Digest}'}}", lines);
        var first = Array.FindIndex(lines, line => line.Contains("local n = 1", StringComparison.Ordinal)) + 1;
        Assert.Equal([null, 1, 2, 2, null], Enumerable.Range(first - 1, 5).Select(shop.Functions[1].LineOf));
        Assert.Null(shop.Functions[0].LineOf(first));
        Assert.Equal(lines.Length, shop.Code.TrimEnd('\n').Split('\n').Length + 1);
    }

    [Fact]
    public void The_digest_is_of_what_users_write()
    {
        var lua = new AtomicScript<long>("a", "local a = 1\nreturn a", Replies.Int64);
        var windows = new AtomicScript<long>("a", "local a = 1\r\nreturn a", Replies.Int64);
        var reading = new AtomicScript<long>("a", lua.Lua, Replies.Int64, isReadOnly: true);
        string Of(AtomicScript<long> script, string name = "f", int version = 3, bool atLimit = false) =>
            new Shop(version, library => library.Add(name, script, atLimit)).Digest;

        Assert.Equal(Of(lua), Of(windows));
        Assert.Equal(Of(lua), Of(lua, version: 4));
        Assert.Equal(5, new[] { Of(lua), Of(lua, "g"), Of(reading), Of(lua, atLimit: true), Of(Bump) }.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("a b")]
    [InlineData("a-b")]
    [InlineData("käse")]
    [InlineData("a'b")]
    [InlineData("a\nb")]
    public void What_can_be_no_name_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(() => new Named(name, 1));
        Assert.Throws<ArgumentException>(() => new Shop(more: library => library.Add(name, Bump)));
    }

    [Fact]
    public void What_is_no_library_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Named("shop", 0));
        Assert.Throws<ArgumentException>(() => new Shop(more: library => library.Add("bump", Count)));
        Assert.Throws<ArgumentException>(() => new Shop(more: library => library.Add("version", Count)));
        Assert.Throws<ArgumentException>(() => new Shop(more: library => library.Add("f", new AtomicScript<long>("f", "#!lua flags=no-writes\nreturn 1", Replies.Int64))));
        Assert.Throws<ArgumentNullException>(() => new Shop(more: library => library.Add("f", null!)));
        Assert.Throws<InvalidOperationException>(() => new Named("shop", 1).Code);
        var shop = new Shop();
        _ = shop.Code;
        Assert.Throws<InvalidOperationException>(() => shop.Add("late", Bump));
    }

    [Fact]
    public async Task A_conflict_on_one_server_is_told_before_anything_is_loaded_on_the_others()
    {
        var store = new Primaries("a", "b", "c");
        store.Put("c", new Shop(version: 3, library => library.Add("more", Bump)));

        var error = await Assert.ThrowsAsync<FunctionLibraryException>(async () => await store.LoadAsync(new Shop(), Cancellation));

        Assert.Equal(3, error.ServerVersion);
        Assert.Equal(0, store.Loads);
    }

    [Fact]
    public async Task A_server_that_fails_does_not_keep_the_others_from_getting_the_library()
    {
        var store = new Primaries("a", "b", "c");
        store.Broken.Add("b");

        await Assert.ThrowsAsync<StoreConnectionException>(async () => await store.LoadAsync(new Shop(), Cancellation));
        store.Broken.Clear();
        var loads = await store.LoadAsync(new Shop(), Cancellation);

        Assert.Equal(
            [("a", FunctionLoadOutcome.Unchanged), ("b", FunctionLoadOutcome.Loaded), ("c", FunctionLoadOutcome.Unchanged)],
            loads.Select(load => (load.Server, load.Outcome)));
    }

    [Fact]
    public async Task Where_servers_differ_is_told()
    {
        var store = new Primaries("a", "b");
        store.Put("a", new Shop(2));
        store.Put("b", new Shop(5, library => library.Add("more", Bump)));
        var shop = Assert.Single(await store.ListFunctionsAsync(Cancellation));

        Assert.Equal((5, false), (shop.Version, shop.IsEverywhereTheSame));
        Assert.Equal(["shop_bump", "shop_count", "shop_more", "shop_named", "shop_version"], shop.Functions);
        Assert.Equal("shop, version 5, servers differ", shop.ToString());
        await store.LoadAsync(new Shop(6), Cancellation);
        Assert.Equal("shop, version 6", Assert.Single(await store.ListFunctionsAsync(Cancellation)).ToString());
        Assert.Equal(2, await store.UnloadAsync("shop", Cancellation));
        Assert.Equal(0, await store.UnloadAsync("shop", Cancellation));
    }

    private sealed class Named(string name, int version) : FunctionLibrary(name, version);

    private sealed class Shop : FunctionLibrary
    {
        public Shop(int version = 3, Action<Shop>? more = null)
            : base("shop", version)
        {
            Bump = Function("bump", FunctionLibraryTests.Bump);
            Function("count", Count);
            Named = Function("named", new AtomicScript<StoreKey, long>("named", "return redis.call('DEL', k)", new ScriptSignature<StoreKey>().Key("k", key => key), Replies.Int64));
            more?.Invoke(this);
        }

        public AtomicScript<long> Bump { get; }

        public AtomicScript<StoreKey, long> Named { get; }

        public void Add(string name, AtomicScript<long> script, bool runsAtMemoryLimit = false) => Function(name, script, runsAtMemoryLimit);
    }

    /// <summary>Servers that hold libraries, and nothing else.</summary>
    private sealed class Primaries(params string[] names) : IKeyValueStore
    {
        private readonly Dictionary<(string Server, string Library), FunctionLibrary> _held = [];

        public HashSet<string> Broken { get; } = [];

        public int Loads { get; private set; }

        public StoreCapabilities Capabilities { get; } = new("test", new Version(7, 0), StoreFeatures.Scripts | StoreFeatures.Functions);

        public void Put(string server, FunctionLibrary library) => _held[(server, library.Name)] = library;

        public ValueTask<IReadOnlyList<PrimaryReply<TReply>>> SendToPrimariesAsync<TReply>(
            StoreCommand<TReply> command, string? primary = null, CancellationToken cancellationToken = default)
        {
            var replies = new List<PrimaryReply<TReply>>();
            foreach (var name in names.Where(name => primary is null || name == primary))
            {
                replies.Add(Broken.Contains(name) ? new(name, new StoreConnectionException()) : Answer(name, command));
            }

            return new(replies);
        }

        public ValueTask<TReply> SendAsync<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask SendAsync(StorePipeline pipeline, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<CommitResult> CommitAsync(AtomicBatch batch, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<TReply> EvaluateAsync<TReply>(ScriptCall<TReply> call, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<StoreKey> ScanKeysAsync(string pattern = "*", int pageSize = 250, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private PrimaryReply<TReply> Answer<TReply>(string server, StoreCommand<TReply> command)
        {
            switch (command.Definition.Name)
            {
                case "FUNCTION LIST":
                    return new(server, command.Reader(StoreReply.Array([.. _held.Where(pair => pair.Key.Server == server).Select(pair => Describe(pair.Value))])));
                case "FUNCTION LOAD":
                    Loads++;
                    Put(server, new Shop(int.Parse(command[command.ArgumentCount - 1].AsText()!.Split("description='version ")[1].Split(',')[0], null)));
                    return new(server, command.Reader(StoreReply.FromValue("shop")));
                default:
                    return _held.Remove((server, command[0].AsText()!))
                        ? new(server, command.Reader(StoreReply.Ok))
                        : new(server, new NoSuchFunctionException());
            }
        }

        private static StoreReply Describe(FunctionLibrary library) => StoreReply.Array(
            StoreReply.FromValue("library_name"), StoreReply.FromValue(library.Name),
            StoreReply.FromValue("engine"), StoreReply.FromValue("LUA"),
            StoreReply.FromValue("functions"), StoreReply.Array(
            [
                .. library.Functions.Select(function => Function(function.Name, StoreReply.Null)),
                Function(library.Name + "_version", StoreReply.FromValue($"version {library.Version}, digest {library.Digest}")),
            ]));

        private static StoreReply Function(string name, StoreReply description) => StoreReply.Array(
            StoreReply.FromValue("name"), StoreReply.FromValue(name),
            StoreReply.FromValue("description"), description,
            StoreReply.FromValue("flags"), StoreReply.Array(StoreReply.Status("no-writes")));
    }
}
