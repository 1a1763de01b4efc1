namespace RedisPatterns.Testing;

/// <summary>Draws steps that query.</summary>
internal sealed class QuerySteps(WareDice dice)
{
    private readonly FilterDrawing _filters = new(dice);

    public FuzzStep Draw()
    {
        var query = DrawnQuery.Draw(dice, _filters);
        var pageSize = 1 + dice.Next(40);
        var (name, ask) = dice.Next(12) switch
        {
            0 or 1 or 2 => ("List", (Func<FuzzRun, Query<Ware, WareModel>, List<Ware>, Task>)((run, asked, all) => ListAsync(run, query, asked, all))),
            3 or 4 => ("Ids", (run, asked, all) => IdsAsync(run, query, asked, all)),
            5 => ("Count", async (run, asked, all) => FuzzRun.Expect(Wanted(query, all), await asked.CountAsync(run.Cancellation).ConfigureAwait(false), "Count")),
            6 => ("Any", async (run, asked, all) => FuzzRun.Expect(Wanted(query, all) > 0, await asked.AnyAsync(run.Cancellation).ConfigureAwait(false), "Any")),
            7 => ("First", (run, asked, all) => FirstAsync(run, query, asked, all)),
            8 => ("Stream", (run, asked, all) => StreamAsync(run, query, asked, all, pageSize)),
            9 or 10 => ("Select", (run, asked, all) => SelectAsync(run, query, asked, all)),
            _ => ("Explain", (run, asked, all) => ExplainAsync(run, query, asked, all)),
        };
        return new(name, $"{name} of {query}{(name == "Stream" ? $", {pageSize} at once" : "")}", async run =>
        {
            var wares = run.List.All;
            if (query.IsUncertain(wares))
            {
                return;
            }

            if (name != "Explain")
            {
                run.Count(name);
            }

            await ask(run, query.On(run.Wares), query.Matches(wares)).ConfigureAwait(false);
        });
    }

    private static long Wanted(DrawnQuery query, List<Ware> all) => Math.Min(all.Count, query.Take ?? int.MaxValue);

    private static List<Ware> Cut(DrawnQuery query, List<Ware> all) => [.. all.Take(query.Take ?? int.MaxValue)];

    private static async Task ListAsync(FuzzRun run, DrawnQuery query, Query<Ware, WareModel> asked, List<Ware> all) =>
        Compare(query, all, await asked.ToListAsync(run.Cancellation).ConfigureAwait(false), "List");

    // Without an order, those that are taken are any.
    private static void Compare(DrawnQuery query, List<Ware> all, IReadOnlyList<Ware> found, string what)
    {
        if (query.Order is not null)
        {
            FuzzRun.ExpectWares(Cut(query, all), found, what);
            return;
        }

        var sorted = found.OrderBy(ware => ware.Id, StringComparer.Ordinal).ToList();
        var ids = sorted.Select(ware => ware.Id).ToHashSet();
        var expected = all.OrderBy(ware => ware.Id, StringComparer.Ordinal).ToList();
        if (query.Take is { } take && all.Count > take)
        {
            expected = [.. expected.Where(ware => ids.Contains(ware.Id))];
            if (expected.Count != take)
            {
                throw new ConformanceFailedException($"{what}: expected {take} of {all.Count}, was {sorted.Count}: {string.Join(' ', sorted.Select(ware => WareText.Of(ware.Id)))}");
            }
        }

        FuzzRun.ExpectWares(expected, sorted, what);
    }

    private static async Task IdsAsync(FuzzRun run, DrawnQuery query, Query<Ware, WareModel> asked, List<Ware> all)
    {
        var ids = await asked.ToIdsAsync(run.Cancellation).ConfigureAwait(false);
        Compare(query, all, [.. ids.Select(id => run.List.Find(id) ?? new Ware(id))], "Ids");
    }

    private static async Task FirstAsync(FuzzRun run, DrawnQuery query, Query<Ware, WareModel> asked, List<Ware> all)
    {
        var first = await asked.FirstOrDefaultAsync(run.Cancellation).ConfigureAwait(false);
        Compare(query with { Take = Math.Min(1, query.Take ?? 1) }, all, first is null ? [] : [first], "First");
    }

    private static async Task StreamAsync(FuzzRun run, DrawnQuery query, Query<Ware, WareModel> asked, List<Ware> all, int pageSize)
    {
        var found = new List<Ware>();
        await foreach (var ware in asked.AsAsyncEnumerable(pageSize, run.Cancellation).ConfigureAwait(false))
        {
            found.Add(ware);
        }

        Compare(query, all, found, "Stream");
    }

    // The number of rows is told, and how they were found is counted.
    private static async Task ExplainAsync(FuzzRun run, DrawnQuery query, Query<Ware, WareModel> asked, List<Ware> all)
    {
        var explanation = await asked.ExplainAsync(run.Cancellation).ConfigureAwait(false);
        run.Count("Explain", $"{explanation.Strategy} in {(explanation.Calls > 1 ? "several calls" : "one call")}");
        FuzzRun.Expect((int)Wanted(query, all), explanation.Rows, "Explain: rows");
    }

    private static async Task SelectAsync(FuzzRun run, DrawnQuery query, Query<Ware, WareModel> asked, List<Ware> all)
    {
        var model = run.Wares.Model;
        var (name, stock) = ((EntityField<Ware, string?>)model.Fields[0], (EntityField<Ware, int>)model.Fields[1]);
        var found = (await asked.Select(m => m.Fields).ToListAsync(run.Cancellation).ConfigureAwait(false)).Select(fields => (fields.Get(name), fields.Get(stock))).ToList();
        var expected = Cut(query, all).ConvertAll(ware => (ware.Name, ware.Stock));
        var isSame = query.Order is not null ? expected.SequenceEqual(found)
            : query.Take is not null ? found.Count == expected.Count && found.TrueForAll(pair => all.Exists(ware => (ware.Name, ware.Stock) == pair))
            : found.Count == expected.Count && !found.CountBy(pair => pair).Except(expected.CountBy(pair => pair)).Any();
        if (!isSame)
        {
            throw new ConformanceFailedException($"Select: expected {string.Join(' ', expected)}\n  was {string.Join(' ', found)}");
        }
    }
}
