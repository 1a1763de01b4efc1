using RedisPatterns.StackExchangeRedis;
using RedisPatterns.Testing.Tests.Conformance;
using RedisPatterns.TestServers;
using StackExchange.Redis;

[assembly: AssemblyFixture(typeof(Servers))]

namespace RedisPatterns.Testing.Tests.Conformance;

/// <summary>The servers of this assembly: each is started when the first test needs it, once, with one store for each way to connect.</summary>
public sealed class Servers : IAsyncDisposable
{
    private readonly Lazy<Task<TestServer>> _redis = new(StartRedisAsync);
    private readonly Lazy<Task<TestServer>> _cluster = new(StartClusterAsync);
    private readonly Lazy<Task<TestServer>> _garnet = new(() => TestServer.StartGarnetAsync());
    private readonly Dictionary<string, Task<RedisKeyValueStore>> _stores = [];
    private readonly Lock _gate = new();

    public Task<RedisKeyValueStore> RedisAsync(RedisProtocol protocol, bool useScripts = true) =>
        StoreAsync($"redis {protocol} {useScripts}", _redis, protocol, useScripts);

    public Task<RedisKeyValueStore> ClusterAsync() => StoreAsync("cluster", _cluster, RedisProtocol.Resp3, useScripts: true);

    public Task<RedisKeyValueStore> GarnetAsync() => StoreAsync("garnet", _garnet, RedisProtocol.Resp3, useScripts: true);

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values)
            if (store.IsCompletedSuccessfully)
                await (await store).DisposeAsync();
        foreach (var server in (Lazy<Task<TestServer>>[])[_redis, _cluster, _garnet])
            if (server.IsValueCreated && server.Value.IsCompletedSuccessfully)
                await (await server.Value).DisposeAsync();
    }

    private static Task<TestServer> StartRedisAsync()
    {
        var isExternal = Environment.GetEnvironmentVariable("REDISPATTERNS_REDIS") is { Length: > 0 };
        Assert.SkipUnless(isExternal || TestServer.IsRedisInstalled, "redis-server is not installed");
        return TestServer.StartDefaultAsync();
    }

    private static Task<TestServer> StartClusterAsync()
    {
        Assert.SkipUnless(TestServer.IsRedisInstalled, "redis-server is not installed");
        return TestServer.StartRedisClusterAsync();
    }

    private Task<RedisKeyValueStore> StoreAsync(string name, Lazy<Task<TestServer>> server, RedisProtocol protocol, bool useScripts)
    {
        lock (_gate)
        {
            if (!_stores.TryGetValue(name, out var store)) _stores.Add(name, store = ConnectAsync(server, protocol, useScripts));
            return store;
        }
    }

    private static async Task<RedisKeyValueStore> ConnectAsync(Lazy<Task<TestServer>> server, RedisProtocol protocol, bool useScripts)
    {
        var configuration = ConfigurationOptions.Parse((await server.Value).ConnectionString);
        configuration.Protocol = protocol;
        return await RedisKeyValueStore.ConnectAsync(configuration, new RedisKeyValueStoreOptions { UseScripts = useScripts });
    }
}
