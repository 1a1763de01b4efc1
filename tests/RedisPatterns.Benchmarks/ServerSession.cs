using System.Net;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.TestServers;

namespace RedisPatterns.Benchmarks;

/// <summary>The server that is measured on: an own one, or one at an address, whose data is then deleted.</summary>
internal sealed class ServerSession : IAsyncDisposable
{
    private readonly TestServer? _server;

    private ServerSession(TestServer? server, string address, EndPoint endpoint, ServerMeter meter)
    {
        _server = server;
        Address = address;
        Endpoint = endpoint;
        Meter = meter;
    }

    public string Address { get; }

    public EndPoint Endpoint { get; }

    public ServerMeter Meter { get; }

    public static async Task<ServerSession> StartAsync(string? address)
    {
        if (address is not null)
        {
            var endpoint = IPEndPoint.Parse(address);
            return new ServerSession(null, address, endpoint, new ServerMeter(await RespClient.ConnectAsync(endpoint)));
        }

        var server = await TestServer.StartRedisAsync();
        return new ServerSession(server, server.ConnectionString, server.Endpoints[0], new ServerMeter(await server.ConnectAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await Meter.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}
