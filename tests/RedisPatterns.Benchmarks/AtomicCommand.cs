using System.Text.Json;
using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.TestServers;

namespace RedisPatterns.Benchmarks;

/// <summary>Measures what changes several keys at once against the same by hand, in turns, on one server.</summary>
internal static class AtomicCommand
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
        await AtomicCells.LoadAsync(clients);
        var runner = new CellRunner(session.Meter, options);
        var rows = new List<Row>();
        QueryTable.PrintHeader();
        foreach (var (cell, countedCell) in (await AtomicCells.CreateAsync(clients)).Zip(await AtomicCells.CreateAsync(counted)).Where(pair => options.Wants(pair.First.Name)))
        {
            var found = await runner.RunAgainstEachAsync(cell, async variant =>
            {
                // The first use of a script sends its text.
                var same = countedCell.Variants[Array.IndexOf(cell.Variants, variant)];
                await runner.MeasureAsync(countedCell, same, 1, TimeSpan.FromMinutes(1), 1);
                var traffic = await proxy.CountAsync(() => runner.MeasureAsync(countedCell, same, 1, TimeSpan.FromMinutes(1), TripsCounted));
                return (double)traffic.RoundTrips / TripsCounted;
            });
            found.ForEach(QueryTable.Print);
            rows.AddRange(found);
        }

        if (options.Json is not null)
        {
            await File.WriteAllTextAsync(options.Json, JsonSerializer.Serialize(rows, RowJson.Default.ListRow) + "\n");
        }

        var isRight = await AtomicCells.SumAsync(clients) == AtomicCells.Total && await TotalCells.AreRightAsync(clients.Store);
        Console.WriteLine(isRight ? "Verified: nothing was lost or made, and totals are what the orders add up to." : "WRONG: the accounts' sum has changed, or a total is not what the orders add up to.");
        return isRight ? 0 : 1;
    }
}
