using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about pages, streams, fields and bounds of queries, and about their explanation.</summary>
public class QueryPageConformance : WareConformance
{
    private const int Many = 240;

    /// <summary>The suite for entities that are whole documents.</summary>
    public QueryPageConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected QueryPageConformance(EntityLayout layout, int partitions = 1)
        : base(layout, Cases, partitions)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(Pages_leave_nothing_out_and_repeat_nothing, StoreFeatures.Scripts),
        new(Pages_are_right_while_others_come_and_go, StoreFeatures.Scripts),
        new(A_cursor_is_good_for_its_query_only, StoreFeatures.Scripts),
        new(Fields_are_read_alone, StoreFeatures.Scripts),
        new(A_small_budget_gives_the_same_answers, StoreFeatures.Scripts),
        new(An_explanation_tells_what_was_done, StoreFeatures.Scripts),
    ];

    private static async Task Pages_leave_nothing_out_and_repeat_nothing(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Many);
        Query<Ware, WareModel>[] queries =
        [
            wares.Query(),
            wares.Query(m => m.ByStatus.Is("active")),
            wares.Query(m => m.ByStatus.AnyOf("active", "new") & m.ByStock.AtLeast(3)).OrderBy(m => m.ByStock),
            wares.Query(m => m.ByStatus.Is("active")).OrderByDescending(m => m.ByStock),
            wares.Query().OrderBy(m => m.ByPrice),
            wares.Query(m => m.ByWord.StartsWith("t")).OrderByDescending(m => m.ByRegion),
            wares.Query(m => m.BySpot.Near(new GeoPosition(13, 52), 1_000_000)).OrderByDistance(m => m.BySpot, new GeoPosition(13, 52)),
        ];
        foreach (var query in queries)
        {
            var whole = (await query.ToListAsync(c.CancellationToken)).Select(x => x.Id).ToList();
            foreach (var size in new[] { 1, 7, 10_000 })
            {
                var paged = new List<string>();
                string? cursor = null;
                do
                {
                    var page = await query.ToPageAsync(size, cursor, c.CancellationToken);
                    True(page.Items.Count <= size);
                    paged.AddRange(page.Items.Select(x => x.Id));
                    cursor = page.Cursor;
                }
                while (cursor is not null);

                EqualInAnyOrder(whole, paged);
                if (!ReferenceEquals(query, queries[0]) && !ReferenceEquals(query, queries[1]))
                {
                    Equal(whole, paged);
                }
            }

            var streamed = new List<string>();
            await foreach (var ware in query.AsAsyncEnumerable(13, c.CancellationToken))
            {
                streamed.Add(ware.Id);
            }

            EqualInAnyOrder(whole, streamed);
            streamed.Clear();
            await foreach (var ware in query.Take(20).AsAsyncEnumerable(13, c.CancellationToken))
            {
                streamed.Add(ware.Id);
            }

            Equal(Math.Min(20, whole.Count), streamed.Distinct().Count());
        }

        Equal(all.Count, (await wares.Query().ToPageAsync(10_000, null, c.CancellationToken)).Items.Count);
    }

    private static async Task Pages_are_right_while_others_come_and_go(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Many);
        var random = new Random(5);
        var steady = all.Where((_, i) => i % 2 == 0).ToList();
        var moving = all.Where((_, i) => i % 2 == 1).ToList();
        foreach (var query in new[] { wares.Query().OrderBy(m => m.ByStock), wares.Query().OrderByDescending(m => m.ByStock), wares.Query().OrderBy(m => m.ByStatusStock), wares.Query() })
        {
            var paged = new List<string>();
            string? cursor = null;
            do
            {
                var page = await query.ToPageAsync(11, cursor, c.CancellationToken);
                paged.AddRange(page.Items.Select(x => x.Id));
                cursor = page.Cursor;

                // The last row of the page goes too, and with it the place that the cursor names.
                foreach (var id in moving.Select(x => x.Id).OrderBy(_ => random.Next()).Take(6).Concat(page.Items.TakeLast(1).Where(x => moving.Exists(y => y.Id == x.Id)).Select(x => x.Id)))
                {
                    Task write = random.Next(3) == 0
                        ? wares.DeleteAsync(id, cancellationToken: c.CancellationToken).AsTask()
                        : wares.UpsertAsync(Ware.Random(id, random), c.CancellationToken).AsTask();
                    await write;
                }
            }
            while (cursor is not null);

            Equal(steady.Select(x => x.Id).Order(StringComparer.Ordinal), paged.Where(id => steady.Exists(x => x.Id == id)).Order(StringComparer.Ordinal));
        }
    }

    private static async Task A_cursor_is_good_for_its_query_only(ConformanceContext c)
    {
        var (wares, _) = await FillAsync(c, 30);
        var query = wares.Query(m => m.ByStock.AtLeast(0)).OrderBy(m => m.ByStock);
        var cursor = (await query.ToPageAsync(3, null, c.CancellationToken)).Cursor!;
        await ThrowsAsync<QueryCursorException>(async () => await wares.Query(m => m.ByStock.AtLeast(1)).OrderBy(m => m.ByStock).ToPageAsync(3, cursor, c.CancellationToken));
        await ThrowsAsync<QueryCursorException>(async () => await query.OrderByDescending(m => m.ByStock).ToPageAsync(3, cursor, c.CancellationToken));
        foreach (var text in new[] { "", "x", "%%%", cursor[..^9], cursor + "!", "AAAA" })
        {
            await ThrowsAsync<QueryCursorException>(async () => await query.ToPageAsync(3, text, c.CancellationToken));
        }

        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await query.ToPageAsync(0, null, c.CancellationToken));
        Equal(cursor, (await query.Budget(200).ToPageAsync(3, null, c.CancellationToken)).Cursor, "the bound does not matter");
    }

    private static async Task Fields_are_read_alone(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, 60);
        var model = wares.Model;
        var (name, stock) = ((EntityField<Ware, string?>)model.Fields[0], (EntityField<Ware, int>)model.Fields[1]);
        var query = wares.Query(m => m.ByStock.AtLeast(5)).OrderBy(m => m.ByStock);
        var expected = all.Where(x => x.Stock >= 5).OrderBy(x => x.Stock).ThenBy(x => x.Id, StringComparer.Ordinal).Select(x => (x.Name, x.Stock)).ToList();
        Equal(expected, (await query.Select(m => m.Fields).ToListAsync(c.CancellationToken)).Select(x => (x.Get(name), x.Get(stock))));
        Equal(expected[0], await query.Select(m => m.Fields).FirstOrDefaultAsync(c.CancellationToken) is { } first ? (first.Get(name), first.Get(stock)) : default);
        var page = await query.Select(m => m.Fields).ToPageAsync(4, null, c.CancellationToken);
        var next = await query.Select(m => m.Fields).ToPageAsync(4, page.Cursor, c.CancellationToken);
        Equal(expected.Take(8), page.Items.Concat(next.Items).Select(x => (x.Get(name), x.Get(stock))));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(query.Select(_ => [])));
    }

    private static async Task A_small_budget_gives_the_same_answers(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, 700);
        var place = new GeoPosition(13.4, 52.5);
        (Func<WareModel, Filter<Ware>> Filter, Func<Ware, bool> Predicate)[] filters =
        [
            (m => m.ByStatus.Is("active"), x => x.Status == "active"),
            (m => m.ByStatus.AnyOf("active", "new"), x => x.Status is "active" or "new"),
            (m => m.ByStock.AtLeast(0), x => x.Stock >= 0),
            (m => m.ByStatusStock.Is("new") & m.ByPrice.AtLeast(0), x => x.Status == "new" && x.Price >= 0),
            (m => m.ByWord.StartsWith(""), x => x.Name?.Split(' ').Any(word => word.Length > 0) == true),
            (m => m.BySpot.Near(place, 5_000_000), x => x.Spot is { } spot && Distance(new(13.4, 52.5), spot) <= 5_000_000),
            (m => !m.ByStatus.Is("active"), x => x.Status != "active"),
        ];
        foreach (var (filter, predicate) in filters)
        {
            var expected = all.Where(predicate).ToList();
            var query = wares.Query(filter).Budget(100);
            EqualInAnyOrder(expected.Select(x => x.Id), await query.ToIdsAsync(c.CancellationToken));
            EqualInAnyOrder(expected.Select(x => x.Id), (await query.ToListAsync(c.CancellationToken)).Select(x => x.Id));
            Equal((long)expected.Count, await query.CountAsync(c.CancellationToken));
            foreach (var count in new[] { 150, expected.Count + 1 })
            {
                // More than one call goes through: some, each once, no matter which.
                var some = await query.Take(count).ToIdsAsync(c.CancellationToken);
                var entities = await query.Take(count).ToListAsync(c.CancellationToken);
                EqualInAnyOrder(expected.Select(x => x.Id).Intersect(some), some);
                EqualInAnyOrder(expected.Select(x => x.Id).Intersect(entities.Select(x => x.Id)), entities.Select(x => x.Id));
                Equal((Math.Min(count, expected.Count), Math.Min(count, expected.Count)), (some.Count, entities.Count));
            }

            Equal(Ordered(expected, x => x.Made), await query.OrderBy(m => m.ByMade).ToIdsAsync(c.CancellationToken));
            Equal(Ordered(expected, x => x.Serial).Reverse().Take(30), (await query.OrderByDescending(m => m.BySerial).Take(30).ToListAsync(c.CancellationToken)).Select(x => x.Id));
            var page = await query.OrderBy(m => m.ByMade).ToPageAsync(50, null, c.CancellationToken);
            var next = await query.OrderBy(m => m.ByMade).ToPageAsync(50, page.Cursor, c.CancellationToken);
            Equal(Ordered(expected, x => x.Made).Take(100), page.Items.Concat(next.Items).Select(x => x.Id));
        }

        // An index in pieces gives another order than the one that is asked for: the first of it are not the first that come.
        var nearest = await wares.Query().OrderByDistance(m => m.BySpot, place).ToIdsAsync(c.CancellationToken);
        foreach (var count in new[] { 1, 7, 300 })
        {
            var query = wares.Query().Budget(100).OrderByDistance(m => m.BySpot, place);
            Equal(nearest.Take(count), await query.Take(count).ToIdsAsync(c.CancellationToken));
            Equal(nearest.Take(count), (await query.ToPageAsync(count, null, c.CancellationToken)).Items.Select(x => x.Id));
        }

        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(wares.Query().Budget(99)));
    }

    private static async Task An_explanation_tells_what_was_done(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Many);
        var keyspaces = c.Partitioned?.Partitions.Count ?? 1;
        var walk = await wares.Query(m => m.ByStatus.AnyOf("active", "new", "banned")).OrderBy(m => m.ByStock).Take(5).ExplainAsync(c.CancellationToken);
        Equal((QueryStrategy.Walk, "stock", "stock", keyspaces, 5, keyspaces), (walk.Strategy, walk.DrivingIndex, walk.OrderIndex, walk.Calls, walk.Rows, walk.Partitions));
        Equal(["status"], walk.Probes.Select(probe => probe.Index!));
        Equal((long)all.Count(x => x.Status is not null), walk.Probes[0].Entries);
        var collect = await wares.Query(m => m.ByStatus.Is("active") & m.BySerial.Is(long.MaxValue)).OrderBy(m => m.ByStock).ExplainAsync(c.CancellationToken);
        Equal((QueryStrategy.Collect, "serial", keyspaces), (collect.Strategy, collect.DrivingIndex, collect.Calls));
        Equal((long)all.Count(x => x.Serial == long.MaxValue), collect.EntriesTouched);
        var everything = await wares.Query(m => !m.ByStatus.Is("active")).ExplainAsync(c.CancellationToken);
        Equal((QueryStrategy.Everything, (string?)null), (everything.Strategy, everything.DrivingIndex));
        var nothing = await wares.Query(m => m.ByStatus.Is("active")).Take(0).ExplainAsync(c.CancellationToken);
        Equal((0, 0), (nothing.Calls, nothing.Rows));
        True(collect.ToString().Contains("serial", StringComparison.Ordinal) && !collect.ToString().Contains("9223372036854775807", StringComparison.Ordinal), "names, no values");
    }
}
