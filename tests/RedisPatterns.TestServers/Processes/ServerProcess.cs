using System.Diagnostics;
using System.Globalization;

namespace RedisPatterns.TestServers;

/// <summary>
/// A server process that cannot outlive us. A small shell stands between: it starts the server, tells its id, and waits
/// on a pipe from us. An order, or the end of the pipe when this process ends however it ends, makes it end the server.
/// </summary>
internal sealed class ServerProcess
{
    // The server alone holds the pipe to us open, as its descriptor 3, so its end is the end of what we read.
    // The order "stop" asks politely, "kill" does not; with no order we are gone, and so is the need for the folder.
    private const string Guardian = """
        trap : INT TERM HUP
        folder=$1; shift
        cd "$folder" || exit 1
        "$@" 3>&1 >>server.log 2>&1 &
        server=$!
        echo $server
        exec >/dev/null 2>&1
        order=
        read order
        if [ "$order" = stop ]; then kill -TERM $server; else kill -KILL $server; fi 2>/dev/null
        wait $server
        [ -n "$order" ] || rm -rf "$folder"
        """;

    private readonly Process _process;
    private readonly bool _guarded;
    private readonly Task _ended;

    private ServerProcess(Process process, bool guarded, int id)
    {
        _process = process;
        _guarded = guarded;
        _ended = guarded ? process.StandardOutput.ReadToEndAsync() : process.WaitForExitAsync();
        Id = id;
    }

    /// <summary>The id of the server itself, not of the shell.</summary>
    public int Id { get; }

    public bool IsRunning => !_ended.IsCompleted;

    public static async Task<ServerProcess> StartAsync(string folder, string program, IEnumerable<string> arguments)
    {
        var guarded = !OperatingSystem.IsWindows();
        string[] prefix = guarded ? ["-c", Guardian, "guardian", folder, program] : [];
        var start = new ProcessStartInfo(guarded ? "/bin/sh" : program, prefix.Concat(arguments))
        {
            UseShellExecute = false,
            RedirectStandardInput = guarded,
            RedirectStandardOutput = guarded,
            WorkingDirectory = folder,
        };
        var process = Process.Start(start)!;
        if (!guarded) return new ServerProcess(process, guarded, process.Id);

        var id = await process.StandardOutput.ReadLineAsync()
            ?? throw new TestServerUnavailableException($"The shell that starts {program} ended at once.");
        return new ServerProcess(process, guarded, int.Parse(id, CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the server and waits until it is gone.</summary>
    /// <param name="politely">SIGTERM, so that it can write what it keeps; else SIGKILL.</param>
    public async Task EndAsync(bool politely)
    {
        if (!_guarded) _process.Kill(entireProcessTree: true);
        else if (!_process.HasExited) await OrderAsync(politely ? "stop" : "kill");

        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // It does not react to SIGTERM. The guardian has not waited for it yet, so the id is still its own.
            using var server = Process.GetProcessById(Id);
            server.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task OrderAsync(string order)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(order);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The guardian is gone, by a signal from elsewhere, and ended the server before it went.
        }
    }
}
