namespace RedisPatterns.Testing;

/// <summary>Draws walks through the pages of a query to its end, also while wares are written.</summary>
internal sealed class PageSteps(WareDice dice, WriteDrawing writes, int count)
{
    private const int MostPages = 1_000;

    // Walks are to be of some pages, not of hundreds.
    private readonly int _least = count / 15;

    private readonly FilterDrawing _filters = new(dice);

    public FuzzStep Draw()
    {
        var query = DrawnQuery.Draw(dice, _filters) with { Take = null };
        var size = _least + (query.Order is null ? 10 + dice.Next(80) : 1 + dice.Next(dice.Chance(40) ? 12 : 80));
        var meanwhile = dice.Chance(50) ? dice.Some(1, 10, () => writes.Draw()) : [];
        var selects = dice.Chance(20);
        var text = $"Pages of {query}, {size} each{(selects ? ", of fields" : "")}{string.Concat(meanwhile.Select(write => $"\n        then {write.Text}"))}";
        return new("Page", text, run => query.IsUncertain(run.List.All) ? Task.CompletedTask
            : query.Order is null ? WalkAsync(run, query, size, meanwhile)
            : selects ? WalkFieldsInOrderAsync(run, query, size, meanwhile)
            : WalkInOrderAsync(run, query, size, meanwhile));
    }

    // Each page is what lies behind the last row of the one before, as that row was then.
    private static Task WalkInOrderAsync(FuzzRun run, DrawnQuery query, int size, WareWrite[] meanwhile) => WalkInOrderAsync(run, query, size, meanwhile, async (cursor, expected) =>
    {
        var page = await query.On(run.Wares).ToPageAsync(size, cursor, run.Cancellation).ConfigureAwait(false);
        FuzzRun.ExpectWares(expected, page.Items, "Page");
        return page.Cursor;
    });

    private static Task WalkFieldsInOrderAsync(FuzzRun run, DrawnQuery query, int size, WareWrite[] meanwhile) => WalkInOrderAsync(run, query, size, meanwhile, async (cursor, expected) =>
    {
        var (name, stock) = ((EntityField<Ware, string?>)run.Wares.Model.Fields[0], (EntityField<Ware, int>)run.Wares.Model.Fields[1]);
        var page = await query.On(run.Wares).Select(m => m.Fields).ToPageAsync(size, cursor, run.Cancellation).ConfigureAwait(false);
        var found = page.Items.Select(fields => (fields.Get(name), fields.Get(stock))).ToList();
        if (!expected.Select(ware => (ware.Name, ware.Stock)).SequenceEqual(found))
        {
            throw new ConformanceFailedException($"Page of fields: expected {string.Join(' ', expected.Select(ware => $"{ware.Id}({WareText.Of(ware.Name)},{ware.Stock})"))}\n  was {string.Join(' ', found.Select(pair => $"({WareText.Of(pair.Item1)},{pair.Item2})"))}");
        }

        return page.Cursor;
    });

    private static async Task WalkInOrderAsync(FuzzRun run, DrawnQuery query, int size, WareWrite[] meanwhile, Func<string?, List<Ware>, Task<string?>> read)
    {
        Ware? last = null;
        string? cursor = null;
        for (var i = 0; i < MostPages; i++)
        {
            var wares = run.List.All;
            if (query.IsUncertain(last is null ? wares : [.. wares, last]))
            {
                return;
            }

            var rest = query.Matches(wares).Where(ware => last is null || query.Order!.Comparer.Compare(last, ware) < 0).ToList();
            List<Ware> expected = [.. rest.Take(size)];
            run.Count("Page");
            try
            {
                cursor = await read(cursor, expected).ConfigureAwait(false);
            }
            catch (ConformanceFailedException failure)
            {
                throw new ConformanceFailedException($"{failure.Message}\n  on page {i + 1}, behind {(last is null ? "nothing" : WareText.Of(last))}", failure);
            }

            if (cursor is null)
            {
                FuzzRun.Expect(rest.Count, expected.Count, "Page: rows before the last cursor");
                return;
            }

            if (expected.Count < size)
            {
                throw new ConformanceFailedException($"Page: a cursor behind the last page, of {expected.Count} rows");
            }

            last = expected[^1];
            await WriteAsync(run, meanwhile, i).ConfigureAwait(false);
        }
    }

    // Without an order each ware has a place that does not change: none comes twice, and all that match throughout come.
    private static async Task WalkAsync(FuzzRun run, DrawnQuery query, int size, WareWrite[] meanwhile)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var steady = query.Matches(run.List.All).Select(ware => ware.Id).ToHashSet(StringComparer.Ordinal);
        string? cursor = null;
        for (var i = 0; i < MostPages; i++)
        {
            var wares = run.List.All;
            if (query.IsUncertain(wares))
            {
                return;
            }

            run.Count("Page");
            var page = await query.On(run.Wares).ToPageAsync(size, cursor, run.Cancellation).ConfigureAwait(false);
            var matching = query.Matches(wares).ToDictionary(ware => ware.Id, StringComparer.Ordinal);
            FuzzRun.ExpectWares([.. page.Items.Select(item => matching.GetValueOrDefault(item.Id) ?? throw new ConformanceFailedException($"Page: {WareText.Of(item)} does not match"))], page.Items, "Page");
            if (page.Items.FirstOrDefault(item => !seen.Add(item.Id)) is { } twice)
            {
                throw new ConformanceFailedException($"Page: {WareText.Of(twice)} came twice");
            }

            if (page.Items.Count > size || (page.Cursor is not null && page.Items.Count < size))
            {
                throw new ConformanceFailedException($"Page: {page.Items.Count} rows of {size}, with {(page.Cursor is null ? "no" : "a")} cursor");
            }

            cursor = page.Cursor;
            if (cursor is null)
            {
                steady.IntersectWith(matching.Keys);
                FuzzRun.ExpectIds(steady.Where(id => !seen.Contains(id)), [], "Pages: left out (expected none)");
                return;
            }

            steady.IntersectWith(matching.Keys);
            await WriteAsync(run, meanwhile, i).ConfigureAwait(false);
            steady.IntersectWith(query.Matches(run.List.All).Select(ware => ware.Id));
        }
    }

    private static Task WriteAsync(FuzzRun run, WareWrite[] meanwhile, int page) => meanwhile.Length > page ? meanwhile[page].RunAsync(run) : Task.CompletedTask;
}
