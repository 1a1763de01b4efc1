using System.Globalization;
using RedisPatterns.TestServers;

namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>Reads the server's own counters through a connection of its own.</summary>
internal sealed class ServerMeter(RespClient client) : IAsyncDisposable
{
    public async Task<(double Cpu, long Commands)> ReadAsync()
    {
        var cpu = await client.InfoAsync("cpu");
        var stats = await client.InfoAsync("stats");
        return (Number(cpu["used_cpu_sys"]) + Number(cpu["used_cpu_user"]), long.Parse(stats["total_commands_processed"], CultureInfo.InvariantCulture));
    }

    public async Task<long> UsedMemoryAsync() => long.Parse((await client.InfoAsync("memory"))["used_memory"], CultureInfo.InvariantCulture);

    public Task FlushAsync() => client.TextAsync("FLUSHALL", "SYNC");

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
