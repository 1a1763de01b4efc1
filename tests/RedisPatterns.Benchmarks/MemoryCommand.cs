using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks;

/// <summary>Measures how much memory of the server a user takes.</summary>
internal static class MemoryCommand
{
    private const double Bar = 1_150;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        await using var session = await ServerSession.StartAsync(options.Address);
        await RunAsync(session, options);
        return 0;
    }

    /// <summary>Prints the table; gives the bytes that one of our users takes.</summary>
    public static async Task<double> RunAsync(ServerSession session, BenchmarkOptions options)
    {
        await using var clients = await Clients.ConnectAsync(session.Address);
        var users = Enumerable.Range(0, options.Users).Select(number => Users.Make(number)).ToArray();
        var database = clients.Database;

        async Task<double> MeasureAsync(Func<User, Task> write)
        {
            await session.Meter.FlushAsync();
            var before = await session.Meter.UsedMemoryAsync();
            await World.AllAsync(users.Length, i => write(users[i]));
            return (double)(await session.Meter.UsedMemoryAsync() - before) / users.Length;
        }

        var raw = await MeasureAsync(user => database.StringSetAsync(HandWrittenUsers.Document(user), HandWrittenUsers.Serialize(user with { Version = 1 })));
        var packed = await MeasureAsync(clients.HandWritten.InsertAsync);
        var hash = await MeasureAsync(clients.HandWritten.InsertWithHashMemoAsync);
        var ours = await MeasureAsync(user => clients.Repository.InsertAsync(user).AsTask());
        var json = users.Average(user => HandWrittenUsers.Serialize(user with { Version = 1 }).Length);
        Console.WriteLine(FormattableString.Invariant($"Memory of the server for each of {users.Length:N0} users, whose JSON takes {json:F0} bytes:"));
        Console.WriteLine("| what | bytes a user |\n|---|--:|");
        Console.WriteLine(FormattableString.Invariant($"| raw JSON strings | {raw:N0} |"));
        Console.WriteLine(FormattableString.Invariant($"| hand-written indexes, memo as a string | {packed:N0} |"));
        Console.WriteLine(FormattableString.Invariant($"| hand-written indexes, memo as a hash | {hash:N0} |"));
        Console.WriteLine(FormattableString.Invariant($"| ours | {ours:N0} |"));
        Console.WriteLine(FormattableString.Invariant($"Bar: at most {Bar:N0}: {(ours <= Bar ? "met" : "MISSED")}."));
        return ours;
    }
}
