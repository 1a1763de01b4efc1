using Checkout.Tests;
using RedisPatterns;
using RedisPatterns.InMemory;
using RedisPatterns.StackExchangeRedis;
using RedisPatterns.TestServers;

[assembly: AssemblyFixture(typeof(Stores))]

namespace Checkout.Tests;

/// <summary>The servers of this assembly, each started when the first test needs it, or skipped, by name, where it can not be had.</summary>
public sealed class Stores : IAsyncDisposable
{
    private static int _names;

    private readonly Dictionary<StoreKind, Lazy<Task<TestServer>>> _servers = new()
    {
        [StoreKind.Redis] = new(() => TestServer.StartDefaultAsync()),
        [StoreKind.Cluster] = new(() => TestServer.StartRedisClusterAsync()),
        [StoreKind.Garnet] = new(() => TestServer.StartGarnetAsync()),
    };

    public static TheoryData<StoreKind> All => [.. Enum.GetValues<StoreKind>()];

    /// <summary>A name that no other keyspace has.</summary>
    public static string NewName() => $"checkout-{Guid.NewGuid():N}-{Interlocked.Increment(ref _names)}";

    /// <summary>A store with a connection of its own; in memory a store of its own.</summary>
    /// <param name="kind">Where.</param>
    /// <param name="time">The clock of a store in memory; the system's when null.</param>
    public async Task<IKeyValueStore> OpenAsync(StoreKind kind, TimeProvider? time = null)
    {
        if (kind == StoreKind.Memory) return new InMemoryKeyValueStore(time);
        return await RedisKeyValueStore.ConnectAsync((await ServerAsync(kind)).ConnectionString, cancellationToken: TestContext.Current.CancellationToken);
    }

    /// <summary>The server itself.</summary>
    public async Task<TestServer> ServerAsync(StoreKind kind)
    {
        try
        {
            return await _servers[kind].Value;
        }
        catch (TestServerUnavailableException exception)
        {
            Assert.Skip(exception.Message);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            if (server.IsValueCreated && server.Value.IsCompletedSuccessfully) await (await server.Value).DisposeAsync();
        }
    }
}
