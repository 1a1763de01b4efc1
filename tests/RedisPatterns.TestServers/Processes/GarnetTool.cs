using System.Diagnostics;
using System.Text.Json;

namespace RedisPatterns.TestServers;

/// <summary>Garnet as a .NET tool, fetched when it is first needed and kept for all runs of this user.</summary>
internal static class GarnetTool
{
    private const string Package = "garnet-server";

    /// <summary>The path of the program, after fetching it where need be.</summary>
    public static async Task<string> LocateAsync(CancellationToken cancellationToken)
    {
        var version = ReadVersion();
        var folder = Path.Combine(CacheFolder(), version);
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? Package + ".exe" : Package);
        if (File.Exists(program)) return program;

        Directory.CreateDirectory(folder);
        await using var turn = await TakeTurnAsync(Path.Combine(folder, ".lock"), cancellationToken);
        if (!File.Exists(program)) await InstallAsync(version, folder, cancellationToken);
        return program;
    }

    private static string CacheFolder()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "RedisPatterns", Package);
    }

    private static string ReadVersion()
    {
        using var manifest = typeof(GarnetTool).Assembly.GetManifestResourceStream("dotnet-tools.json")!;
        using var json = JsonDocument.Parse(manifest);
        return json.RootElement.GetProperty("tools").GetProperty(Package).GetProperty("version").GetString()!;
    }

    /// <summary>One process installs, the others wait for it.</summary>
    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellationToken)
    {
        FileStream? turn = null;
        await Poll.UntilAsync(
            () =>
            {
                try
                {
                    turn = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                }
                catch (IOException)
                {
                    // Another process installs.
                }

                return Task.FromResult(turn is not null);
            },
            TimeSpan.FromMinutes(5), "another process to install Garnet", cancellationToken);
        return turn!;
    }

    private static async Task InstallAsync(string version, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["tool", "install", Package, "--version", version, "--tool-path", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Outside the repository, so that its package rules do not apply to the tool.
            WorkingDirectory = folder,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new TestServerUnavailableException($"Garnet {version} cannot be installed:\n{await output}{await errors}");
    }
}
