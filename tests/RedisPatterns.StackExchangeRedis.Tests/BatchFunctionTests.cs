using RedisPatterns.Commands;
using RedisPatterns.Testing;
using RedisPatterns.TestServers;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>Batches that call functions do what batches by the script do.</summary>
public sealed class BatchFunctionTests(RedisFixture fixture, BatchFunctionTests.Stores stores) : IClassFixture<BatchFunctionTests.Stores>
{
    private static readonly RedisKeyValueStoreOptions AsFunctions = new() { BatchesAsFunctions = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string, SendMode, string>> Cases =>
        from suite in ConformanceSuites.All
        from mode in suite.Modes
        where mode == SendMode.Batch || suite is BatchConformance or BatchConditionConformance or BatchAtomicityConformance or TransactionConformance or ConcurrencyConformance
        from test in suite.Tests
        select new TheoryDataRow<string, SendMode, string>(suite.Name, mode, test.Name);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task They_conform(string suite, SendMode mode, string test) => await ConformAsync(await stores.OnAsync(fixture.Server), suite, mode, test);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task They_conform_in_a_cluster(string suite, SendMode mode, string test) => await ConformAsync(await stores.OnClusterAsync(), suite, mode, test);

    [Fact]
    public async Task A_batch_is_one_call_and_loads_the_functions_only_when_the_server_lacks_them()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        await using var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation);
        await using var truth = await server.ConnectAsync(cancellationToken: Cancellation);
        await using var proxy = RoundTripProxy.Start(server.Endpoints[0]);
        await using var store = await RedisKeyValueStore.ConnectAsync(proxy.ConnectionString, AsFunctions, Cancellation);
        async Task CommitAsync()
        {
            var batch = new AtomicBatch().When(BatchCondition.Absent("{a}none"));
            batch.Add(Strings.Increment("{a}n"));
            Assert.Equal(CommitStatus.Committed, (await store.CommitAsync(batch, Cancellation)).Status);
        }

        var first = await proxy.CountAsync(CommitAsync);
        var second = await proxy.CountAsync(CommitAsync);
        await truth.TextAsync("FUNCTION", "FLUSH");
        var third = await proxy.CountAsync(CommitAsync);

        Assert.Equal(["FCALL", "FUNCTION LIST", "FUNCTION LOAD", "FCALL"], first.Names);
        Assert.Equal(["FCALL"], second.Names);
        Assert.Equal(first.Names, third.Names);
        Assert.Equal("3", await truth.TextAsync("GET", "{a}n"));
    }

    /// <summary>When this fails, raise the version of the library of the batch script, and then change both here.</summary>
    [Fact]
    public async Task The_version_of_the_functions_belongs_to_their_code()
    {
        await using var store = await fixture.ConnectAsync(options: AsFunctions);
        var batch = new AtomicBatch();
        batch.Add(Strings.Get(RedisFixture.NewTag()));
        await store.CommitAsync(batch, Cancellation);

        var copy = Assert.Single((await store.ListFunctionsAsync(Cancellation)).Single(library => library.Name == "redispatterns").Copies);

        Assert.Equal(["redispatterns_batch", "redispatterns_batch_deletes", "redispatterns_batch_reads", "redispatterns_version"], copy.Functions);
        Assert.Equal((1, "16c56a58cae2a5ff7ca7800aa2d64fa0c92751cf"), (copy.Version, copy.Digest));
    }

    private static async Task ConformAsync(IKeyValueStore store, string suite, SendMode mode, string test)
    {
        var subject = ConformanceSuites.All.Single(s => s.Name == suite).Tests.Single(t => t.Name == test);
        var outcome = await subject.RunAsync(new Fixture(store), mode, Cancellation);
        Assert.SkipWhen(outcome.IsSkipped, outcome.SkipReason ?? "");
    }

    private sealed class Fixture(IKeyValueStore store) : IStoreFixture
    {
        public string Name => "Batches as functions";

        public ValueTask<StoreLease> RentAsync(CancellationToken cancellationToken = default) => new(new StoreLease(store));
    }

    /// <summary>The stores of the tests of this class, connected when the first one needs them.</summary>
    public sealed class Stores : IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private Task<RedisKeyValueStore>? _store;
        private Task<RedisKeyValueStore>? _clusterStore;
        private TestServer? _cluster;

        public Task<RedisKeyValueStore> OnAsync(TestServer server)
        {
            lock (_gate) return _store ??= RedisKeyValueStore.ConnectAsync(server.ConnectionString, AsFunctions);
        }

        public Task<RedisKeyValueStore> OnClusterAsync()
        {
            Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
            lock (_gate) return _clusterStore ??= StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (_store is { IsCompletedSuccessfully: true }) await (await _store).DisposeAsync();
            if (_clusterStore is { IsCompletedSuccessfully: true }) await (await _clusterStore).DisposeAsync();
            if (_cluster is not null) await _cluster.DisposeAsync();
        }

        private async Task<RedisKeyValueStore> StartAsync()
        {
            _cluster = await TestServer.StartRedisClusterAsync();
            return await RedisKeyValueStore.ConnectAsync(_cluster.ConnectionString, AsFunctions);
        }
    }
}
