using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>Writes and reads of users through the repository, against the same by hand.</summary>
internal static class EntityCells
{
    public static IEnumerable<Cell> Create(Clients clients, World world)
    {
        yield return Insert(clients, world);
        yield return Update(clients, world);
        yield return Read(clients, world);
    }

    private static Cell Insert(Clients clients, World world)
    {
        var (repository, hand, users) = (clients.Repository, clients.HandWritten, world.ToInsert);
        Task CleanAsync(long from, long to) => hand.RemoveAsync(world.Inserted(from, to));
        Variant Other(string name, Func<User, Task> insert, int concurrency = int.MaxValue, bool isOrientation = true) => new(name, async (loop, _) =>
        {
            while (loop.Next(out var i)) await insert(users[i % users.Length]).ConfigureAwait(false);
        })
        {
            Cleanup = CleanAsync,
            MaximumConcurrency = concurrency,
            IsOrientation = isOrientation,
        };

        var ours = new Variant("ours", async (loop, _) =>
        {
            while (loop.Next(out var i)) await repository.InsertAsync(users[i % users.Length]).ConfigureAwait(false);
        })
        {
            Cleanup = async (from, to) =>
            {
                var inserted = world.Inserted(from, to).ToArray();
                await World.AllAsync(inserted.Length, i => repository.DeleteAsync(inserted[i].Id).AsTask());
            },
        };
        return new Cell(
            "insert",
            ours,
            Other("hand-written Lua", hand.InsertAsync, isOrientation: false),
            Other("awaited one by one", hand.InsertStepwiseAsync),
            Other("raw SET", user => hand.Database.StringSetAsync(HandWritten.HandWrittenUsers.Document(user), HandWritten.HandWrittenUsers.Serialize(user))),
            Other("IBatch, not atomic", hand.InsertBatchedAsync),
            Other("MULTI with conditions", hand.InsertTransactionAsync))
        {
            Bar = 0.85,
            Limit = users.Length,
        };
    }

    private static Cell Update(Clients clients, World world)
    {
        var (repository, hand) = (clients.Repository, clients.HandWritten);
        return new Cell(
            "update",
            new Variant("ours", (loop, worker) => EachAsync(world.Ours, loop, worker, user => repository.UpdateAsync(Users.Changed(user)))),
            new Variant("hand-written Lua", (loop, worker) => EachAsync(world.HandWritten, loop, worker, user => new(hand.UpdateAsync(Users.Changed(user))))),
            new Variant("awaited one by one", (loop, worker) => EachAsync(world.HandWritten, loop, worker, user => new(hand.UpdateStepwiseAsync(user, Users.Changed(user)))))
            {
                IsOrientation = true,
            })
        {
            Bar = 0.85,
        };
    }

    private static Cell Read(Clients clients, World world)
    {
        var (repository, hand, users) = (clients.Repository, clients.HandWritten, world.Ours);
        return new Cell(
            "point read",
            new Variant("ours", async (loop, _) =>
            {
                User? found;
                while (loop.Next(out var i)) found = await repository.GetAsync(users[i % users.Length].Id).ConfigureAwait(false) ?? throw new InvalidOperationException("The user is gone.");
            }),
            new Variant("StringGet + deserialize", async (loop, _) =>
            {
                User? found;
                while (loop.Next(out var i)) found = await hand.GetAsync(users[i % users.Length].Id).ConfigureAwait(false) ?? throw new InvalidOperationException("The user is gone.");
            }))
        {
            Bar = 0.9,
        };
    }

    // Every worker has users of its own, so that versions never conflict.
    public static async Task EachAsync(User[] users, Loop loop, int worker, Func<User, ValueTask<User>> update)
    {
        var share = users.Length / loop.Workers;
        for (var turn = Random.Shared.Next(share); loop.Next(out _); turn++)
        {
            var place = worker + (turn % share * loop.Workers);
            users[place] = await update(users[place]).ConfigureAwait(false);
        }
    }
}
