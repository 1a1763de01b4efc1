using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace RedisPatterns.TestServers.Tests;

public sealed class ServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_redis_server_starts_answers_and_ends()
    {
        RequireRedis();
        int id;
        System.Net.EndPoint endpoint;
        await using (var server = await TestServer.StartRedisAsync(cancellationToken: Cancellation))
        {
            (id, endpoint) = (Assert.Single(server.ProcessIds), server.Endpoints[0]);
            await using var client = await server.ConnectAsync(cancellationToken: Cancellation);
            Assert.Equal("OK", await client.TextAsync("SET", "k", "héllo"));
            Assert.Equal("héllo", await client.TextAsync("GET", "k"));
            Assert.Null(await client.TextAsync("GET", "absent"));
            Assert.Equal(1, await client.IntegerAsync("DBSIZE"));
            Assert.Equal(2, (await client.CommandCallsAsync())["get"]);
            await Assert.ThrowsAsync<RespErrorException>(() => client.TextAsync("LPUSH", "k", "v"));
            Assert.Equal("[1, [2, (nil)], (error) ERR oops]", (await client.SendAsync(
                "EVAL", "return {1, {2, false}, redis.error_reply('ERR oops')}", "0")).ToString());
        }

        await Assert.ThrowsAnyAsync<SocketException>(() => RespClient.ConnectAsync(endpoint, Cancellation));
        Assert.False(IsRunning(id));
    }

    [Fact]
    public async Task A_killed_server_restarts_on_the_same_port_with_what_it_kept()
    {
        RequireRedis();
        var options = new TestServerOptions { Arguments = ["--appendonly", "yes", "--appendfsync", "always"] };
        await using var server = await TestServer.StartRedisAsync(options, Cancellation);
        await using (var client = await server.ConnectAsync(cancellationToken: Cancellation))
            await client.TextAsync("SET", "k", "v");

        await server.KillAsync();
        Assert.Empty(server.ProcessIds);
        await server.RestartAsync(cancellationToken: Cancellation);

        await using var again = await server.ConnectAsync(cancellationToken: Cancellation);
        Assert.Equal("v", await again.TextAsync("GET", "k"));
    }

    [Fact]
    public async Task A_wrong_argument_is_reported_with_the_servers_log()
    {
        RequireRedis();
        var options = new TestServerOptions { Arguments = ["--no-such-option", "1"] };
        var e = await Assert.ThrowsAsync<TestServerUnavailableException>(() => TestServer.StartRedisAsync(options, Cancellation));
        Assert.Contains("no-such-option", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_masters_form_a_cluster_and_survive_a_restart()
    {
        RequireRedis();
        await using var cluster = await TestServer.StartRedisClusterAsync(cancellationToken: Cancellation);
        Assert.Equal(3, cluster.Endpoints.Count);
        await cluster.KillAsync(node: 1);
        await cluster.RestartAsync(node: 1, Cancellation);

        await using var client = await cluster.ConnectAsync(node: 1, Cancellation);
        var info = await client.TextAsync("CLUSTER", "INFO");
        Assert.Contains("cluster_slots_ok:16384", info, StringComparison.Ordinal);
        Assert.Contains("cluster_size:3", info, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Garnet_starts_with_Lua()
    {
        await using var server = await StartGarnetAsync();
        await using var client = await server.ConnectAsync(cancellationToken: Cancellation);
        Assert.Equal("v", await client.TextAsync("EVAL", "redis.call('SET', KEYS[1], ARGV[1]) return redis.call('GET', KEYS[1])", "1", "k", "v"));
    }

    /// <summary>The guardian shell must end the server when nobody is left to order it, as after a crash of the tests.</summary>
    [Fact]
    public async Task A_server_ends_with_the_process_that_started_it()
    {
        RequireRedis();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no guardian shell.");

        // This assembly, run as a program of its own, starts a server and tells its id; see ServerHolder.
        using var holder = Process.Start(new ProcessStartInfo("dotnet", [typeof(ServerTests).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { [ServerHolder.Switch] = "1" },
        })!;
        var id = int.Parse((await holder.StandardOutput.ReadLineAsync(Cancellation))!, CultureInfo.InvariantCulture);
        Assert.True(IsRunning(id));

        holder.Kill();

        await Poll.UntilAsync(() => Task.FromResult(!IsRunning(id)), TimeSpan.FromSeconds(20), "the server to end", Cancellation);
    }

    private static void RequireRedis() =>
        Assert.SkipUnless(TestServer.IsRedisInstalled, "There is no redis-server on the PATH.");

    private static async Task<TestServer> StartGarnetAsync()
    {
        try
        {
            return await TestServer.StartGarnetAsync(cancellationToken: Cancellation);
        }
        catch (TestServerUnavailableException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
