using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about totals: they are what a list of the entities adds up to, whatever is written, and by whom.</summary>
public class TotalConformance : LayoutConformance
{
    private static readonly DateTimeOffset LastDay = Sale.FirstDay.AddHours(6);

    private static readonly IndexBuildOptions AtOnce = new() { Settle = TimeSpan.Zero };

    /// <summary>The suite for entities that are whole documents.</summary>
    public TotalConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected TotalConformance(EntityLayout layout, int partitions = 1)
        : base(layout, Cases, partitions)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(Totals_are_what_a_list_adds_up_to, StoreFeatures.Scripts),
        new(Where_there_is_nothing_totals_are_zero, StoreFeatures.Scripts),
        new(What_leaves_a_group_leaves_nothing_behind, StoreFeatures.Scripts),
        new(A_patch_keeps_totals_right, StoreFeatures.Scripts),
        new(A_refused_write_changes_no_total, StoreFeatures.Scripts),
        new(A_total_out_of_range_refuses_the_write, StoreFeatures.Scripts),
        new(Numbers_that_can_not_be_kept_are_refused_before_anything_is_sent, StoreFeatures.Scripts),
        new(Several_writes_of_one_change_count_together, StoreFeatures.Scripts),
        new(Expired_entities_do_not_count, StoreFeatures.Scripts),
        new(A_new_total_is_counted_while_older_code_writes, StoreFeatures.Scripts),
        new(Totals_that_no_code_uses_are_dropped, StoreFeatures.Scripts),
        new(A_recount_finds_and_mends_what_is_wrong, StoreFeatures.Scripts),
        new(A_recount_amid_writes_finds_nothing_but_what_is_wrong, StoreFeatures.Scripts),
        new(A_recount_that_was_left_behind_is_carried_on, StoreFeatures.Scripts),
        new(Concurrent_writers_leave_exact_totals, StoreFeatures.Scripts),
    ];

    private static Repository<Sale, SaleModel> Sales(ConformanceContext c) => c.Repository<Sale, SaleModel>(new SaleModel(c.Layout));

    private static async Task Totals_are_what_a_list_adds_up_to(ConformanceContext c)
    {
        var (sales, random, all) = (Sales(c), new Random(7), new Dictionary<string, Sale>(StringComparer.Ordinal));
        for (var i = 0; i < 240; i++)
        {
            var id = "s" + random.Next(40).ToString("D4", System.Globalization.CultureInfo.InvariantCulture);
            var sale = Sale.Random(random, id);
            switch (random.Next(6))
            {
                case 0 when all.Remove(id):
                    True(await sales.DeleteAsync(id, cancellationToken: c.CancellationToken));
                    break;
                case 1 when all.TryGetValue(id, out var stored):
                    all[id] = await sales.UpdateAsync(sale with { Version = stored.Version }, c.CancellationToken);
                    break;
                case 2 when all.TryGetValue(id, out var stored):
                    all[id] = await sales.UpdateAsync(stored with { Amount = stored.Amount + 0.01m, Quantity = 1 - stored.Quantity }, c.CancellationToken);
                    break;
                case 3 when !all.ContainsKey(id):
                    all[id] = await sales.InsertAsync(sale, c.CancellationToken);
                    break;
                case 4 when all.ContainsKey(id):
                    all[id] = await sales.EditAsync(id, read => sale with { Version = read.Version, Region = read.Region }, c.CancellationToken);
                    break;
                default:
                    all[id] = await sales.UpsertAsync(sale, c.CancellationToken);
                    break;
            }

            if (i % 40 == 0)
            {
                await IsRightAsync(c, sales, all.Values);
            }
        }

        await IsRightAsync(c, sales, all.Values);
        Equal([], (await sales.VerifyAsync(c.CancellationToken)).Differences);
    }

    private static async Task Where_there_is_nothing_totals_are_zero(ConformanceContext c)
    {
        var sales = Sales(c);
        await IsRightAsync(c, sales, []);
        Equal(null, await sales.ExtremesAsync(m => m.AmountsPerRegion, "north", c.CancellationToken));
        Equal([], await sales.TotalsAsync(m => m.PerStatus, [], c.CancellationToken));
        Equal(0L, await sales.TotalAsync(m => m.PerStatus, null, c.CancellationToken), "a group that is null");
        var report = await sales.RecountAsync(cancellationToken: c.CancellationToken);
        Equal((0L, 0L, true), (report.Entities, report.Groups, report.IsClean));
        await ThrowsAsync<ArgumentException>(async () => await sales.TotalsAsync(m => m.PerDay, LastDay, Sale.FirstDay, c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await sales.TotalsAsync(m => m.PerHourStatus, SaleStatus.Open, Sale.FirstDay, Sale.FirstDay.AddYears(2), c.CancellationToken));
    }

    private static async Task What_leaves_a_group_leaves_nothing_behind(ConformanceContext c)
    {
        var sales = Sales(c);
        var one = await sales.InsertAsync(Sale.Number(1), c.CancellationToken);
        await sales.InsertAsync(Sale.Number(2), c.CancellationToken);
        one = await sales.UpdateAsync(one with { Status = SaleStatus.Void, Region = "elsewhere", SoldAt = LastDay.AddDays(40) }, c.CancellationToken);
        Equal(1L, await sales.TotalAsync(m => m.PerDay, LastDay.AddDays(40), c.CancellationToken));
        await sales.DeleteAsync(one.Id, cancellationToken: c.CancellationToken);
        await sales.DeleteAsync("s0002", cancellationToken: c.CancellationToken);
        Equal([], (await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken)).Where(line => line.Contains(":stat:", StringComparison.Ordinal)));
        await IsRightAsync(c, sales, []);
    }

    private static async Task A_patch_keeps_totals_right(ConformanceContext c)
    {
        var sales = Sales(c);
        var sale = Sale.Number(3) with { Status = SaleStatus.Open, Region = "north", Amount = 12.5m, SoldAt = Sale.FirstDay };
        await sales.InsertAsync(sale, c.CancellationToken);
        await sales.PatchAsync(sale.Id, patch => patch.Set(m => m.Status, SaleStatus.Paid), c.CancellationToken);
        await IsRightAsync(c, sales, [sale = sale with { Status = SaleStatus.Paid }]);
        await sales.PatchAsync(sale.Id, patch => patch.Increment(m => m.Quantity, 5), c.CancellationToken);
        await IsRightAsync(c, sales, [sale = sale with { Quantity = sale.Quantity + 5 }]);
        await sales.PatchAsync(sale.Id, patch => patch.Set(m => m.Amount, 0.07m).Set(m => m.Region, null), c.CancellationToken);
        await IsRightAsync(c, sales, [sale = sale with { Amount = 0.07m, Region = null }]);
        await sales.PatchAsync(sale.Id, patch => patch.Set(m => m.SoldAt, LastDay).Set(m => m.Status, null), c.CancellationToken);
        await IsRightAsync(c, sales, [sale = sale with { SoldAt = LastDay, Status = null }]);
        Equal([], (await sales.VerifyAsync(c.CancellationToken)).Differences);
    }

    private static async Task A_refused_write_changes_no_total(ConformanceContext c)
    {
        var sales = Sales(c);
        var sale = await sales.InsertAsync(Sale.Number(4), c.CancellationToken);
        var before = await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken);
        await ThrowsAsync<EntityExistsException>(async () => await sales.InsertAsync(Sale.Number(5) with { Id = sale.Id }, c.CancellationToken));
        await ThrowsAsync<VersionConflictException>(async () => await sales.UpdateAsync(Sale.Number(5) with { Id = sale.Id, Version = 9 }, c.CancellationToken));
        await ThrowsAsync<EntityNotFoundException>(async () => await sales.UpdateAsync(Sale.Number(6) with { Version = 1 }, c.CancellationToken));
        Equal(before, await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken));
    }

    private static async Task A_total_out_of_range_refuses_the_write(ConformanceContext c)
    {
        var sales = Sales(c);
        var sale = await sales.InsertAsync(Sale.Number(7) with { Status = SaleStatus.Paid, Region = "north", Amount = 1m, Quantity = 5, SoldAt = LastDay }, c.CancellationToken);
        await c.Store.SendAsync(Hashes.Set($"{TagOf(c, sale.Id)}:stat:sale:quantity-per-status", "Paid", long.MaxValue - 2), c.CancellationToken);
        var before = await ContentsAsync(c);
        await ThrowsAsync<StoreException>(async () => await sales.UpdateAsync(sale with { Amount = 2m, Region = "south", Quantity = 9, Status = SaleStatus.Paid }, c.CancellationToken));
        Equal(before, await ContentsAsync(c));
        var another = Enumerable.Range(0, 1_000).Select(i => "t" + i).First(id => TagOf(c, id) == TagOf(c, sale.Id));
        await ThrowsAsync<StoreException>(async () => await sales.InsertAsync(sale with { Id = another, Quantity = 3, Version = 0 }, c.CancellationToken));
        Equal(null, await sales.GetAsync(another, c.CancellationToken));
        Equal(before, await ContentsAsync(c));
    }

    private static async Task Numbers_that_can_not_be_kept_are_refused_before_anything_is_sent(ConformanceContext c)
    {
        var sales = Sales(c);
        Equal("revenue", (await ThrowsAsync<IndexValueException>(async () => await sales.InsertAsync(Sale.Number(1) with { Amount = 1.001m }, c.CancellationToken))).Index);
        Equal("revenue", (await ThrowsAsync<IndexValueException>(async () => await sales.InsertAsync(Sale.Number(1) with { Amount = 90_071_992_547_409.92m }, c.CancellationToken))).Index);
        Equal("quantity-per-status", (await ThrowsAsync<IndexValueException>(async () => await sales.InsertAsync(Sale.Number(1) with { Status = SaleStatus.Open, Quantity = 1L << 53 }, c.CancellationToken))).Index);
        Equal([], (await ContentsAsync(c)).Where(line => !line.Contains(":meta:partitions ", StringComparison.Ordinal)));
        var great = Sale.Number(1) with { Amount = -90_071_992_547_409.91m, Quantity = (1L << 53) - 1 };
        await sales.InsertAsync(great, c.CancellationToken);
        await IsRightAsync(c, sales, [great]);
        var opposite = great with { Amount = 90_071_992_547_409.91m, Quantity = -great.Quantity, Version = 1 };
        await sales.UpdateAsync(opposite, c.CancellationToken);
        await IsRightAsync(c, sales, [opposite]);
    }

    private static async Task Several_writes_of_one_change_count_together(ConformanceContext c)
    {
        if (c.Partitioned is not null)
        {
            return;
        }

        var sales = Sales(c);
        var (one, two) = (await sales.InsertAsync(Sale.Number(1), c.CancellationToken), await sales.InsertAsync(Sale.Number(2), c.CancellationToken));
        var change = sales.Keyspace.Change();
        change.Insert(sales, Sale.Number(3));
        change.Update(sales, one with { Amount = 77m, Region = "south" });
        change.Delete(sales, two.Id);
        change.Upsert(sales, Sale.Number(4));
        await change.CommitAsync(c.CancellationToken);
        Sale[] all = [Sale.Number(3), one with { Amount = 77m, Region = "south" }, Sale.Number(4)];
        await IsRightAsync(c, sales, all);
        var refused = sales.Keyspace.Change();
        refused.Insert(sales, Sale.Number(5));
        refused.Upsert(sales, Sale.Number(3) with { Amount = 1m });
        refused.Insert(sales, Sale.Number(4));
        await ThrowsAsync<EntityExistsException>(async () => await refused.CommitAsync(c.CancellationToken));
        await IsRightAsync(c, sales, all);
    }

    private static async Task Expired_entities_do_not_count(ConformanceContext c)
    {
        var sales = c.Repository<Sale, SaleModel>(new SaleModel(c.Layout, expires: true));
        var all = Enumerable.Range(0, 12).Select(Sale.Number).ToList();
        foreach (var sale in all)
        {
            await sales.InsertAsync(sale, Expiry.After(TimeSpan.FromHours(1)), c.CancellationToken);
        }

        await IsRightAsync(c, sales, all);
        foreach (var sale in all.Take(8))
        {
            await ExpireAsync(c, sales, sale.Id);
        }

        await IsRightAsync(c, sales, all.Skip(8));
        await ExpireAsync(c, sales, all[8].Id);
        await sales.InsertAsync(all[8] with { Amount = 5m }, c.CancellationToken);
        await ExpireAsync(c, sales, all[9].Id);
        await sales.UpsertAsync(all[9] with { Status = SaleStatus.Void, Region = "north" }, c.CancellationToken);
        await IsRightAsync(c, sales, [all[8] with { Amount = 5m }, all[9] with { Status = SaleStatus.Void, Region = "north" }, .. all.Skip(10)]);
        Equal([], (await sales.VerifyAsync(c.CancellationToken)).Differences);
    }

    private static async Task A_new_total_is_counted_while_older_code_writes(ConformanceContext c)
    {
        await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var old = await PlainAsync(c, other);
        var all = Enumerable.Range(0, 25).Select(Sale.Number).ToList();
        (await old.InsertManyAsync(all, cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
        var sales = Sales(c);
        Equal(IndexState.Building, (await ThrowsAsync<IndexNotReadyException>(async () => await sales.TotalAsync(m => m.All, c.CancellationToken))).State);
        await ThrowsAsync<IndexNotReadyException>(async () => await sales.ExtremesAsync(m => m.Amounts, c.CancellationToken));
        all.Add(await sales.InsertAsync(Sale.Number(25), c.CancellationToken));
        True((await sales.BuildIndexesAsync(AtOnce, c.CancellationToken)).IsReady);
        await IsRightAsync(c, sales, all);

        // What older code writes goes out of the totals in the same step, and comes in again before they are read.
        await using var third = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var older = await PlainAsync(c, third);
        all[3] = await older.UpsertAsync(all[3] with { Amount = 1m, Status = SaleStatus.Void }, c.CancellationToken);
        all.Add(await older.InsertAsync(Sale.Number(26), c.CancellationToken));
        await older.DeleteAsync(all[0].Id, cancellationToken: c.CancellationToken);
        await IsRightAsync(c, sales, all.Skip(1));
        await sales.DisableIndexAsync(m => m.Revenue, c.CancellationToken);
        Equal(IndexState.Disabled, (await ThrowsAsync<IndexNotReadyException>(async () => await sales.TotalAsync(m => m.Revenue, c.CancellationToken))).State);
        all.Add(await sales.InsertAsync(Sale.Number(27), c.CancellationToken));
        True((await sales.BuildIndexesAsync(AtOnce, c.CancellationToken)).IsReady);
        await IsRightAsync(c, sales, all.Skip(1));
        Equal([], (await sales.VerifyAsync(c.CancellationToken)).Differences);
    }

    private static async Task Totals_that_no_code_uses_are_dropped(ConformanceContext c)
    {
        var sales = Sales(c);
        (await sales.InsertManyAsync([.. Enumerable.Range(0, 10).Select(Sale.Number)], cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
        await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var plain = await PlainAsync(c, other);
        var report = await plain.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero, DropUnusedFor = TimeSpan.Zero }, c.CancellationToken);
        Equal((10L, true), (report.Indexed, report.IsReady));
        True(report.Dropped.Contains("per-status") && report.Dropped.Contains("quantity-per-day") && report.Dropped.Contains("amount-per-region"));
        Equal([], (await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken)).Where(line => line.Contains(":stat:", StringComparison.Ordinal)));
        True((await sales.BuildIndexesAsync(AtOnce, c.CancellationToken)).IsReady);
        await IsRightAsync(c, sales, [.. Enumerable.Range(0, 10).Select(Sale.Number)]);
    }

    private static async Task A_recount_finds_and_mends_what_is_wrong(ConformanceContext c)
    {
        var sales = Sales(c);
        var all = Enumerable.Range(0, 20).Select(i => Sale.Number(i) with { Status = SaleStatus.Paid, Region = "north", SoldAt = Sale.FirstDay, Amount = 10m }).ToList();
        (await sales.InsertManyAsync(all, cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
        var stat = $"{TagOf(c, all[0].Id)}:stat:sale:";
        var count = all.Count(sale => TagOf(c, sale.Id) == TagOf(c, all[0].Id));
        await c.Store.SendAsync(Hashes.Increment(stat + "per-status", "Paid", 3), c.CancellationToken);
        await c.Store.SendAsync(Hashes.Increment(stat + "per-status", "Void", 2), c.CancellationToken);
        await c.Store.SendAsync(Hashes.Set(stat + "revenue", "%", "nonsense"), c.CancellationToken);
        await c.Store.SendAsync(Hashes.Delete(stat + "revenue-per-day-region:2026-11-27", "north"), c.CancellationToken);
        await c.Store.SendAsync(Keys.Delete(stat + "all"), c.CancellationToken);
        await c.Store.SendAsync(Strings.Set(stat + "all", "not a hash"), c.CancellationToken);
        await c.Store.SendAsync(Hashes.Set(stat + "per-day:1999-01-01", "%", 1), c.CancellationToken);
        TotalDrift[] expected =
        [
            new("all", null, "", null, 0), new("all", null, "", 0, count), new("per-status", null, "Paid", count + 3, count), new("per-status", null, "Void", 2, 0),
            new("revenue", null, "", null, count * 10m), new("revenue-per-day-region", "2026-11-27", "north", 0, count * 10m), new("per-day", "1999-01-01", "", 1, 0),
        ];
        var looked = await sales.RecountAsync(new RecountOptions { Mends = false, MaximumDifferences = 3 }, c.CancellationToken);
        Equal((6L, 3), (looked.Found, looked.Differences.Count), "what is not a hash is not compared further when it is not mended");
        EqualInAnyOrder(
            [("all", ""), ("per-status", "Paid"), ("per-status", "Void"), ("revenue", ""), ("revenue-per-day-region", "2026-11-27/north"), ("per-day", "1999-01-01/")],
            (await sales.VerifyAsync(c.CancellationToken)).Differences.Select(drift => (drift.Index!, drift.Id)));
        var mended = await sales.RecountAsync(cancellationToken: c.CancellationToken);
        Equal((20L, 7L), (mended.Entities, mended.Found));
        EqualInAnyOrder(expected, mended.Differences);
        True((await sales.RecountAsync(cancellationToken: c.CancellationToken)).IsClean);
        await IsRightAsync(c, sales, all);
        await c.Store.SendAsync(Hashes.Increment(stat + "per-status", "Paid", 3), c.CancellationToken);
        var repaired = await sales.RepairAsync(cancellationToken: c.CancellationToken);
        Equal((1L, 1L, true), (repaired.Drift.Found, repaired.Mended, repaired.IsMended));
        await IsRightAsync(c, sales, all);
        Equal([], (await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken)).Where(line => line.Contains(":recount", StringComparison.Ordinal) || (line.Contains(":stat:", StringComparison.Ordinal) && line.Split(' ')[0][line.IndexOf('}', StringComparison.Ordinal)..].Contains(','))));
    }

    private static async Task A_recount_amid_writes_finds_nothing_but_what_is_wrong(ConformanceContext c)
    {
        var sales = Sales(c);
        var all = new Dictionary<string, Sale>(StringComparer.Ordinal);
        for (var i = 0; i < 30; i++)
        {
            var sale = await sales.InsertAsync(Sale.Number(i) with { Status = SaleStatus.Paid }, c.CancellationToken);
            all[sale.Id] = sale;
        }

        await c.Store.SendAsync(Hashes.Increment($"{TagOf(c, "s0000")}:stat:sale:per-status", "Paid", 4), c.CancellationToken);

        // Somebody writes before every call of the recount, in turns by code that knows totals and by code that does not.
        var (random, isWriting) = (new Random(11), false);
        await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var plain = await PlainAsync(c, other);
        await using var interrupted = new InterruptedKeyValueStore(c.Store, async () =>
        {
            if (isWriting || random.Next(4) != 0)
            {
                return;
            }

            isWriting = true;
            var sale = Sale.Random(random, "s" + random.Next(60).ToString("D4", System.Globalization.CultureInfo.InvariantCulture));
            if (random.Next(5) == 0)
            {
                all.Remove(sale.Id);
                await (random.Next(2) == 0 ? sales.DeleteAsync(sale.Id, cancellationToken: c.CancellationToken) : plain.DeleteAsync(sale.Id, cancellationToken: c.CancellationToken));
            }
            else
            {
                all[sale.Id] = random.Next(4) == 0 ? await plain.UpsertAsync(sale, c.CancellationToken) : await sales.UpsertAsync(sale, c.CancellationToken);
            }

            isWriting = false;
        });
        var recounted = await OfAsync(c, interrupted, new SaleModel(c.Layout));
        var report = await recounted.RecountAsync(cancellationToken: c.CancellationToken);
        Equal([("per-status", "Paid", 4m)], report.Differences.Select(drift => (drift.Total, drift.Group, drift.Stored!.Value - drift.Counted)));
        await IsRightAsync(c, sales, all.Values);
        Equal([], (await sales.VerifyAsync(c.CancellationToken)).Differences);
    }

    private static async Task A_recount_that_was_left_behind_is_carried_on(ConformanceContext c)
    {
        var sales = Sales(c);
        var all = Enumerable.Range(0, 30).Select(Sale.Number).ToDictionary(sale => sale.Id, StringComparer.Ordinal);
        (await sales.InsertManyAsync([.. all.Values], cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
        int[] calls = c.Layout == ConformanceLayouts.Document && c.Partitioned is null ? [1, 2, 3, 40, 2_000, 4_097, 4_099, 4_105, 4_120, 4_130] : [1_500];
        foreach (var call in calls)
        {
            foreach (var fault in (ChaosFault[])[ChaosFault.BeforeSend, ChaosFault.AfterEffect])
            {
                await c.Store.SendAsync(Hashes.Increment($"{TagOf(c, "s0000")}:stat:sale:per-status", "Paid", 1), c.CancellationToken);
                await using var chaos = new ChaosStore(c.Store, new ChaosOptions { Rules = [new ChaosRule { Fault = fault, AtCall = call }] }, ownsInner: false);
                try
                {
                    var struck = await OfAsync(c, chaos, new SaleModel(c.Layout));
                    await struck.RecountAsync(cancellationToken: c.CancellationToken);
                }
                catch (StoreException)
                {
                    // The process is gone.
                }

                // The ones that it has counted go on being counted.
                var sale = Sale.Number(call + 100) with { Id = "s0007" };
                all["s0007"] = await sales.UpsertAsync(sale, c.CancellationToken);
                all["s0900"] = await sales.UpsertAsync(sale with { Id = "s0900" }, c.CancellationToken);
                await sales.DeleteAsync("s0008", cancellationToken: c.CancellationToken);
                all.Remove("s0008");
                await sales.RecountAsync(cancellationToken: c.CancellationToken);
                await IsRightAsync(c, sales, all.Values);
                True((await sales.RecountAsync(cancellationToken: c.CancellationToken)).IsClean, $"call {call}, {fault}");
            }
        }

        Equal([], (await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken)).Where(line => line.Contains(":recount", StringComparison.Ordinal)));
    }

    private static async Task Concurrent_writers_leave_exact_totals(ConformanceContext c)
    {
        var sales = Sales(c);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 25; i++)
            {
                var sale = Sale.Random(random, "s" + random.Next(12).ToString("D4", System.Globalization.CultureInfo.InvariantCulture));
                if (random.Next(4) == 0)
                {
                    await sales.DeleteAsync(sale.Id, cancellationToken: c.CancellationToken);
                }
                else
                {
                    await sales.UpsertAsync(sale, c.CancellationToken);
                }
            }
        }));
        var all = await sales.GetManyAsync([.. Enumerable.Range(0, 12).Select(i => "s" + i.ToString("D4", System.Globalization.CultureInfo.InvariantCulture))], c.CancellationToken);
        await IsRightAsync(c, sales, all.OfType<Sale>());
        True((await sales.RecountAsync(cancellationToken: c.CancellationToken)).IsClean);
    }

    private static ValueTask<Repository<Sale, PlainSaleModel>> PlainAsync(ConformanceContext c, IKeyValueStore process) => OfAsync(c, process, new PlainSaleModel(c.Layout));

    private static async ValueTask<Repository<Sale, TModel>> OfAsync<TModel>(ConformanceContext c, IKeyValueStore process, TModel model)
        where TModel : EntityModelBase<Sale> => c.Partitioned is { } keyspace
        ? (await process.OpenPartitionedKeyspaceAsync(c.Tag, new PartitionedKeyspaceOptions { Partitions = keyspace.Partitions.Count }, c.CancellationToken)).Repository<Sale, TModel>(model)
        : process.Keyspace(c.Tag).Repository<Sale, TModel>(model);

    // The tag of the keyspace in which an entity lies.
    private static string TagOf(ConformanceContext c, string id) => (c.Partitioned?.PartitionOf(id) ?? c.Store.Keyspace(c.Tag)).Tag;

    // Without the parts of a content that was not committed, which go by themselves.
    private static async Task<List<string>> ContentsAsync(ConformanceContext c) =>
        [.. (await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken)).Where(line => !line.Contains(":0 String ", StringComparison.Ordinal))];

    // What the passing of time does, done at once.
    private static async Task ExpireAsync(ConformanceContext c, Repository<Sale, SaleModel> sales, string id)
    {
        var tag = TagOf(c, id);
        await foreach (var key in c.Store.ScanKeysAsync($"{tag}:sale:{id}*", 1_000, c.CancellationToken))
        {
            await c.Store.SendAsync(Keys.Delete(key), c.CancellationToken);
        }

        foreach (var member in await c.Store.SendAsync(SortedSets.Range($"{tag}:exp:sale", RankRange.All), c.CancellationToken))
        {
            if (member.AsText()!.EndsWith(":" + id, StringComparison.Ordinal))
            {
                await c.Store.SendAsync(SortedSets.Add($"{tag}:exp:sale", member, c.Now.AddMinutes(-1).ToUnixTimeMilliseconds()), c.CancellationToken);
            }
        }
    }

    private static async Task IsRightAsync(ConformanceContext c, Repository<Sale, SaleModel> sales, IEnumerable<Sale> entities)
    {
        var (all, cancelled) = (entities.ToList(), c.CancellationToken);
        Equal((long)all.Count, await sales.TotalAsync(m => m.All, cancelled));
        Equal((long)all.Count(x => x.Amount > 1_000), await sales.TotalAsync(m => m.Big, cancelled));
        Equal(all.Sum(x => x.Amount) ?? 0, await sales.TotalAsync(m => m.Revenue, cancelled));
        SaleStatus?[] statuses = [SaleStatus.Open, SaleStatus.Paid, SaleStatus.Void];
        Equal(statuses.Select(status => (long)all.Count(x => x.Status == status)), await sales.TotalsAsync(m => m.PerStatus, statuses, cancelled));
        EqualInAnyOrder(
            all.Where(x => x.Region is not null && x.Status is not null).GroupBy(x => (x.Region, x.Status)).Select(group => (group.Key, (long)group.Count())),
            (await sales.TotalsAsync(m => m.PerRegionStatus, cancelled)).Select(pair => (pair.Group, pair.Value)));
        Equal(all.Where(x => x.Region is not null && x.Status is not null).GroupBy(x => (x.Region, x.Status)).LongCount(), await sales.CountGroupsAsync(m => m.PerRegionStatus, cancelled));
        EqualInAnyOrder(
            all.Where(x => x.Region is not null && x.Amount is not null).GroupBy(x => x.Region!).Select(group => (group.Key, group.Sum(x => x.Amount!.Value))).Where(pair => pair.Item2 != 0),
            (await sales.TotalsAsync(m => m.RevenuePerRegion, cancelled)).Select(pair => (pair.Group!, pair.Value)));
        foreach (var status in statuses)
        {
            Equal(all.Where(x => x.Status == status).Sum(x => x.Quantity), await sales.TotalAsync(m => m.QuantityPerStatus, status, cancelled));
            var moments = all.Where(x => x.Status == status && x.SoldAt is not null).Select(x => x.SoldAt).ToList();
            Equal(moments.Count == 0 ? null : new Extremes<DateTimeOffset?>(moments.Min(), moments.Max()), await sales.ExtremesAsync(m => m.MomentsPerStatus, status, cancelled));
            var hours = await sales.TotalsAsync(m => m.PerHourStatus, status, Sale.FirstDay, LastDay, cancelled);
            Equal(Enumerable.Range(0, 7).Select(hour => Sale.FirstDay.AddHours(hour)), hours.Select(hour => hour.Start));
            Equal(hours.Select(hour => (long)all.Count(x => x.Status == status && x.SoldAt >= hour.Start && x.SoldAt < hour.Start.AddHours(1))), hours.Select(hour => hour.Value));
        }

        var days = await sales.TotalsAsync(m => m.PerDay, Sale.FirstDay, LastDay, cancelled);
        Equal(2, days.Count);
        foreach (var (day, count) in days)
        {
            var sold = all.Where(x => x.SoldAt >= day && x.SoldAt < day.AddDays(1)).ToList();
            Equal((long)sold.Count, count);
            Equal(sold.Sum(x => x.Quantity), await sales.TotalAsync(m => m.QuantityPerDay, day.AddHours(3), cancelled));
            EqualInAnyOrder(
                sold.Where(x => x.Region is not null && x.Amount is not null).GroupBy(x => x.Region!).Select(group => (group.Key, group.Sum(x => x.Amount!.Value))).Where(pair => pair.Item2 != 0),
                (await sales.TotalsAsync(m => m.RevenuePerDayRegion, day, cancelled)).Select(pair => (pair.Group!, pair.Value)));
            Equal(sold.Where(x => x.Region == "south").Sum(x => x.Amount ?? 0), await sales.TotalAsync(m => m.RevenuePerDayRegion, "south", day, cancelled));
        }

        var amounts = all.Where(x => x.Amount is not null).Select(x => x.Amount).ToList();
        Equal(amounts.Count == 0 ? null : new Extremes<decimal?>(amounts.Min(), amounts.Max()), await sales.ExtremesAsync(m => m.Amounts, cancelled));
        foreach (var region in (string[])["north", "a/b:c", ""])
        {
            var some = all.Where(x => x.Region == region && x.Amount is not null).Select(x => x.Amount).ToList();
            Equal(some.Count == 0 ? null : new Extremes<decimal?>(some.Min(), some.Max()), await sales.ExtremesAsync(m => m.AmountsPerRegion, region, cancelled));
        }
    }
}
