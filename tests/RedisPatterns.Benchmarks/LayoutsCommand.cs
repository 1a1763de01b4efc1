using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Benchmarks.Measuring;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks;

/// <summary>Measures the layouts against the same by hand, in turns, and the memory that a user takes in each.</summary>
internal static class LayoutsCommand
{
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        await using var session = await ServerSession.StartAsync(options.Address);
        return await RunAsync(session, options);
    }

    public static async Task<int> RunAsync(ServerSession session, BenchmarkOptions options)
    {
        await using var clients = await Clients.ConnectAsync(session.Address);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(session.Address);
        async Task<LayoutWorld> CreateAsync(int users) =>
            new(clients, await HandWrittenLayouts.CreateAsync(connection), await HandWrittenChunks.CreateAsync(connection), users);
        await PrintMemoryAsync(session, options, await CreateAsync(options.Users));
        await session.Meter.FlushAsync();
        var world = await CreateAsync(Math.Min(options.Users, 20_000));
        await world.LoadAsync();
        var runner = new CellRunner(session.Meter, options);
        ResultTable.PrintHeader();
        foreach (var cell in LayoutCells.Create(world).Where(cell => options.Wants(cell.Name)))
        {
            (await runner.RunAsync(cell, _ => Task.FromResult(double.NaN))).ForEach(ResultTable.Print);
        }

        return 0;
    }

    private static async Task PrintMemoryAsync(ServerSession session, BenchmarkOptions options, LayoutWorld world)
    {
        async Task<double> MeasureAsync(Func<Data.User, Task> write)
        {
            await session.Meter.FlushAsync();
            var before = await session.Meter.UsedMemoryAsync();
            await World.AllAsync(world.Users.Length, i => write(world.Users[i]));
            return (double)(await session.Meter.UsedMemoryAsync() - before) / world.Users.Length;
        }

        Console.WriteLine(FormattableString.Invariant($"Memory of the server for each of {options.Users:N0} users without index and version:"));
        Console.WriteLine("| layout | bytes a user |\n|---|--:|");
        foreach (var (name, write) in new (string, Func<Data.User, Task>)[]
        {
            ("raw JSON string, by hand", world.Hand.InsertDocumentAsync),
            ("document", user => world.Documents.InsertAsync(user).AsTask()),
            ("hash", user => world.Hashes.InsertAsync(user).AsTask()),
            ("attributes", user => world.Attributes.InsertAsync(user).AsTask()),
            ("chunked", user => world.Chunked.InsertAsync(user).AsTask()),
        })
        {
            Console.WriteLine(FormattableString.Invariant($"| {name} | {await MeasureAsync(write):N0} |"));
        }
    }
}
