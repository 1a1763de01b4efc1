using System.Globalization;
using System.Text;
using RedisPatterns.Benchmarks.Measuring;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>Single commands through the store, against the driver's own methods.</summary>
internal static class SingleCommandCells
{
    private const int KeyCount = 10_000;
    private const int HashCount = 1_000;
    private const int ManySize = 100;
    private static readonly string[] Names = [.. Enumerable.Range(0, KeyCount).Select(number => "plain:" + number.ToString("D6", CultureInfo.InvariantCulture))];
    private static readonly string[] HashNames = [.. Enumerable.Range(0, HashCount).Select(number => "hash:" + number.ToString("D6", CultureInfo.InvariantCulture))];
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes(new string('x', 420));

    public static async Task LoadAsync(Clients clients)
    {
        var entries = Enumerable.Range(0, 10).Select(field => new StackExchange.Redis.HashEntry($"field{field}", $"value of field {field}")).ToArray();
        await World.AllAsync(KeyCount, i => clients.Database.StringSetAsync(Names[i], Payload));
        await World.AllAsync(HashCount, i => clients.Database.HashSetAsync(HashNames[i], entries));
    }

    public static IEnumerable<Cell> Create(Clients clients)
    {
        var (store, database) = (clients.Store, clients.Database);
        var keys = Array.ConvertAll(Names, name => (StoreKey)name);
        var driverKeys = Array.ConvertAll(Names, name => (RedisKey)name);
        var hashes = Array.ConvertAll(HashNames, name => (StoreKey)name);
        var driverHashes = Array.ConvertAll(HashNames, name => (RedisKey)name);
        StoreKey[][] many = [.. keys.Chunk(ManySize)];
        RedisKey[][] driverMany = [.. driverKeys.Chunk(ManySize)];

        yield return Barred(
            "GET",
            async (loop, _) =>
            {
                while (loop.Next(out var i)) await store.GetAsync(keys[i % KeyCount]).ConfigureAwait(false);
            },
            async (loop, _) =>
            {
                while (loop.Next(out var i)) await database.StringGetAsync(driverKeys[i % KeyCount]).ConfigureAwait(false);
            });
        yield return Barred(
            "SET",
            async (loop, _) =>
            {
                while (loop.Next(out var i)) await store.SetAsync(keys[i % KeyCount], Payload).ConfigureAwait(false);
            },
            async (loop, _) =>
            {
                while (loop.Next(out var i)) await database.StringSetAsync(driverKeys[i % KeyCount], Payload).ConfigureAwait(false);
            });
        yield return Barred(
            "HGETALL 10",
            async (loop, _) =>
            {
                while (loop.Next(out var i)) await store.HashGetAllAsync(hashes[i % HashCount]).ConfigureAwait(false);
            },
            async (loop, _) =>
            {
                while (loop.Next(out var i)) await database.HashGetAllAsync(driverHashes[i % HashCount]).ConfigureAwait(false);
            });
        yield return Barred(
            "MGET 100",
            async (loop, _) =>
            {
                while (loop.Next(out var i)) await store.GetManyAsync(many[i % many.Length]).ConfigureAwait(false);
            },
            async (loop, _) =>
            {
                while (loop.Next(out var i)) await database.StringGetAsync(driverMany[i % many.Length]).ConfigureAwait(false);
            });
    }

    private static Cell Barred(string name, Func<Loop, int, Task> ours, Func<Loop, int, Task> baseline) =>
        new(name, new Variant("ours", ours), new Variant("driver", baseline)) { Bar = 0.9, AllocationBar = 1.5 };
}
