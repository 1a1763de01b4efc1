using System.Text.Json;
using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.InProcess;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.TestServers;

namespace RedisPatterns.Benchmarks;

/// <summary>Measures queries on users as they were inserted, against the same by hand, in turns; and how long single calls hold the server.</summary>
internal static class QueriesCommand
{
    private const int TripsCounted = 10;
    private const int HeldTimes = 3;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        await using var session = await ServerSession.StartAsync(options.Address);
        await session.Meter.FlushAsync();
        return await RunAsync(session, options);
    }

    public static async Task<int> RunAsync(ServerSession session, BenchmarkOptions options)
    {
        await using var clients = await Clients.ConnectAsync(session.Address);
        await using var proxy = RoundTripProxy.Start(session.Endpoint);
        await using var counted = await Clients.ConnectAsync(proxy.ConnectionString);
        var world = new World(options.Users);
        Console.WriteLine($"Loading {options.Users:N0} users on both sides ...");
        await world.LoadAsync(clients);
        var right = new UserAnswers(world.Ours);
        async Task<Cell[]> CreateAsync(Clients side) =>
            [.. QueryCells.Create(new OurQueries(side.Repository, world.Ours), await HandQueries.CreateAsync(side.Database, world.HandWritten), right)];
        var cells = await CreateAsync(clients);
        Cell[] whole = [.. QueryCells.CreateWhole(new OurQueries(clients.Repository, world.Ours), right)];
        var wrong = await WrongAsync([.. cells, .. whole]);

        var rows = await CompareAsync(new CellRunner(session.Meter, options), cells, await CreateAsync(counted), proxy, options);
        await PrintHeldAsync(session, [.. cells, .. whole], options);
        wrong.AddRange(await InMemoryQueries.RunAsync([.. world.Ours.Select(user => user with { Version = 0 })], options));
        if (options.Json is not null)
        {
            await File.WriteAllTextAsync(options.Json, JsonSerializer.Serialize(rows, RowJson.Default.ListRow) + "\n");
        }

        wrong.AddRange(await world.VerifyAsync(clients));
        Console.WriteLine(wrong.Count == 0 ? "Verified: every way answered the same, every user as written, no drift." : "WRONG: " + string.Join("; ", wrong));
        return wrong.Count == 0 ? 0 : 1;
    }

    /// <summary>Asks every variant once; gives the names of those that answered something else than is right.</summary>
    public static async Task<List<string>> WrongAsync(IEnumerable<Cell> cells)
    {
        var wrong = new List<string>();
        foreach (var cell in cells)
        {
            foreach (var variant in cell.Variants)
            {
                if (variant.Answer is { } answer && await answer() != cell.Expected) wrong.Add($"{cell.Name}: {variant.Name} answered wrong");
            }
        }

        return wrong;
    }

    private static async Task<List<Row>> CompareAsync(CellRunner runner, Cell[] cells, Cell[] countedCells, RoundTripProxy proxy, BenchmarkOptions options)
    {
        // The first use of a script sends its text.
        await WrongAsync(countedCells);
        var rows = new List<Row>();
        QueryTable.PrintHeader();
        foreach (var (cell, countedCell) in cells.Zip(countedCells).Where(pair => options.Wants(pair.First.Name)))
        {
            var found = await runner.RunAgainstEachAsync(cell, async variant =>
            {
                var same = countedCell.Variants[Array.IndexOf(cell.Variants, variant)];
                var traffic = await proxy.CountAsync(() => runner.MeasureAsync(countedCell, same, 1, TimeSpan.FromMinutes(1), TripsCounted));
                return (double)traffic.RoundTrips / TripsCounted;
            });
            found.ForEach(QueryTable.Print);
            rows.AddRange(found);
        }

        return rows;
    }

    private static async Task PrintHeldAsync(ServerSession session, Cell[] cells, BenchmarkOptions options)
    {
        await using var meter = await HeldMeter.ConnectAsync(session.Endpoint);
        Console.WriteLine("\nHow long one call held the server, by its slow log, one in flight:");
        QueryTable.PrintHeldHeader();
        foreach (var cell in cells.Where(cell => options.Wants(cell.Name)))
        {
            foreach (var variant in cell.Variants)
            {
                if (await meter.MeasureAsync(variant, HeldTimes * options.Seconds) is { } held) QueryTable.Print(cell.Name, variant.Name, held);
            }
        }
    }
}
