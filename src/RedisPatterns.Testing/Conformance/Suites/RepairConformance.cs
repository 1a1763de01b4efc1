using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about repairs: whatever has drifted is mended, and a live keyspace is left alone.</summary>
public class RepairConformance : WareConformance
{
    private const int Count = 24;

    /// <summary>The suite for entities that are whole documents.</summary>
    public RepairConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected RepairConformance(EntityLayout layout)
        : base(layout, Cases)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(What_has_drifted_in_any_kind_of_index_is_mended, StoreFeatures.Scripts),
        new(What_is_left_of_lost_entities_is_removed, StoreFeatures.Scripts),
        new(Memos_are_mended_with_versions_and_of_other_shapes, StoreFeatures.Scripts),
        new(What_can_belong_to_no_entity_is_removed, StoreFeatures.Scripts),
        new(A_value_that_two_entities_have_is_left_and_named, StoreFeatures.Scripts),
        new(Differences_are_told_of_and_as_many_named_as_are_asked_for, StoreFeatures.Scripts),
        new(Nothing_is_mended_where_writes_go_on, StoreFeatures.Scripts),
        new(Drift_is_mended_while_writes_go_on, StoreFeatures.Scripts),
        new(A_crash_amid_a_repair_does_no_harm, StoreFeatures.Scripts),
    ];

    private static async Task What_has_drifted_in_any_kind_of_index_is_mended(ConformanceContext c)
    {
        var (wares, all) = await FillAsync(c, Count);
        var documents = await DocumentsAsync(c);
        var keys = await KeysAsync(c, "idx:ware:*");
        True(keys.Count > 20);
        await DamageAsync(c, keys);
        var found = await wares.VerifyAsync(c.CancellationToken);
        foreach (var index in (EntityIndex<Ware>[])[
            wares.Model.ByCode, wares.Model.ByRegionCode, wares.Model.ByStatus, wares.Model.ByLabel, wares.Model.ByShelf, wares.Model.ByStock, wares.Model.ByPrice, wares.Model.BySerial,
            wares.Model.ByMade, wares.Model.ByOpenStock, wares.Model.ByStatusStock, wares.Model.ByGradeMade, wares.Model.ByRegion, wares.Model.ByName, wares.Model.ByWord, wares.Model.BySpot])
        {
            True(found.Differences.Any(drift => drift.Index == index.Name && drift.Kind == DriftKind.MissingEntry), $"missing in {index}");
            True(found.Differences.Any(drift => drift.Index == index.Name && drift.Kind == DriftKind.ExtraEntry), $"extra in {index}");
        }

        var report = await wares.RepairAsync(cancellationToken: c.CancellationToken);
        EqualInAnyOrder(found.Differences.Where(drift => drift.Kind == DriftKind.MissingEntry), report.Drift.Differences.Where(drift => drift.Kind == DriftKind.MissingEntry));
        True(report.IsMended && report.Mended > 0);
        await IsCleanAsync(c, wares, Count);
        Equal(documents, await DocumentsAsync(c), "documents stay as they are");
        await CheckAsync(c, wares, all, m => m.ByStatus.Is("active"), x => x.Status == "active");
        await CheckAsync(c, wares, all, m => m.ByStock.AtLeast(5), x => x.Stock >= 5);
        Equal((0L, 0L), ((await wares.RepairAsync(cancellationToken: c.CancellationToken)).Mended, 0L));
    }

    private static async Task What_is_left_of_lost_entities_is_removed(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        for (var i = 0; i < 4; i++)
        {
            await customers.InsertAsync(Customer.Number(i), c.CancellationToken);
        }

        await EntityConformance.LoseAsync(c, "c0001");
        await EntityConformance.LoseAsync(c, "c0002");
        await c.GivenAsync(Hashes.Delete(At(c, EntityAtomicityConformance.MemoKey("c0002")), "c0002"));
        True((await customers.RepairAsync(cancellationToken: c.CancellationToken)).IsMended);
        await EntityConformance.IsCleanAsync(c, customers, 2);

        // Without the tag, which is drawn, and may happen to read like an id.
        var left = (await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken)).Select(line => line.Replace(c.Tag, "", StringComparison.Ordinal));
        Equal([], left.Where(line => line.Contains("c0001", StringComparison.Ordinal) || line.Contains("c0002", StringComparison.Ordinal)));
        await customers.DeleteAsync("c0000", cancellationToken: c.CancellationToken);
        await customers.DeleteAsync("c0003", cancellationToken: c.CancellationToken);
        Equal(1, (await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken)).Count, "only the catalogue is left");
    }

    private static async Task Memos_are_mended_with_versions_and_of_other_shapes(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        for (var i = 0; i < 5; i++)
        {
            await customers.UpdateAsync(await customers.InsertAsync(Customer.Number(i), c.CancellationToken), c.CancellationToken);
        }

        StoreKey Memo(int i) => At(c, EntityAtomicityConformance.MemoKey($"c{i:D4}"));
        var right = (await c.Store.SendAsync(Hashes.Get(Memo(3), "c0003"), c.CancellationToken)).AsText()!;
        await c.GivenAsync(
            Hashes.Delete(Memo(0), "c0000"),
            Hashes.Set(Memo(1), "c0001", "what?"),
            Hashes.Set(Memo(2), "c0002", "zzz2:a:b"),
            Hashes.Set(Memo(3), "c0003", right[..3] + "9" + right[4..]));
        EqualInAnyOrder(
            Enumerable.Range(0, 4).Select(i => new IndexDrift(DriftKind.WrongMemo, null, $"c{i:D4}")),
            (await customers.VerifyAsync(c.CancellationToken)).Differences);
        Equal((4L, 0), ((await customers.RepairAsync(cancellationToken: c.CancellationToken)) is var report ? report.Mended : 0, report.Left.Count));
        await EntityConformance.IsCleanAsync(c, customers, 5);
        for (var i = 0; i < 5; i++)
        {
            Equal(3L, (await customers.UpdateAsync(Customer.Number(i) with { Version = 2 }, c.CancellationToken)).Version);
        }

        await EntityConformance.IsCleanAsync(c, customers, 5);
    }

    private static async Task What_can_belong_to_no_entity_is_removed(ConformanceContext c)
    {
        var (wares, _) = await FillAsync(c, 3);
        await c.GivenAsync(
            Sets.Add(At(c, "idx:ware:status:active"), "a:b", ""),
            Sets.Add(At(c, "idx:ware:status:no:such:value"), "w0001", "w0002", "nobody"),
            SortedSets.Add(At(c, "idx:ware:name"), "without an end", 0),
            SortedSets.Add(At(c, "idx:ware:word"), "table\tw0001:x", 0),
            SortedSets.Add(At(c, "idx:ware:stock"), "%zz", 4),
            Hashes.Set(At(c, "idx:ware:code"), "Q", "w:0001"),
            Hashes.Set(At(c, "memo:ware:17"), "w0001", "zzz1"),
            Hashes.Set(At(c, "memo:ware:18"), "a:b", "zzz1"));
        var report = await wares.RepairAsync(cancellationToken: c.CancellationToken);
        True(report.IsMended && report.Mended >= 9);
        await IsCleanAsync(c, wares, 3);
        Equal([], await KeysAsync(c, "idx:ware:status:no:*"));
    }

    private static async Task A_value_that_two_entities_have_is_left_and_named(ConformanceContext c)
    {
        await using var other = new RoundTripCountingKeyValueStore(c.Store, ownsInner: false);
        var bare = other.Keyspace(c.Tag).Repository<Customer, BareCustomerModel>(new BareCustomerModel(c.Layout));
        var customers = EntityConformance.Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await customers.InsertAsync(Customer.Number(2), c.CancellationToken);
        await bare.UpsertAsync(Customer.Number(2) with { Email = Customer.Number(1).Email, Status = "new" }, c.CancellationToken);
        await c.GivenAsync(Keys.Delete(At(c, "meta:customer:pending")));
        var report = await customers.RepairAsync(cancellationToken: c.CancellationToken);
        Equal([new(DriftKind.MissingEntry, "email", "c0002")], report.Left);
        EqualInAnyOrder(["c0002"], await customers.Query(m => m.ByStatus.Is("new")).ToIdsAsync(c.CancellationToken), "the other indexes are mended");
        await ThrowsAsync<IndexNotReadyException>(async () => await customers.FindAsync(m => m.ByEmail, "other@example.com", c.CancellationToken));
        await customers.DeleteAsync("c0001", cancellationToken: c.CancellationToken);
        True((await customers.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero }, c.CancellationToken)).IsReady);
        Equal("c0002", (await customers.FindAsync(m => m.ByEmail, Customer.Number(1).Email, c.CancellationToken))?.Id);
        await EntityConformance.IsCleanAsync(c, customers, 1);
    }

    private static async Task Differences_are_told_of_and_as_many_named_as_are_asked_for(ConformanceContext c)
    {
        var (wares, _) = await FillAsync(c, 10);
        await c.GivenAsync(Keys.Delete(At(c, "idx:ware:stock")));
        var (told, progress) = (new List<IndexDrift>(), new List<VerificationProgress>());
        var options = new VerificationOptions
        {
            MaximumDifferences = 3,
            Found = new Listener<IndexDrift>(told.Add),
            Progress = new Listener<VerificationProgress>(progress.Add),
        };
        var report = await wares.VerifyAsync(options, c.CancellationToken);
        Equal((3, 10L, 10, false), (report.Differences.Count, report.Found, told.Count, report.IsClean));
        Equal((1.0, 10L, 10L), (progress[^1].Share, progress[^1].Entities, progress[^1].Found));
        Equal(10L, (await wares.RepairAsync(options, c.CancellationToken)).Mended);
        await IsCleanAsync(c, wares, 10);
    }

    private static async Task Nothing_is_mended_where_writes_go_on(ConformanceContext c)
    {
        var wares = Wares(c);
        await WhileWritingAsync(c, wares, async () =>
        {
            for (var i = 0; i < 4; i++)
            {
                Equal("", string.Join(", ", (await wares.RepairAsync(cancellationToken: c.CancellationToken)).Drift.Differences));
            }
        });
        True((await wares.VerifyAsync(c.CancellationToken)).IsClean);
    }

    private static async Task Drift_is_mended_while_writes_go_on(ConformanceContext c)
    {
        var (wares, _) = await FillAsync(c, Count);
        await WhileWritingAsync(c, wares, async () =>
        {
            await DamageAsync(c, await KeysAsync(c, "idx:ware:*"));
            await wares.RepairAsync(cancellationToken: c.CancellationToken);
        });

        // What a write stumbled over while the damage was done, or hid from the first repair.
        await wares.RepairAsync(cancellationToken: c.CancellationToken);
        Equal("", string.Join(", ", (await wares.VerifyAsync(c.CancellationToken)).Differences));
    }

    private static async Task A_crash_amid_a_repair_does_no_harm(ConformanceContext c)
    {
        if (c.Layout == ConformanceLayouts.Document)
        {
            await CrashAsync(c, 1, 7);
        }
    }

    /// <summary>Every crash takes a keyspace of its own, so a test of them all is long: the suite takes each seventh call.</summary>
    internal static async Task CrashAsync(ConformanceContext c, int first, int step)
    {
        var (call, wasStruck) = (first, true);
        for (; wasStruck; call += step)
        {
            var fault = call % 2 == 0 ? ChaosFault.BeforeSend : ChaosFault.AfterEffect;
            var tag = $"{c.Tag}-{call}";
            StoreKey Of(string name) => $"{{{tag}}}:{name}";
            var customers = c.Store.Keyspace(tag).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
            for (var i = 0; i < 4; i++)
            {
                await customers.InsertAsync(Customer.Number(i), c.CancellationToken);
            }

            await c.GivenAsync(
                Hashes.Delete(Of("idx:customer:email"), "c0000@example.com"),
                Sets.Add(Of("idx:customer:status:ghost"), "c0001", "ghost"),
                SortedSets.Add(Of("idx:customer:age"), "c0002", 5),
                Hashes.Delete(Of(EntityAtomicityConformance.MemoKey("c0001")), "c0001"),
                Keys.Delete(Of("customer:c0003")));
            await using var chaos = new ChaosStore(c.Store, new ChaosOptions { Rules = [new ChaosRule { Fault = fault, AtCall = call }] }, ownsInner: false);
            try
            {
                await chaos.Keyspace(tag).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout)).RepairAsync(cancellationToken: c.CancellationToken);
            }
            catch (StoreException)
            {
                // The process is gone.
            }

            wasStruck = chaos.Calls >= call;
            True((await customers.RepairAsync(cancellationToken: c.CancellationToken)).IsMended);
            Equal("", string.Join(", ", (await customers.VerifyAsync(c.CancellationToken)).Differences), $"call {call}, {fault}");
        }

        True(call > 60);
    }

    // Takes one entry out of each key, and puts two in that do not belong there; writers may have emptied it meanwhile.
    private static async Task DamageAsync(ConformanceContext c, IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            switch (await c.Store.SendAsync(Keys.Type(key), c.CancellationToken))
            {
                case DataType.Hash:
                    var entries = await c.Store.SendAsync(Hashes.GetAll(key), c.CancellationToken);
                    await c.GivenAsync(Hashes.Delete(key, entries is [] ? "nobody" : entries[0].Field), Hashes.Set(key, [new("ghost", "w0001"), new("spook", "nobody")]));
                    break;
                case DataType.Set:
                    var members = await c.Store.SendAsync(Sets.Members(key), c.CancellationToken);
                    await c.GivenAsync(Sets.Remove(key, members is [] ? "nobody" : members[0]), Sets.Add(key, "nobody"));
                    break;
                case DataType.SortedSet:
                    if (await c.Store.SendAsync(SortedSets.Range(key, RankRange.First(1)), c.CancellationToken) is not [var first, ..])
                    {
                        break;
                    }

                    var isText = first.AsText()!.Contains('\t', StringComparison.Ordinal);
                    await c.GivenAsync(SortedSets.Remove(key, first), SortedSets.Add(key, isText ? "ghost\tw0001" : "nobody", isText ? 0 : 7), SortedSets.Add(key, isText ? "ghost\tnobody" : "spook", 0));
                    break;
            }
        }
    }

    private static async Task WhileWritingAsync(ConformanceContext c, Repository<Ware, WareModel> wares, Func<Task> test)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            while (!stop.IsCancellationRequested)
            {
                var id = $"w{(writer * 100) + random.Next(12):D4}";
                if (random.Next(4) == 0)
                {
                    await wares.DeleteAsync(id, cancellationToken: c.CancellationToken);
                }
                else
                {
                    await wares.UpsertAsync(Ware.Random(id, random), c.CancellationToken);
                }
            }
        })).ToList();
        try
        {
            await test();
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }
    }

    private static StoreKey At(ConformanceContext c, string name) => $"{{{c.Tag}}}:{name}";

    private static async Task<IReadOnlyList<string>> KeysAsync(ConformanceContext c, string pattern)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var key in c.Store.ScanKeysAsync($"{{{c.Tag}}}:{pattern}", 1000, c.CancellationToken))
        {
            keys.Add(key.ToString());
        }

        return [.. keys];
    }

    private static async Task<IReadOnlyList<string>> DocumentsAsync(ConformanceContext c) => await StoreContents.ReadAsync(c.Store, $"{{{c.Tag}}}:ware:", c.CancellationToken);

    private static async Task IsCleanAsync(ConformanceContext c, Repository<Ware, WareModel> wares, long count)
    {
        var report = await wares.VerifyAsync(c.CancellationToken);
        Equal("", string.Join(", ", report.Differences));
        Equal(count, report.Entities);
    }

    private sealed class Listener<TReport>(Action<TReport> report) : IProgress<TReport>
    {
        public void Report(TReport value) => report(value);
    }
}
