using System.Net;

namespace RedisPatterns.TestServers;

/// <summary>A server to test against. Own servers are single-purpose and end with this process, however it ends.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly IReadOnlyList<ServerNode> _nodes;
    private readonly TestServerOptions _options;
    private readonly IAsyncDisposable? _container;

    private TestServer(TestServerKind kind, IReadOnlyList<ServerNode> nodes, TestServerOptions options)
    {
        Kind = kind;
        _nodes = nodes;
        _options = options;
        Endpoints = [.. nodes.Select(node => node.Endpoint)];
        ConnectionString = string.Join(',', Endpoints) + ",allowAdmin=true";
    }

    private TestServer(string connectionString, IAsyncDisposable? container)
    {
        Kind = TestServerKind.External;
        _nodes = [];
        _options = new TestServerOptions();
        _container = container;
        Endpoints = ExternalAddress.Parse(connectionString);
        ConnectionString = connectionString;
    }

    public TestServerKind Kind { get; }

    /// <summary>Where the nodes listen: one, or three of a cluster.</summary>
    public IReadOnlyList<EndPoint> Endpoints { get; }

    /// <summary>In the syntax of StackExchange.Redis; commands for administrators are allowed on own servers.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether it is ours, so that it can be stopped, killed and restarted.</summary>
    public bool IsOwned => Kind != TestServerKind.External;

    /// <summary>The ids of the running processes; empty for a server that is not ours.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _nodes.Select(node => node.ProcessId).OfType<int>()];

    /// <summary>Whether <see cref="StartRedisAsync"/> and <see cref="StartRedisClusterAsync"/> can work here.</summary>
    public static bool IsRedisInstalled => RedisProgram.Find() is not null;

    /// <summary>
    /// The server that tests run against when they need just one: the address in <c>REDISPATTERNS_REDIS</c>;
    /// a container, when built with <c>UseTestcontainers</c>; <c>redis-server</c> on the PATH; Garnet.
    /// </summary>
    public static async Task<TestServer> StartDefaultAsync(
        TestServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (ExternalAddress.FromEnvironment() is { } address) return new TestServer(address, container: null);
#if TESTCONTAINERS
        var container = new Testcontainers.Redis.RedisBuilder().Build();
        await container.StartAsync(cancellationToken);
        return new TestServer(container.GetConnectionString() + ",allowAdmin=true", container);
#else
        return IsRedisInstalled
            ? await StartRedisAsync(options, cancellationToken)
            : await StartGarnetAsync(options, cancellationToken);
#endif
    }

    /// <summary>A <c>redis-server</c> that keeps nothing on disk.</summary>
    /// <exception cref="TestServerUnavailableException">There is none on the PATH, or it does not come up.</exception>
    public static Task<TestServer> StartRedisAsync(
        TestServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TestServerOptions();
        var node = new ServerNode(
            RedisProgram.Require(), port => [.. RedisArguments(port), .. options.Arguments], options.ReadyTimeout);
        return StartAsync(TestServerKind.Redis, [node], options, cancellationToken);
    }

    /// <summary>Three masters without replicas, all slots covered.</summary>
    /// <exception cref="TestServerUnavailableException">There is no <c>redis-server</c> on the PATH, or it does not come up.</exception>
    public static async Task<TestServer> StartRedisClusterAsync(
        TestServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TestServerOptions();
        var program = RedisProgram.Require();
        var nodes = Enumerable.Range(0, 3)
            .Select(_ => new ServerNode(
                program, port => [.. RedisArguments(port), .. ClusterArguments(port), .. options.Arguments], options.ReadyTimeout))
            .ToArray();
        var server = await StartAsync(TestServerKind.RedisCluster, nodes, options, cancellationToken);
        try
        {
            await ClusterFormation.FormAsync(nodes, options.ReadyTimeout, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Garnet with Lua, fetched from NuGet when it is not there yet.</summary>
    /// <exception cref="TestServerUnavailableException">It can be neither found nor fetched, or does not come up.</exception>
    public static async Task<TestServer> StartGarnetAsync(
        TestServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TestServerOptions();
        var program = await GarnetTool.LocateAsync(cancellationToken);
        var node = new ServerNode(program, port => [.. GarnetArguments(port), .. options.Arguments], options.ReadyTimeout);
        return await StartAsync(TestServerKind.Garnet, [node], options, cancellationToken);
    }

    /// <summary>A connection of its own to one node, for looking at what the server really holds and did.</summary>
    public async Task<RespClient> ConnectAsync(int node = 0, CancellationToken cancellationToken = default)
    {
        var client = await RespClient.ConnectAsync(Endpoints[node], cancellationToken);
        if (!IsOwned) await ExternalAddress.AuthenticateAsync(client, ConnectionString);
        return client;
    }

    /// <summary>Ends the server politely (SIGTERM); it writes what its configuration makes it keep.</summary>
    /// <param name="node">Which node of a cluster; all when null.</param>
    public Task StopAsync(int? node = null) => EndAsync(node, politely: true);

    /// <summary>Ends the server at once (SIGKILL), as a crash would.</summary>
    /// <param name="node">Which node of a cluster; all when null.</param>
    public Task KillAsync(int? node = null) => EndAsync(node, politely: false);

    /// <summary>Starts what was stopped or killed, on the same ports, in the same folders. Stops politely first what still runs.</summary>
    /// <param name="node">Which node of a cluster; all when null.</param>
    public async Task RestartAsync(int? node = null, CancellationToken cancellationToken = default)
    {
        await StopAsync(node);
        await Task.WhenAll(Chosen(node).Select(chosen => chosen.StartAsync(cancellationToken)));
        if (Kind == TestServerKind.RedisCluster && ProcessIds.Count == _nodes.Count)
            await ClusterFormation.WaitAsync(_nodes, _options.ReadyTimeout, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        if (_container is not null) await _container.DisposeAsync();
    }

    private static async Task<TestServer> StartAsync(
        TestServerKind kind, IReadOnlyList<ServerNode> nodes, TestServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(nodes.Select(node => node.StartAsync(cancellationToken)));
            return new TestServer(kind, nodes, options);
        }
        catch
        {
            foreach (var node in nodes) await node.DisposeAsync();
            throw;
        }
    }

    private static string[] RedisArguments(int port) =>
        ["--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no", "--daemonize", "no"];

    private static string[] ClusterArguments(int port) =>
        ["--cluster-enabled", "yes", "--cluster-port", $"{ClusterFormation.BusPort(port)}", "--cluster-node-timeout", "3000"];

    private static string[] GarnetArguments(int port) =>
    [
        "--bind", "127.0.0.1", "--port", $"{port}", "--lua", "--lua-transaction-mode", "--commandstats-monitor", "--logger-level", "Warning",
        "--memory", "512m", "--index", "16m",
    ];

    private Task EndAsync(int? node, bool politely) =>
        Task.WhenAll(Chosen(node).Select(chosen => chosen.EndAsync(politely)));

    private IEnumerable<ServerNode> Chosen(int? node)
    {
        if (!IsOwned) throw new NotSupportedException("This server is not ours to stop or start.");
        return node is { } index ? [_nodes[index]] : _nodes;
    }
}
