using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.HandWritten;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>What the cells work on: both sides' users as they are stored, and users to insert.</summary>
internal sealed class World(int count)
{
    private const int Spare = 30_000;
    private const long FirstSpare = 5_000_000;

    /// <summary>Our users as they are stored.</summary>
    public User[] Ours { get; } = [.. Enumerable.Range(0, count).Select(number => Users.Make(number))];

    /// <summary>The hand-written side's users as they are stored.</summary>
    public User[] HandWritten { get; } = [.. Enumerable.Range(0, count).Select(number => Users.Make(number))];

    /// <summary>Users that are not stored: what the insert cells insert, and remove afterwards.</summary>
    public User[] ToInsert { get; } = [.. Enumerable.Range(0, Math.Min(Spare, 12 * count)).Select(number => Users.Make(FirstSpare + number))];

    public async Task LoadAsync(Clients clients)
    {
        await AllAsync(count, async i => Ours[i] = await clients.Repository.InsertAsync(Ours[i]));
        await AllAsync(count, async i => HandWritten[i] = await clients.HandWritten.InsertAsync(HandWritten[i]));
    }

    public IEnumerable<User> Inserted(long from, long to)
    {
        for (var number = from; number < to; number++)
        {
            yield return ToInsert[number % ToInsert.Length];
        }
    }

    /// <summary>Compares what is stored with what was written; gives what is wrong.</summary>
    public async Task<IReadOnlyList<string>> VerifyAsync(Clients clients)
    {
        var wrong = new List<string>();
        var report = await clients.Repository.VerifyAsync();
        if (!report.IsClean) wrong.Add($"ours: {report.Differences.Count} differences, the first {report.Differences[0]}");
        if (report.Entities != count) wrong.Add($"ours: {report.Entities} users instead of {count}");
        for (var i = 0; i < count; i += Math.Max(1, count / 500))
        {
            if (await clients.Repository.GetAsync(Ours[i].Id) != Ours[i]) wrong.Add($"ours: user {i} is not as it was written");
            if (await clients.HandWritten.GetAsync(HandWritten[i].Id) != HandWritten[i]) wrong.Add($"hand-written: user {i} is not as it was written");
        }

        var counts = await clients.HandWritten.CountsAsync(["active", "pending", "trial", "banned"]);
        if (Array.Exists(counts, found => found != count)) wrong.Add($"hand-written: counts {string.Join(", ", counts)} instead of {count}");
        return wrong;
    }

    public static async Task AllAsync(long operations, Func<int, Task> operation)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < operations; i = Interlocked.Increment(ref next))
            {
                await operation(i).ConfigureAwait(false);
            }
        }));
    }
}
