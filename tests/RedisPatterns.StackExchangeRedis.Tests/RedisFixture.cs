using RedisPatterns.StackExchangeRedis.Tests;
using RedisPatterns.TestServers;

[assembly: AssemblyFixture(typeof(RedisFixture))]

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>One server for all tests that leave it as it is; tests keep apart by the hash tags of their keys.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private static int _tags;
    private TestServer? _server;
    private RespClient? _truth;

    /// <summary>The server; without one on this machine the test is skipped.</summary>
    public TestServer Server => _server ?? Skip<TestServer>();

    /// <summary>A connection of its own, to see what the server really holds.</summary>
    public RespClient Truth => _truth ?? Skip<RespClient>();

    /// <summary>A hash tag that no other test has.</summary>
    public static string NewTag() => $"{{t{Interlocked.Increment(ref _tags)}}}";

    public async ValueTask InitializeAsync()
    {
        if (TestServer.IsRedisInstalled)
        {
            _server = await TestServer.StartRedisAsync();
            _truth = await _server.ConnectAsync();
        }
    }

    public Task<RedisKeyValueStore> ConnectAsync(string more = "", RedisKeyValueStoreOptions? options = null) =>
        RedisKeyValueStore.ConnectAsync(Server.ConnectionString + more, options, TestContext.Current.CancellationToken);

    /// <summary>Everything under a tag: names, contents and moments of expiry, as text.</summary>
    public async Task<string> SnapshotAsync(string tag)
    {
        var keys = (await Truth.ListAsync("KEYS", tag + "*")).Order(StringComparer.Ordinal);
        var lines = new List<string>();
        foreach (var key in keys)
        {
            var dump = await Truth.SendAsync("DUMP", key!);
            lines.Add($"{key} {Convert.ToHexString(dump.Bytes.Span)} {await Truth.IntegerAsync("PEXPIRETIME", key!)}");
        }

        return string.Join('\n', lines);
    }

    public async ValueTask DisposeAsync()
    {
        if (_truth is not null) await _truth.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    private static T Skip<T>()
    {
        Assert.Skip("redis-server is not installed");
        return default;
    }
}
