using System.Globalization;
using System.Net;
using RedisPatterns.TestServers;

namespace RedisPatterns.Benchmarks.Measuring;

/// <summary>Reads from the server's slow log how long single calls of scripts held it.</summary>
internal sealed class HeldMeter(RespClient client) : IAsyncDisposable
{
    private const string Threshold = "slowlog-log-slower-than";
    private const string Length = "slowlog-max-len";
    private const int Capacity = 1_000_000;

    public static async Task<HeldMeter> ConnectAsync(EndPoint endpoint) => new(await RespClient.ConnectAsync(endpoint));

    /// <summary>Runs a variant twice, one operation in flight; null when it calls no script.</summary>
    /// <remarks>
    /// The commands that scripts call go to the slow log as well and would make the scripts slower. So a first run finds the mean,
    /// and the second logs only what takes a quarter of it or more: the calls of scripts, without most of what they call.
    /// </remarks>
    public async Task<HeldTime?> MeasureAsync(Variant variant, TimeSpan duration)
    {
        var before = await CallsAsync();
        var operations = await RunAsync(variant, duration);
        var after = await CallsAsync();
        var calls = after.Count - before.Count;
        if (calls == 0) return null;
        var mean = (double)(after.Microseconds - before.Microseconds) / calls;

        string?[] settings = [.. await client.ListAsync("CONFIG", "GET", Threshold), .. await client.ListAsync("CONFIG", "GET", Length)];
        before = after;
        try
        {
            await client.TextAsync("CONFIG", "SET", Length, Text(Capacity));
            await client.TextAsync("CONFIG", "SET", Threshold, Text((long)(mean / 4)));
            await client.TextAsync("SLOWLOG", "RESET");
            await RunAsync(variant, duration);
        }
        finally
        {
            await client.TextAsync("CONFIG", "SET", Threshold, settings[1]!);
        }

        var logged = await LoggedAsync();
        var count = (await CallsAsync()).Count - before.Count;
        await client.TextAsync("CONFIG", "SET", Length, settings[3]!);
        await client.TextAsync("SLOWLOG", "RESET");
        return new HeldTime((double)calls / operations, mean, logged[(int)Math.Min(count / 100, logged.Length - 1)], logged[0]);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static async Task<long> RunAsync(Variant variant, TimeSpan duration)
    {
        var loop = new Loop(0, long.MaxValue, duration, workers: 1);
        await variant.Work(loop, 0);
        return loop.Count;
    }

    // The microseconds of the calls that were logged, the longest first.
    private async Task<long[]> LoggedAsync()
    {
        var entries = (await client.SendAsync("SLOWLOG", "GET", Text(Capacity))).Items;
        return [.. entries.Where(entry => IsScript(entry.Items[3].Items[0].Text!)).Select(entry => entry.Items[2].Integer).OrderDescending()];
    }

    private async Task<(long Count, long Microseconds)> CallsAsync()
    {
        var (count, microseconds) = (0L, 0L);
        foreach (var (_, text) in (await client.InfoAsync("commandstats")).Where(pair => IsScript(pair.Key["cmdstat_".Length..])))
        {
            var parts = text.Split(',');
            count += long.Parse(parts[0]["calls=".Length..], CultureInfo.InvariantCulture);
            microseconds += long.Parse(parts[1]["usec=".Length..], CultureInfo.InvariantCulture);
        }

        return (count, microseconds);
    }

    private static bool IsScript(string command) =>
        command.Equals("EVALSHA", StringComparison.OrdinalIgnoreCase) || command.Equals("EVALSHA_RO", StringComparison.OrdinalIgnoreCase);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
