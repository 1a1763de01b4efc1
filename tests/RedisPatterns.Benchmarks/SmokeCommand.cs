using RedisPatterns.Benchmarks.InProcess;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.TestServers;

namespace RedisPatterns.Benchmarks;

/// <summary>Everything once, tiny: shows that the benchmarks work, not how fast anything is.</summary>
internal static class SmokeCommand
{
    public static async Task<int> RunAsync()
    {
        var options = new BenchmarkOptions
        {
            Rounds = 1,
            Seconds = TimeSpan.FromSeconds(0.05),
            WarmUp = TimeSpan.FromSeconds(0.02),
            Users = 1_000,
            Points = 50,
            JudgesBars = false,
            Concurrencies = [1, 50],
        };
        var code = await InMemoryCommand.RunAsync(options);
        if (!TestServer.IsRedisInstalled)
        {
            Console.WriteLine("SKIPPED: compare, queries, indexes, layouts, atomic, series and memory; there is no redis-server on the PATH.");
            return code;
        }

        await using var session = await ServerSession.StartAsync(null);
        var perUser = await MemoryCommand.RunAsync(session, options);
        await session.Meter.FlushAsync();
        code |= await CompareCommand.RunAsync(session, options);
        await session.Meter.FlushAsync();
        code |= await QueriesCommand.RunAsync(session, options);
        await session.Meter.FlushAsync();
        code |= await IndexesCommand.RunAsync(session, options);
        await session.Meter.FlushAsync();
        code |= await LayoutsCommand.RunAsync(session, options);
        await session.Meter.FlushAsync();
        code |= await AtomicCommand.RunAsync(session, options);
        await session.Meter.FlushAsync();
        code |= await SeriesCommand.RunAsync(session, options);
        Console.WriteLine("So short a run says nothing about speed.");
        return perUser > 0 ? code : 1;
    }
}
