using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about verification: every kind of drift is found and named, and a live keyspace raises no alarm.</summary>
public class VerificationConformance : LayoutConformance
{
    /// <summary>The suite for entities that are whole documents.</summary>
    public VerificationConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected VerificationConformance(EntityLayout layout)
        : base(layout, Cases)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(Every_kind_of_drift_is_found, StoreFeatures.Scripts),
        new(Writes_that_go_on_raise_no_alarm, StoreFeatures.Scripts),
        new(Writes_that_leave_no_trace_in_the_memo_raise_no_alarm, StoreFeatures.Scripts),
    ];

    private static async Task Every_kind_of_drift_is_found(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        foreach (var i in Enumerable.Range(0, 10))
        {
            await customers.InsertAsync(Customer.Number(i), c.CancellationToken);
        }

        var report = await customers.VerifyAsync(c.CancellationToken);
        Equal((10L, true), (report.Entities, report.IsClean));
        Equal(10L * 4 + Enumerable.Range(0, 10).Sum(i => Customer.Number(i).Labels!.Count), report.Entries);
        await customers.InsertAsync(new Customer("c0999", null, null, null, null, DateTimeOffset.UnixEpoch), c.CancellationToken);
        StoreKey At(string name) => $"{{{c.Tag}}}:{name}";
        await c.GivenAsync(
            Hashes.Delete(At("idx:customer:email"), "c0000@example.com"),
            Sets.Remove(At("idx:customer:status:banned"), "c0001"),
            SortedSets.Remove(At("idx:customer:age"), "c0002"),
            SortedSets.Add(At("idx:customer:created"), "c0003", 17.5),
            Hashes.Set(At("idx:customer:email"), "ghost@example.com", "c0004"),
            Sets.Add(At("idx:customer:status:ghost"), "c0005"),
            SortedSets.Add(At("idx:customer:age"), "ghost", 5),
            Hashes.Delete(At(EntityAtomicityConformance.MemoKey("c0999")), "c0999"),
            SortedSets.Remove(At("idx:customer:created"), "c0999"));
        await EntityConformance.LoseAsync(c, "c0006");
        report = await customers.VerifyAsync(c.CancellationToken);
        EqualInAnyOrder(
            [
                new(DriftKind.MissingEntry, "email", "c0000"),
                new(DriftKind.MissingEntry, "status", "c0001"),
                new(DriftKind.MissingEntry, "age", "c0002"),
                new(DriftKind.MissingEntry, "created", "c0003"),
                new(DriftKind.ExtraEntry, "created", "c0003"),
                new(DriftKind.ExtraEntry, "email", "c0004"),
                new(DriftKind.ExtraEntry, "status", "c0005"),
                new(DriftKind.ExtraEntry, "age", "ghost"),
                new(DriftKind.OrphanMemo, null, "c0006"),
                new(DriftKind.ExtraEntry, "email", "c0006"),
                new(DriftKind.ExtraEntry, "status", "c0006"),
                new(DriftKind.ExtraEntry, "label", "c0006"),
                new(DriftKind.ExtraEntry, "age", "c0006"),
                new(DriftKind.ExtraEntry, "created", "c0006"),
                new(DriftKind.WrongMemo, null, "c0999"),
                new(DriftKind.MissingEntry, "created", "c0999"),
            ],
            report.Differences);
    }

    // An entity that is deleted and inserted again has the memo it had, but for its numbers: before every call of the
    // verification it is another one.
    private static async Task Writes_that_leave_no_trace_in_the_memo_raise_no_alarm(ConformanceContext c)
    {
        var writers = EntityConformance.Customers(c);
        var round = 0;
        async ValueTask WriteAsync()
        {
            round++;
            await writers.DeleteAsync("c0001", cancellationToken: c.CancellationToken);
            await writers.InsertAsync(Customer.Number(1) with { Age = 30 + (round % 3), Status = round % 40 == 0 ? "new" : "active" }, c.CancellationToken);
        }

        await WriteAsync();
        await using var store = new InterruptedKeyValueStore(c.Store, WriteAsync);
        var customers = store.Keyspace(c.Tag).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
        Equal("", string.Join(", ", (await customers.VerifyAsync(c.CancellationToken)).Differences));
        Equal((0L, true), (await customers.RepairAsync(cancellationToken: c.CancellationToken) is var repair ? repair.Mended : 0, repair.IsMended));
        True(round > 128);
        Equal("", string.Join(", ", (await writers.VerifyAsync(c.CancellationToken)).Differences));
    }

    private static async Task Writes_that_go_on_raise_no_alarm(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            while (!stop.IsCancellationRequested)
            {
                var number = (writer * 100) + random.Next(20);
                if (random.Next(4) == 0)
                {
                    await customers.DeleteAsync($"c{number:D4}", cancellationToken: c.CancellationToken);
                }
                else
                {
                    await customers.UpsertAsync(
                        Customer.Number(number) with { Email = $"{number}-{random.Next(3)}@x", Status = $"s{random.Next(3)}", Labels = [$"l{random.Next(3)}"], Age = random.Next(100) }, c.CancellationToken);
                }
            }
        })).ToList();
        for (var i = 0; i < 5; i++)
        {
            Equal("", string.Join(", ", (await customers.VerifyAsync(c.CancellationToken)).Differences));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        True((await customers.VerifyAsync(c.CancellationToken)).IsClean);
    }
}
