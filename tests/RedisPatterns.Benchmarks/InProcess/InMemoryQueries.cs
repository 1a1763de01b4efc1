using System.Diagnostics;
using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.InMemory;

namespace RedisPatterns.Benchmarks.InProcess;

/// <summary>Measures the queries in the in-memory store, on one thread; there is nothing to compare them with.</summary>
internal static class InMemoryQueries
{
    /// <summary>Prints the table; gives what was answered wrong.</summary>
    public static async Task<List<string>> RunAsync(User[] users, BenchmarkOptions options)
    {
        await using var store = new InMemoryKeyValueStore();
        var repository = store.Keyspace("ours").Repository<User, UserModel>(new UserModel());
        await repository.InsertManyAsync(users);
        var (ours, right) = (new OurQueries(repository, users), new UserAnswers(users));
        Cell[] cells = [.. QueryCells.Create(ours, null, right), .. QueryCells.CreateWhole(ours, right)];
        var wrong = await QueriesCommand.WrongAsync(cells);

        Console.WriteLine("\n| in memory, one thread | ops/s | us/op | B/op |");
        Console.WriteLine("|---|--:|--:|--:|");
        foreach (var cell in cells.Where(cell => options.Wants(cell.Name)))
        {
            var (rate, allocated) = await MeasureAsync(cell.Variants[0], options);
            Console.WriteLine(FormattableString.Invariant($"| {cell.Name} | {rate:N0} | {1e6 / rate:N1} | {allocated:N0} |"));
        }

        return wrong.ConvertAll(answer => "in memory, " + answer);
    }

    private static async Task<(double Rate, double Allocated)> MeasureAsync(Variant variant, BenchmarkOptions options)
    {
        var rates = new List<double>();
        var allocated = 0.0;
        for (var round = -1; round < options.Rounds; round++)
        {
            GC.Collect();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            var loop = new Loop(0, long.MaxValue, options.Seconds, workers: 1);
            await variant.Work(loop, 0);
            if (round >= 0) rates.Add(loop.Count / Stopwatch.GetElapsedTime(start).TotalSeconds);
            allocated = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / loop.Count;
        }

        return (Sample.Median(rates), allocated);
    }
}
