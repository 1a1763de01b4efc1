using System.Text.Json;
using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.TestServers;

namespace RedisPatterns.Benchmarks;

/// <summary>Measures ours against StackExchange.Redis by hand, on one server, in turns.</summary>
internal static class CompareCommand
{
    private const int TripsCounted = 10;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        await using var session = await ServerSession.StartAsync(options.Address);
        return await RunAsync(session, options);
    }

    public static async Task<int> RunAsync(ServerSession session, BenchmarkOptions options)
    {
        await using var clients = await Clients.ConnectAsync(session.Address);
        await using var proxy = RoundTripProxy.Start(session.Endpoint);
        await using var counted = await Clients.ConnectAsync(proxy.ConnectionString);
        var world = new World(options.Users);
        Console.WriteLine($"Loading {options.Users:N0} users on both sides ...");
        await SingleCommandCells.LoadAsync(clients);
        await world.LoadAsync(clients);

        // The first use of a script sends its text, and the first write of a repository registers its indexes.
        await counted.Repository.InsertAsync(world.ToInsert[0]);
        await counted.Repository.UpdateAsync(await counted.Repository.InsertAsync(world.ToInsert[1]));
        await counted.Repository.DeleteAsync(world.ToInsert[0].Id);
        await counted.Repository.DeleteAsync(world.ToInsert[1].Id);

        var runner = new CellRunner(session.Meter, options);
        Cell[] cells = [.. SingleCommandCells.Create(clients), .. EntityCells.Create(clients, world)];
        Cell[] countedCells = [.. SingleCommandCells.Create(counted), .. EntityCells.Create(counted, world)];
        var rows = new List<Row>();
        ResultTable.PrintHeader();
        foreach (var (cell, countedCell) in cells.Zip(countedCells).Where(pair => options.Wants(pair.First.Name)))
        {
            var found = await runner.RunAsync(cell, async variant =>
            {
                var same = countedCell.Variants[Array.IndexOf(cell.Variants, variant)];
                var traffic = await proxy.CountAsync(() => runner.MeasureAsync(countedCell, same with { Cleanup = null }, 1, TimeSpan.FromMinutes(1), TripsCounted));
                if (same.Cleanup is not null) await same.Cleanup(0, TripsCounted);
                return (double)traffic.RoundTrips / TripsCounted;
            });
            found.ForEach(ResultTable.Print);
            rows.AddRange(found);
        }

        if (options.Json is not null)
        {
            await File.WriteAllTextAsync(options.Json, JsonSerializer.Serialize(rows, RowJson.Default.ListRow) + "\n");
        }

        var wrong = await world.VerifyAsync(clients);
        Console.WriteLine(wrong.Count == 0 ? "Verified: every user as written, no drift, counts right." : "WRONG: " + string.Join("; ", wrong));
        if (options.JudgesBars)
        {
            var missed = rows.Where(row => row.MeetsBar == false).ToList();
            Console.WriteLine(missed.Count == 0
                ? "Every bar of this run is met."
                : $"Below a bar: {string.Join("; ", missed.Select(row => $"{row.Name} at {row.Concurrency}"))}.");
        }

        return wrong.Count == 0 ? 0 : 1;
    }
}
