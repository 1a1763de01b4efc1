using System.Net.Sockets;
using System.Text;

namespace RedisPatterns.TestServers.Tests;

public sealed class RoundTripProxyTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private RoundTripProxy _proxy = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartDefaultAsync(cancellationToken: Cancellation);
        _proxy = RoundTripProxy.Start(_server.Endpoints[0]);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Commands_one_after_another_are_a_round_trip_each()
    {
        await using var client = await RespClient.ConnectAsync(_proxy.Endpoint, Cancellation);
        var traffic = await _proxy.CountAsync(async () =>
        {
            await client.SendAsync("SET", "rt:k", "v");
            await client.SendAsync("PING");
            await client.SendAsync("script", "exists", "0000000000000000000000000000000000000000");
        });
        Assert.Equal(["SET", "SCRIPT EXISTS"], traffic.Names);
        Assert.Equal(2, traffic.RoundTrips);
    }

    [Fact]
    public async Task Commands_sent_together_are_one_round_trip_however_they_are_cut()
    {
        var requests = string.Concat(Enumerable.Range(0, 100).Select(i => $"*3\r\n$3\r\nSET\r\n$5\r\nrt:{i:00}\r\n$2\r\nv\n\r\n"));
        await using var proxy = RoundTripProxy.Start(_server.Endpoints[0], TimeSpan.FromMilliseconds(500));
        using var client = await ConnectRawAsync(proxy);

        var traffic = await proxy.CountAsync(async () =>
        {
            foreach (var piece in requests.Chunk(37)) await client.SendAsync(Encoding.ASCII.GetBytes(piece));
            Assert.Equal(string.Concat(Enumerable.Repeat("+OK\r\n", 100)), await ReceiveAsync(client, 500));
        });

        Assert.Equal(Enumerable.Repeat("SET", 100), traffic.Names);
        Assert.Equal(1, traffic.RoundTrips);
        Assert.Equal(requests.Length, traffic.Bytes);
    }

    [Fact]
    public async Task Commands_expected_together_are_one_round_trip_however_slowly_they_come()
    {
        await using var proxy = RoundTripProxy.Start(_server.Endpoints[0], TimeSpan.Zero);
        using var client = await ConnectRawAsync(proxy);

        var traffic = await proxy.CountTogetherAsync(3, async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await client.SendAsync("*2\r\n$3\r\nGET\r\n$6\r\nrt:out\r\n"u8.ToArray());
                while (proxy.Since(0).Commands.Count == i) await Task.Yield();
            }

            Assert.Equal("$-1\r\n$-1\r\n$-1\r\n", await ReceiveAsync(client, 15));
        });

        Assert.Equal(["GET", "GET", "GET"], traffic.Names);
        Assert.Equal(1, traffic.RoundTrips);
    }

    [Fact]
    public async Task Large_values_pass_unharmed_in_both_directions()
    {
        var value = new byte[5_000_000];
        Random.Shared.NextBytes(value);
        await using var client = await RespClient.ConnectAsync(_proxy.Endpoint, Cancellation);
        var traffic = await _proxy.CountAsync(async () =>
        {
            await client.SendAsync(["SET"u8.ToArray(), "rt:large"u8.ToArray(), value], Cancellation);
            Assert.Equal(value, (await client.SendAsync("GET", "rt:large")).Bytes.ToArray());
        });
        Assert.Equal(["SET", "GET"], traffic.Names);
        Assert.Equal(2, traffic.RoundTrips);
    }

    [Fact]
    public async Task Inline_commands_are_seen_and_heartbeats_left_out()
    {
        using var client = await ConnectRawAsync(_proxy);
        var traffic = await _proxy.CountAsync(async () =>
        {
            await client.SendAsync("PING\r\n"u8.ToArray());
            Assert.Equal("+PONG\r\n", await ReceiveAsync(client, 7));
        });
        Assert.Empty(traffic.Names);
    }

    [Theory]
    [InlineData(CutMoment.BeforeSend, null)]
    [InlineData(CutMoment.AfterEffect, "v")]
    public async Task A_cut_decides_whether_the_server_sees_the_command(CutMoment moment, string? expected)
    {
        await using var truth = await _server.ConnectAsync(cancellationToken: Cancellation);
        await truth.SendAsync("DEL", "rt:cut");
        await using var client = await RespClient.ConnectAsync(_proxy.Endpoint, Cancellation);
        await client.SendAsync("GET", "rt:cut");

        _proxy.CutAt("SET", moment);
        await Assert.ThrowsAnyAsync<IOException>(() => client.SendAsync("SET", "rt:cut", "v"));

        Assert.Equal(expected, await truth.TextAsync("GET", "rt:cut"));
        await using var next = await RespClient.ConnectAsync(_proxy.Endpoint, Cancellation);
        Assert.Equal("OK", await next.TextAsync("SET", "rt:cut", "v"));
    }

    [Fact]
    public async Task A_refusing_proxy_looks_like_a_server_that_is_down()
    {
        await using var client = await RespClient.ConnectAsync(_proxy.Endpoint, Cancellation);
        await client.SendAsync("PING");
        _proxy.RefuseConnections = true;
        _proxy.Cut();
        await Assert.ThrowsAnyAsync<IOException>(() => client.SendAsync("PING"));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var other = await RespClient.ConnectAsync(_proxy.Endpoint, Cancellation);
            await other.SendAsync("PING");
        });
    }

    private static async Task<Socket> ConnectRawAsync(RoundTripProxy proxy)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(proxy.Endpoint, Cancellation);
        return socket;
    }

    private static async Task<string> ReceiveAsync(Socket socket, int length)
    {
        var buffer = new byte[length];
        for (var at = 0; at < length;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(at), Cancellation);
            Assert.NotEqual(0, read);
            at += read;
        }

        return Encoding.ASCII.GetString(buffer);
    }
}
