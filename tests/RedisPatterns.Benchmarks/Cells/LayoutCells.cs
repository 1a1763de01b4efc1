using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>Reads, writes and patches of users in each layout, without index and version, against the same by hand.</summary>
internal static class LayoutCells
{
    private const int Many = 100;
    private const double ReadBar = 0.9;
    private const double WriteBar = 0.85;

    public static IEnumerable<Cell> Create(LayoutWorld world)
    {
        var (hand, chunks) = (world.Hand, world.HandChunks);
        IEnumerable<Cell> Layout(
            string name,
            Repository<User, PlainUserModel> repository,
            Func<User, Task> insert,
            Func<User, Task> update,
            Func<string, int, string, Task> patch,
            Func<string, Task> get,
            Func<string[], Task> getMany)
        {
            yield return new Cell($"{name} get", Each(world, user => repository.GetAsync(user.Id).AsTask()), Each(world, user => get(user.Id), "by hand")) { Bar = ReadBar };
            yield return new Cell(
                $"{name} get many",
                Some(world, ids => repository.GetManyAsync(ids).AsTask()),
                Some(world, getMany, "by hand"))
            { Bar = ReadBar, MaximumConcurrency = 50 };
            yield return new Cell($"{name} insert", Insert(world, user => repository.InsertAsync(user).AsTask()), Insert(world, insert, "by hand")) { Limit = world.ToInsert.Length, Bar = WriteBar };
            yield return new Cell($"{name} update", Each(world, user => repository.UpdateAsync(user).AsTask()), Each(world, update, "by hand")) { Bar = WriteBar };
            yield return new Cell(
                $"{name} patch",
                Each(world, user => repository.PatchAsync(user.Id, p => p.Increment(m => m.Age, 1).Set(m => m.Status, "trial")).AsTask()),
                Each(world, user => patch(user.Id, 1, "trial"), "by hand"))
            { Bar = WriteBar };
        }

        return
        [
            .. Layout("document", world.Documents, hand.InsertDocumentAsync, hand.UpdateDocumentAsync, hand.PatchDocumentAsync, hand.GetDocumentAsync, hand.GetDocumentsAsync),
            .. Layout("hash", world.Hashes, hand.InsertHashAsync, hand.UpdateHashAsync, hand.PatchHashAsync, hand.GetHashAsync, hand.GetHashesAsync),
            .. Layout("attributes", world.Attributes, hand.InsertKeysAsync, hand.UpdateKeysAsync, hand.PatchKeysAsync, hand.GetKeysAsync, hand.GetManyKeysAsync),
            .. Layout("chunked", world.Chunked, chunks.InsertAsync, chunks.UpdateAsync, chunks.PatchAsync, chunks.GetAsync, chunks.GetManyAsync),
        ];
    }

    private static Variant Each(LayoutWorld world, Func<User, Task> operation, string name = "ours") => new(name, async (loop, worker) =>
    {
        // Every worker has users of its own, so that patches never meet.
        var share = world.Users.Length / loop.Workers;
        for (var turn = Random.Shared.Next(share); loop.Next(out _); turn++)
        {
            await operation(world.Users[worker + (turn % share * loop.Workers)]).ConfigureAwait(false);
        }
    });

    private static Variant Some(LayoutWorld world, Func<string[], Task> operation, string name = "ours") => new(name, async (loop, _) =>
    {
        while (loop.Next(out var i))
        {
            var from = (int)(i * Many % (world.Users.Length - Many));
            await operation(Array.ConvertAll(world.Users[from..(from + Many)], user => user.Id)).ConfigureAwait(false);
        }
    });

    private static Variant Insert(LayoutWorld world, Func<User, Task> insert, string name = "ours") => new(name, async (loop, _) =>
    {
        while (loop.Next(out var i)) await insert(world.ToInsert[i % world.ToInsert.Length]).ConfigureAwait(false);
    })
    {
        Cleanup = (from, to) => world.RemoveAsync(from, to),
    };
}
