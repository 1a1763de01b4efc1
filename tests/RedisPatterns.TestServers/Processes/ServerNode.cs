using System.Net;
using System.Net.Sockets;

namespace RedisPatterns.TestServers;

/// <summary>One server process with its port and its folder; it can be ended and started again where it was.</summary>
internal sealed class ServerNode(
    string program, Func<int, IEnumerable<string>> arguments, TimeSpan readyTimeout) : IAsyncDisposable
{
    private const int LinesOfFailure = 20;
    private readonly string _folder = Directory.CreateTempSubdirectory("redispatterns-").FullName;
    private ServerProcess? _process;

    public IPEndPoint Endpoint { get; private set; } = new(IPAddress.Loopback, 0);

    /// <summary>The server's id, or null when it does not run.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>Starts the server; the first time on a port that nobody else got hold of meanwhile.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_process is not null) return;
        if (Endpoint.Port != 0)
        {
            await StartHereAsync(cancellationToken);
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            Endpoint.Port = FreePort.Next();
            try
            {
                await StartHereAsync(cancellationToken);
                return;
            }
            catch (TestServerUnavailableException) when (attempt < 3)
            {
                // Somebody else may have taken the port between our look and the server's start.
            }
        }
    }

    public async Task EndAsync(bool politely)
    {
        if (Interlocked.Exchange(ref _process, null) is { } process) await process.EndAsync(politely);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(politely: false);
        try
        {
            await TellFailuresAsync();
            Directory.Delete(_folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The guardian was quicker.
        }
    }

    // A server that drops a connection says why in its log alone, and the log goes with the folder.
    private async Task TellFailuresAsync()
    {
        var log = Path.Combine(_folder, "server.log");
        if (!File.Exists(log)) return;
        var lines = await File.ReadAllLinesAsync(log);
        var first = Array.FindIndex(lines, line => line.Contains("exception", StringComparison.OrdinalIgnoreCase));
        if (first < 0) return;
        var told = lines.Skip(Math.Max(0, first - 2)).Take(LinesOfFailure);
        await Console.Error.WriteLineAsync($"{Path.GetFileName(program)} had failures, the first of them:\n{string.Join('\n', told)}");
    }

    private async Task StartHereAsync(CancellationToken cancellationToken)
    {
        _process = await ServerProcess.StartAsync(_folder, program, arguments(Endpoint.Port));
        try
        {
            await Poll.UntilAsync(() => IsOursAsync(cancellationToken), readyTimeout, "a PONG", cancellationToken);
        }
        catch (Exception e)
        {
            await EndAsync(politely: false);
            if (e is not TimeoutException) throw;
            var log = await File.ReadAllTextAsync(Path.Combine(_folder, "server.log"), CancellationToken.None);
            throw new TestServerUnavailableException($"{Path.GetFileName(program)} did not come up. Its log:\n{log}", e);
        }
    }

    private async Task<bool> IsOursAsync(CancellationToken cancellationToken)
    {
        if (!_process!.IsRunning)
            throw new TimeoutException("The server ended at once.");
        try
        {
            await using var client = await RespClient.ConnectAsync(Endpoint, cancellationToken);
            if ((await client.SendAsync("PING")).Text != "PONG") return false;

            // Redis tells its process id; whoever does not is asked no further.
            var info = await client.InfoAsync("server");
            return !info.TryGetValue("process_id", out var id) || id == $"{ProcessId}";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
