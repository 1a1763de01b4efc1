using System.Text.Json;
using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.TestServers;

namespace RedisPatterns.Benchmarks;

/// <summary>Measures time series against a sorted set by hand, in turns, on one server: memory, questions, and adding.</summary>
internal static class SeriesCommand
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
        if (options.Wants("memory"))
        {
            await SeriesMemory.PrintAsync(session.Meter, clients, options);
        }

        var samples = new SeriesSamples(SeriesShapes.Walk, options.Points);
        var runner = new CellRunner(session.Meter, options);
        var rows = new List<Row>();
        var trips = new Dictionary<(string Cell, string Variant), double>();
        async Task<double> TripsAsync(Cell cell, Variant variant)
        {
            // The first use of a script sends its text.
            await runner.MeasureAsync(cell, variant, 1, TimeSpan.FromMinutes(1), 1);
            var traffic = await proxy.CountAsync(() => runner.MeasureAsync(cell, variant, 1, TimeSpan.FromMinutes(1), TripsCounted));
            return (double)traffic.RoundTrips / TripsCounted;
        }

        async Task MeasureAsync(Cell cell, Cell countedCell, int scale)
        {
            // They do not depend on how many are in flight.
            var found = await runner.RunAsync(cell, async variant => trips.TryGetValue((cell.Name, variant.Name), out var known) ? known
                : trips[(cell.Name, variant.Name)] = await TripsAsync(countedCell, countedCell.Variants[Array.IndexOf(cell.Variants, variant)]));
            found.ForEach(row => SeriesTable.Print(row, scale, options.JudgesBars));
            rows.AddRange(found);
        }

        Cell[] AskedBy(Clients side) => [.. SeriesCells.Create(new SeriesSides(side, "asked"), samples).Where(cell => IsWanted(cell.Name, cell.InFlight, options))];
        if (AskedBy(clients) is { Length: > 0 } asked)
        {
            await session.Meter.FlushAsync();
            Console.WriteLine($"Loading {SeriesSamples.SeriesCount} series of {samples.Points:N0} samples in each way ...");
            await new SeriesSides(clients, "asked").LoadAsync(samples);
            await ThrowIfWrongAsync(asked);
            SeriesTable.PrintHeader("ops/s");
            foreach (var (cell, countedCell) in asked.Zip(AskedBy(counted)))
            {
                await MeasureAsync(cell, countedCell, 1);
            }
        }

        if (SeriesAdding.Create().Where(adding => IsWanted(adding.Name, adding.InFlight, options)).ToArray() is { Length: > 0 } addings)
        {
            SeriesTable.PrintHeader("samples/s");
            foreach (var (adding, place) in addings.Select((adding, place) => (adding, place)))
            {
                await session.Meter.FlushAsync();
                var (sides, countedSides) = (new SeriesSides(clients, $"added{place}"), new SeriesSides(counted, $"counted{place}"));
                await sides.DeclareAsync();
                await countedSides.DeclareAsync();
                var cell = adding.CellOf(sides, samples);
                await MeasureAsync(cell, adding.CellOf(countedSides, samples), adding.SamplesAnOperation);
                await adding.VerifyAsync(samples);
            }
        }

        if (options.Json is not null)
        {
            await File.WriteAllTextAsync(options.Json, JsonSerializer.Serialize(rows, RowJson.Default.ListRow) + "\n");
        }

        Console.WriteLine("Verified: every way answered right, and what was added is there.");
        return 0;
    }

    private static bool IsWanted(string name, int? inFlight, BenchmarkOptions options) =>
        options.Wants(name) && (!options.ChoosesConcurrencies || options.Concurrencies.Contains(inFlight ?? 1));

    private static async Task ThrowIfWrongAsync(Cell[] cells)
    {
        if (await QueriesCommand.WrongAsync(cells) is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException(string.Join("; ", wrong));
        }
    }
}
