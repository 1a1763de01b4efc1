using System.Text.Json;
using RedisPatterns.Benchmarks.Cells;
using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Benchmarks.Measuring;
using RedisPatterns.StackExchangeRedis;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks;

/// <summary>Measures inserts and updates of users with one, four and eight indexes against scripts by hand, and a rare query with an index made for it.</summary>
internal static class IndexesCommand
{
    private const double Bar = 0.85;
    private const long FirstSpare = 5_000_000;
    private const int Spare = 30_000;
    private static readonly int[] Counts = [1, IndexedUserModel.Some, IndexedUserModel.All];

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        await using var session = await ServerSession.StartAsync(options.Address);
        return await RunAsync(session, options);
    }

    public static async Task<int> RunAsync(ServerSession session, BenchmarkOptions options)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(session.Address);
        await using var store = await RedisKeyValueStore.ConnectAsync(session.Address);
        var runner = new CellRunner(session.Meter, options);
        var rows = new List<Row>();
        var wrong = new List<string>();
        foreach (var count in Counts)
        {
            await session.Meter.FlushAsync();
            var hand = await HandWrittenIndexes.CreateAsync(connection, count);
            var ours = store.Keyspace($"indexes{count}").Repository<User, IndexedUserModel>(new IndexedUserModel(count));
            var mine = new User[options.Users];
            var theirs = new User[options.Users];
            await World.AllAsync(options.Users, async i => mine[i] = await ours.InsertAsync(Users.Make(i)));
            await World.AllAsync(options.Users, async i => theirs[i] = await hand.InsertAsync(Users.Make(i)));
            ResultTable.PrintHeader();
            foreach (var cell in (Cell[])[Insert(count, ours, hand, options.Users), Update(count, ours, hand, mine, theirs)])
            {
                var found = await runner.RunAsync(cell, _ => Task.FromResult(1.0));
                found.ForEach(ResultTable.Print);
                rows.AddRange(found);
            }

            if (count == IndexedUserModel.All)
            {
                var rare = Rare(ours, hand, mine);
                wrong.AddRange(await QueriesCommand.WrongAsync([rare]));
                QueryTable.PrintHeader();
                var found = await runner.RunAgainstEachAsync(rare, _ => Task.FromResult(1.0));
                found.ForEach(QueryTable.Print);
                rows.AddRange(found);
            }

            var report = await ours.VerifyAsync();
            if (!report.IsClean || report.Entities != options.Users) wrong.Add($"{count} indexes: {report.Found} differences, {report.Entities} users");
        }

        if (options.Json is not null) await File.WriteAllTextAsync(options.Json, JsonSerializer.Serialize(rows, RowJson.Default.ListRow) + "\n");
        Console.WriteLine(wrong.Count == 0 ? "Verified: every answer right, every user as written, no drift." : "WRONG: " + string.Join("; ", wrong));
        return wrong.Count == 0 ? 0 : 1;
    }

    private static Cell Insert(int count, Repository<User, IndexedUserModel> ours, HandWrittenIndexes hand, int stored)
    {
        var users = Enumerable.Range(0, Math.Min(Spare, 12 * stored)).Select(number => Users.Make(FirstSpare + number)).ToArray();
        IEnumerable<User> Inserted(long from, long to)
        {
            for (var number = from; number < to; number++) yield return users[number % users.Length];
        }

        Variant Of(string name, Func<User, Task> insert, Func<User[], Task> remove) => new(name, async (loop, _) =>
        {
            while (loop.Next(out var i)) await insert(users[i % users.Length]).ConfigureAwait(false);
        })
        {
            Cleanup = (from, to) => remove([.. Inserted(from, to)]),
        };

        return new Cell(
            $"insert, {count} indexes",
            Of("ours", user => ours.InsertAsync(user).AsTask(), inserted => World.AllAsync(inserted.Length, i => ours.DeleteAsync(inserted[i].Id).AsTask())),
            Of("hand-written Lua", hand.InsertAsync, hand.RemoveAsync))
        {
            Bar = Bar,
            Limit = users.Length,
        };
    }

    private static Cell Update(int count, Repository<User, IndexedUserModel> ours, HandWrittenIndexes hand, User[] mine, User[] theirs) => new(
        $"update, {count} indexes",
        new Variant("ours", (loop, worker) => EntityCells.EachAsync(mine, loop, worker, user => ours.UpdateAsync(Users.Changed(user)))),
        new Variant("hand-written Lua", (loop, worker) => EntityCells.EachAsync(theirs, loop, worker, user => new(hand.UpdateAsync(Users.Changed(user))))))
    {
        Bar = Bar,
    };

    // Users were updated meanwhile: what is right is what they are now.
    private static Cell Rare(Repository<User, IndexedUserModel> ours, HandWrittenIndexes hand, User[] users)
    {
        var filter = UserFilter.Rare;
        var answers = new UserAnswers(users);
        return new Cell(
            "rare with a composite, newest 20",
            QueryVariant.Of(
                "ours",
                () => ours.Query(model => model.ByStatusAge!.Is(filter.Status).Between(filter.LeastAge, filter.GreatestAge))
                    .OrderByDescending(model => model.ByCreated!).Take(QueryCells.Take).ToListAsync().AsTask(),
                UserAnswers.Tell),
            new Variant("script, collect", async (loop, _) =>
            {
                while (loop.Next(out long _)) await hand.NewestAsync(filter, QueryCells.Take).ConfigureAwait(false);
            }))
        {
            Expected = answers.Newest(filter, QueryCells.Take),
        };
    }
}
