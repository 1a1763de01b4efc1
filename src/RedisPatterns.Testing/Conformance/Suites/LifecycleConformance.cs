using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about indexes that are declared, built, switched off and dropped while old and new code run.</summary>
public class LifecycleConformance : LayoutConformance
{
    private const int Count = 30;

    private static readonly IndexBuildOptions AtOnce = new() { Settle = TimeSpan.Zero };

    /// <summary>The suite for entities that are whole documents.</summary>
    public LifecycleConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected LifecycleConformance(EntityLayout layout)
        : base(layout, Cases)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(Where_nothing_was_written_indexes_are_ready_at_once, StoreFeatures.Scripts),
        new(A_new_index_answers_when_it_is_built, StoreFeatures.Scripts),
        new(What_older_code_writes_is_not_left_out, StoreFeatures.Scripts),
        new(Older_code_notices_newer_indexes, StoreFeatures.Scripts),
        new(Code_with_other_indexes_goes_on_finding_everything, StoreFeatures.Scripts),
        new(Another_definition_needs_another_revision, StoreFeatures.Scripts),
        new(A_value_that_two_entities_have_keeps_a_unique_index_from_being_ready, StoreFeatures.Scripts),
        new(Entities_of_which_nothing_is_remembered_are_built_in, StoreFeatures.Scripts),
        new(What_can_not_be_read_is_named_and_stops_nothing, StoreFeatures.Scripts),
        new(A_disabled_index_answers_when_it_is_built_again, StoreFeatures.Scripts),
        new(A_build_that_was_stopped_goes_on, StoreFeatures.Scripts),
        new(Builders_and_writers_of_both_models_do_not_disturb_each_other, StoreFeatures.Scripts),
        new(A_crash_amid_a_build_does_no_harm, StoreFeatures.Scripts),
        new(Indexes_that_nobody_uses_are_dropped, StoreFeatures.Scripts),
    ];

    private static async Task Where_nothing_was_written_indexes_are_ready_at_once(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        Equal([], await customers.Query(m => m.ByStatus.Is("new")).ToIdsAsync(c.CancellationToken), "there is nothing to find");
        Equal(null, await customers.FindAsync(m => m.ByEmail, "a@example.com", c.CancellationToken));
        Equal(0L, await customers.Query().CountAsync(c.CancellationToken));
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        Equal(["c0001"], await customers.Query(m => m.ByStatus.Is("banned")).ToIdsAsync(c.CancellationToken));
        True((await customers.GetIndexStatesAsync(c.CancellationToken)).All(index => index is { State: IndexState.Ready, IsDeclared: true }));
        var report = await customers.BuildIndexesAsync(cancellationToken: c.CancellationToken);
        Equal((1L, 0L, 0L, true), (report.Read, report.Indexed, report.Failed, report.IsReady));
    }

    private static async Task A_new_index_answers_when_it_is_built(ConformanceContext c)
    {
        await using var other = Process(c);
        var old = Narrow(c, other);
        await old.InsertManyAsync([.. Enumerable.Range(0, Count).Select(Customer.Number)], cancellationToken: c.CancellationToken);
        var customers = EntityConformance.Customers(c);
        var refusal = await ThrowsAsync<IndexNotReadyException>(async () => await customers.Query(m => m.ByStatus.Is("new")).ToListAsync(c.CancellationToken));
        Equal(("customer", "status", IndexState.Building), (refusal.Model, refusal.Index, refusal.State));
        await customers.InsertAsync(Customer.Number(Count), c.CancellationToken);
        await ThrowsAsync<IndexNotReadyException>(async () => await customers.Query(m => !m.ByStatus.Is("new")).CountAsync(c.CancellationToken));
        await ThrowsAsync<IndexNotReadyException>(async () => await customers.Query().OrderBy(m => m.ByAge).Take(1).ToListAsync(c.CancellationToken));
        Equal(["c0003"], await customers.Query(m => m.ByCreated.Is(Customer.Number(3).Created)).ToIdsAsync(c.CancellationToken), "an index that was there before");
        Equal("c0003", (await customers.FindAsync(m => m.ByEmail, Customer.Number(3).Email, c.CancellationToken))?.Id);
        True((await customers.VerifyAsync(c.CancellationToken)).IsClean, "what is not built yet is no difference");
        var progress = new List<IndexBuildProgress>();
        var report = await customers.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero, Progress = new Listener<IndexBuildProgress>(progress.Add) }, c.CancellationToken);
        Equal((Count + 1L, (long)Count, 0L, true, false), (report.Read, report.Indexed, report.Failed, report.IsReady, report.WasResumed));
        Equal(1.0, progress[^1].Share);
        await IsRightAsync(c, customers, [.. Enumerable.Range(0, Count + 1).Select(i => Customer.Number(i) with { Version = 1 })]);
        Equal(0L, (await customers.BuildIndexesAsync(AtOnce, c.CancellationToken)).Indexed);
    }

    private static async Task What_older_code_writes_is_not_left_out(ConformanceContext c)
    {
        await using var other = Process(c);
        var customers = EntityConformance.Customers(c);
        var all = Enumerable.Range(0, 8).Select(Customer.Number).ToList();
        for (var i = 0; i < 5; i++)
        {
            all[i] = await customers.InsertAsync(all[i], c.CancellationToken);
        }

        // It begins when the newer indexes are there already.
        var old = Narrow(c, other);
        all[5] = await old.InsertAsync(all[5], c.CancellationToken);
        await IsRightAsync(c, customers, [.. all.Take(6)]);
        all[1] = await old.UpdateAsync(all[1] with { Status = "new", Age = 77 }, c.CancellationToken);
        all[6] = await old.UpsertAsync(all[6], c.CancellationToken);
        await old.DeleteAsync("c0000", cancellationToken: c.CancellationToken);
        all.RemoveAt(0);
        await IsRightAsync(c, customers, [.. all.Take(6)]);
        var change = old.Keyspace.Change();
        change.Insert(old, all[6]);
        change.Update(old, all[2] with { Labels = ["changed"], Status = null });
        await change.CommitAsync(c.CancellationToken);
        (all[6], all[2]) = (all[6] with { Version = 1 }, all[2] with { Labels = ["changed"], Status = null, Version = all[2].Version + 1 });
        Equal(all[6], await old.FindAsync(m => m.ByEmail, all[6].Email, c.CancellationToken));
        await IsRightAsync(c, customers, all);
        Equal([], (await ContentsAsync(c)).Where(line => line.Contains(":meta:", StringComparison.Ordinal)));
    }

    // It looks once a minute, and at every 1,024th write.
    private static async Task Older_code_notices_newer_indexes(ConformanceContext c)
    {
        await using var other = Process(c);
        var old = Narrow(c, other);
        var all = Enumerable.Range(0, Count).Select(Customer.Number).ToList();
        await old.InsertManyAsync(all, cancellationToken: c.CancellationToken);
        var customers = EntityConformance.Customers(c);
        all.Add(await customers.InsertAsync(Customer.Number(Count), c.CancellationToken));
        for (var i = 0; i < 36; i++)
        {
            (await old.UpsertManyAsync(all[..Count], cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
        }

        True((await customers.BuildIndexesAsync(AtOnce, c.CancellationToken)).IsReady);
        all.Add(await old.InsertAsync(Customer.Number(Count + 1), c.CancellationToken));
        await IsRightAsync(c, customers, [.. all.Select((customer, i) => customer with { Version = i < Count ? 37 : 1 })]);
    }

    // Each has an index that the other does not declare.
    private static async Task Code_with_other_indexes_goes_on_finding_everything(ConformanceContext c)
    {
        await using var other = Process(c);
        var odd = other.Keyspace(c.Tag).Repository<Customer, OddCustomerModel>(new OddCustomerModel(c.Layout, revision: 2));
        var customers = EntityConformance.Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await ThrowsAsync<IndexNotReadyException>(async () => await odd.Query(m => m.ByAge.Is(19)).ToIdsAsync(c.CancellationToken));
        True((await odd.BuildIndexesAsync(AtOnce, c.CancellationToken)).IsReady);
        for (var i = 0; i < 3; i++)
        {
            Equal(["c0001"], await odd.Query(m => m.ByAge.Is(19)).ToIdsAsync(c.CancellationToken));
            Equal(["c0001"], await customers.Query(m => m.ByStatus.Is("banned")).ToIdsAsync(c.CancellationToken));
        }

        await odd.InsertAsync(Customer.Number(2), c.CancellationToken);
        await using var third = Process(c);
        await third.Keyspace(c.Tag).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout)).InsertAsync(Customer.Number(3), c.CancellationToken);
        Equal(3L, await odd.Query(m => m.ByAge.AnyOf(19, 20, 21)).CountAsync(c.CancellationToken));
        Equal(3L, await customers.Query(m => m.ByAge.Between(19, 21)).CountAsync(c.CancellationToken));
        Equal("c0002", (await customers.FindAsync(m => m.ByEmail, Customer.Number(2).Email, c.CancellationToken))?.Id);
        True((await customers.VerifyAsync(c.CancellationToken)).IsClean);
        True((await odd.VerifyAsync(c.CancellationToken)).IsClean);
    }

    private static async Task Another_definition_needs_another_revision(ConformanceContext c)
    {
        await using var other = Process(c);
        await using var third = Process(c);
        var customers = EntityConformance.Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var before = await ContentsAsync(c);
        var odd = other.Keyspace(c.Tag).Repository<Customer, OddCustomerModel>(new OddCustomerModel(c.Layout, revision: 1));
        var refusal = await ThrowsAsync<ModelException>(async () => await odd.InsertAsync(Customer.Number(2), c.CancellationToken));
        True(refusal.Message.Contains("customer.age", StringComparison.Ordinal) && refusal.Message.Contains("revision", StringComparison.Ordinal));
        await ThrowsAsync<ModelException>(async () => await odd.UpdateAsync(Customer.Number(1) with { Version = 1 }, c.CancellationToken));
        await ThrowsAsync<ModelException>(async () => await odd.Query(m => m.ByAge.Is(19)).ToIdsAsync(c.CancellationToken));
        await ThrowsAsync<ModelException>(async () => await odd.BuildIndexesAsync(AtOnce, c.CancellationToken));
        Equal(before.Where(line => !IsPart(line)), (await ContentsAsync(c)).Where(line => !IsPart(line)));
        var revised = third.Keyspace(c.Tag).Repository<Customer, OddCustomerModel>(new OddCustomerModel(c.Layout, revision: 2));
        await revised.InsertAsync(Customer.Number(2), c.CancellationToken);
        await revised.BuildIndexesAsync(AtOnce, c.CancellationToken);
        Equal(["c0001"], await revised.Query(m => m.ByAge.Is(19)).ToIdsAsync(c.CancellationToken));
    }

    private static async Task A_value_that_two_entities_have_keeps_a_unique_index_from_being_ready(ConformanceContext c)
    {
        await using var other = Process(c);
        var old = other.Keyspace(c.Tag).Repository<Customer, BareCustomerModel>(new BareCustomerModel(c.Layout));
        for (var i = 0; i < 4; i++)
        {
            await old.InsertAsync(Customer.Number(i) with { Email = i < 2 ? "same@example.com" : Customer.Number(i).Email }, c.CancellationToken);
        }

        var customers = EntityConformance.Customers(c);
        for (var i = 0; i < 2; i++)
        {
            var report = await customers.BuildIndexesAsync(AtOnce, c.CancellationToken);
            Equal(("email", false), (report.Duplicates.Single().Index, report.IsReady));
            True(report.Duplicates[0].Id is "c0000" or "c0001");
            Equal(["email"], report.Indexes.Where(index => index.State != IndexState.Ready).Select(index => index.Index));
            Equal(4L, await customers.Query(m => m.ByAge.AtLeast(0)).CountAsync(c.CancellationToken), "the others are ready");
            Equal("email", (await ThrowsAsync<IndexNotReadyException>(async () => await customers.FindAsync(m => m.ByEmail, "same@example.com", c.CancellationToken))).Index);
        }

        await customers.UpdateAsync(Customer.Number(1) with { Version = 1 }, c.CancellationToken);
        var last = await customers.BuildIndexesAsync(AtOnce, c.CancellationToken);
        Equal((0, true), (last.Duplicates.Count, last.IsReady));
        Equal("c0000", (await customers.FindAsync(m => m.ByEmail, "same@example.com", c.CancellationToken))?.Id);
        True((await customers.VerifyAsync(c.CancellationToken)).IsClean);
    }

    private static async Task Entities_of_which_nothing_is_remembered_are_built_in(ConformanceContext c)
    {
        await using var other = Process(c);
        var old = other.Keyspace(c.Tag).Repository<Note, BareNoteModel>(new BareNoteModel(c.Layout));
        for (var i = 0; i < 5; i++)
        {
            await old.InsertAsync(new Note($"n{i}", "text", i % 2 == 0 ? "even" : null), c.CancellationToken);
        }

        var notes = c.Store.Keyspace(c.Tag).Repository<Note, NoteModel>(new NoteModel(c.Layout));
        await ThrowsAsync<IndexNotReadyException>(async () => await notes.Query(m => m.ByTopic.Is("even")).ToIdsAsync(c.CancellationToken));
        await notes.InsertAsync(new Note("n5", "text", "odd"), c.CancellationToken);
        await ThrowsAsync<IndexNotReadyException>(async () => await notes.Query().ToIdsAsync(c.CancellationToken));
        var report = await notes.BuildIndexesAsync(AtOnce, c.CancellationToken);
        Equal((5L, true), (report.Indexed, report.IsReady));
        EqualInAnyOrder(["n0", "n2", "n4"], await notes.Query(m => m.ByTopic.Is("even")).ToIdsAsync(c.CancellationToken));
        Equal(6L, await notes.Query().CountAsync(c.CancellationToken));
        True((await notes.VerifyAsync(c.CancellationToken)).IsClean);
    }

    private static async Task What_can_not_be_read_is_named_and_stops_nothing(ConformanceContext c)
    {
        await using var other = Process(c);
        await Narrow(c, other).InsertAsync(Customer.Number(1), c.CancellationToken);
        StoreKey key = $"{{{c.Tag}}}:customer:bad";
        await c.GivenAsync(c.Layout == EntityLayout.Hash ? Hashes.Set(key, "labels", "{") : Strings.Set(key, "{"));
        var customers = EntityConformance.Customers(c);
        var report = await customers.BuildIndexesAsync(AtOnce, c.CancellationToken);
        Equal((2L, 1L, 1L, "bad", true), (report.Read, report.Indexed, report.Failed, report.Failures.Single().Id, report.IsReady));
        Equal(["c0001"], await customers.Query(m => m.ByStatus.Is("banned")).ToIdsAsync(c.CancellationToken));
        Equal(1L, (await customers.VerifyAsync(c.CancellationToken)).Unreadable);
    }

    private static async Task A_disabled_index_answers_when_it_is_built_again(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await customers.DisableIndexAsync(m => m.ByStatus, c.CancellationToken);
        var refusal = await ThrowsAsync<IndexNotReadyException>(async () => await customers.Query(m => m.ByStatus.Is("banned")).ToIdsAsync(c.CancellationToken));
        Equal(("status", IndexState.Disabled), (refusal.Index, refusal.State));
        Equal(["c0001"], await customers.Query(m => m.ByAge.Is(19)).ToIdsAsync(c.CancellationToken));
        await customers.InsertAsync(Customer.Number(4), c.CancellationToken);
        True((await customers.BuildIndexesAsync(AtOnce, c.CancellationToken)).IsReady);
        EqualInAnyOrder(["c0001", "c0004"], await customers.Query(m => m.ByStatus.Is("banned")).ToIdsAsync(c.CancellationToken));
    }

    private static async Task A_build_that_was_stopped_goes_on(ConformanceContext c)
    {
        await using var other = Process(c);
        await Narrow(c, other).InsertManyAsync([.. Enumerable.Range(0, Count).Select(Customer.Number)], cancellationToken: c.CancellationToken);
        var customers = EntityConformance.Customers(c);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var stopping = new Listener<IndexBuildProgress>(progress =>
        {
            if (progress.Indexed >= 10)
            {
                stop.Cancel();
            }
        });
        await ThrowsAsync<OperationCanceledException>(async () => await customers.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero, Progress = stopping }, stop.Token));
        await ThrowsAsync<IndexNotReadyException>(async () => await customers.Query(m => m.ByStatus.Is("new")).ToIdsAsync(c.CancellationToken));

        // Another process goes on.
        await using var third = Process(c);
        var report = await third.Keyspace(c.Tag).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout)).BuildIndexesAsync(cancellationToken: c.CancellationToken);
        Equal((true, true, (long)Count, (long)Count), (report.WasResumed, report.IsReady, report.Read, report.Indexed), "the counts of both runs");
        await IsRightAsync(c, customers, [.. Enumerable.Range(0, Count).Select(i => Customer.Number(i) with { Version = 1 })]);
    }

    private static async Task Builders_and_writers_of_both_models_do_not_disturb_each_other(ConformanceContext c)
    {
        await using var other = Process(c);
        var old = Narrow(c, other);
        await old.InsertManyAsync([.. Enumerable.Range(0, Count).Select(Customer.Number)], cancellationToken: c.CancellationToken);
        var customers = EntityConformance.Customers(c);
        await customers.DeleteAsync("c9999", cancellationToken: c.CancellationToken);
        await using var third = Process(c);
        old = Narrow(c, third);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            while (!stop.IsCancellationRequested)
            {
                // Each has ids of its own, half of them new.
                var number = (random.Next(Count / 2) * 4) + writer;
                var customer = Customer.Number(number) with { Status = $"s{random.Next(3)}", Age = random.Next(90) };
                switch (writer % 2 == 0 ? random.Next(3) : 3 + random.Next(2))
                {
                    case 0:
                        await old.DeleteAsync(customer.Id, cancellationToken: c.CancellationToken);
                        break;
                    case 1 or 2:
                        await old.UpsertAsync(customer, c.CancellationToken);
                        break;
                    case 3:
                        await customers.DeleteAsync(customer.Id, cancellationToken: c.CancellationToken);
                        break;
                    default:
                        await customers.UpsertAsync(customer, c.CancellationToken);
                        break;
                }
            }
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => customers.BuildIndexesAsync(AtOnce, c.CancellationToken).AsTask()));
        for (var i = 0; i < 3; i++)
        {
            Equal("", string.Join(", ", (await customers.VerifyAsync(c.CancellationToken)).Differences));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        True((await customers.BuildIndexesAsync(AtOnce, c.CancellationToken)).IsReady);
        var ids = Enumerable.Range(0, 2 * Count).Select(i => $"c{i:D4}");
        await IsRightAsync(c, customers, [.. (await customers.GetManyAsync(ids, c.CancellationToken)).OfType<Customer>()]);
    }

    private static async Task A_crash_amid_a_build_does_no_harm(ConformanceContext c)
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
            foreach (var fault in (ChaosFault[])[ChaosFault.BeforeSend, ChaosFault.AfterEffect])
            {
                var tag = $"{c.Tag}-{call}-{fault}";
                await using var other = Process(c);
                var old = other.Keyspace(tag).Repository<Customer, NarrowCustomerModel>(new NarrowCustomerModel(c.Layout));
                for (var i = 0; i < 3; i++)
                {
                    await old.InsertAsync(Customer.Number(i), c.CancellationToken);
                }

                await using var chaos = new ChaosStore(c.Store, new ChaosOptions { Rules = [new ChaosRule { Fault = fault, AtCall = call }] }, ownsInner: false);
                var struck = chaos.Keyspace(tag).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
                try
                {
                    await struck.BuildIndexesAsync(AtOnce, c.CancellationToken);
                }
                catch (StoreException)
                {
                    // The process is gone.
                }

                wasStruck = chaos.Calls >= call;
                await using var third = Process(c);
                var customers = third.Keyspace(tag).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
                await using var fourth = Process(c);
                await fourth.Keyspace(tag).Repository<Customer, NarrowCustomerModel>(new NarrowCustomerModel(c.Layout)).InsertAsync(Customer.Number(3), c.CancellationToken);
                True((await customers.BuildIndexesAsync(AtOnce, c.CancellationToken)).IsReady);
                Equal(4L, await customers.Query(m => m.ByAge.AtLeast(0)).CountAsync(c.CancellationToken), $"call {call}, {fault}");
                if (call % 8 == 0)
                {
                    Equal([], (await customers.VerifyAsync(c.CancellationToken)).Differences);
                }
            }
        }

        True(call > 60);
    }

    private static async Task Indexes_that_nobody_uses_are_dropped(ConformanceContext c)
    {
        await using var other = Process(c);
        var old = EntityConformance.Customers(c);
        await old.InsertManyAsync([.. Enumerable.Range(0, Count).Select(Customer.Number)], cancellationToken: c.CancellationToken);
        var narrow = Narrow(c, other);
        var first = await narrow.DropUnusedIndexesAsync(TimeSpan.Zero, c.CancellationToken);
        Equal([], first, "entities are in them");
        var report = await narrow.BuildIndexesAsync(new IndexBuildOptions { Settle = TimeSpan.Zero, DropUnusedFor = TimeSpan.Zero }, c.CancellationToken);
        Equal(((long)Count, true), (report.Indexed, report.IsReady));
        Equal(["age", "status"], report.Dropped);
        Equal([], (await ContentsAsync(c)).Where(line => line.Contains(":idx:customer:status", StringComparison.Ordinal) || line.Contains(":idx:customer:age", StringComparison.Ordinal) || line.Contains(":pending", StringComparison.Ordinal)));
        EqualInAnyOrder(["label", "email", "created"], report.Indexes.Select(index => index.Index));
        Equal(Count, (await narrow.Query(m => m.ByCreated.AtLeast(DateTimeOffset.UnixEpoch)).ToListAsync(c.CancellationToken)).Count);
        await ThrowsAsync<IndexNotReadyException>(async () => await old.Query(m => m.ByStatus.Is("new")).ToIdsAsync(c.CancellationToken));
        True((await old.BuildIndexesAsync(AtOnce, c.CancellationToken)).IsReady);
        await IsRightAsync(c, old, [.. Enumerable.Range(0, Count).Select(i => Customer.Number(i) with { Version = 1 })]);
    }

    private static RoundTripCountingKeyValueStore Process(ConformanceContext c) => new(c.Store, ownsInner: false);

    private static Repository<Customer, NarrowCustomerModel> Narrow(ConformanceContext c, IKeyValueStore process) =>
        process.Keyspace(c.Tag).Repository<Customer, NarrowCustomerModel>(new NarrowCustomerModel(c.Layout));

    private static async Task<IReadOnlyList<string>> ContentsAsync(ConformanceContext c) => await StoreContents.ReadAsync(c.Store, "{" + c.Tag, c.CancellationToken);

    private static bool IsPart(string line) => line.Contains(":customer:c", StringComparison.Ordinal) && line.Split(' ')[0].Count(letter => letter == ':') > 2;

    private static async Task IsRightAsync(ConformanceContext c, Repository<Customer, CustomerModel> customers, List<Customer> all)
    {
        foreach (var status in all.Select(customer => customer.Status).Append("none").Distinct())
        {
            EqualInAnyOrder(all.Where(x => x.Status == status && status is not null), await customers.Query(m => m.ByStatus.Is(status)).ToListAsync(c.CancellationToken));
        }

        Equal(all.OrderBy(x => x.Age).ThenBy(x => x.Id, StringComparer.Ordinal).Select(x => x.Id), await customers.Query().OrderBy(m => m.ByAge).ToIdsAsync(c.CancellationToken));
        Equal(all.Count(x => x.Labels!.Contains("even")), (await customers.Query(m => m.ByLabel.Is("even")).ToIdsAsync(c.CancellationToken)).Count);
        foreach (var customer in all.Take(5))
        {
            Equal(customer, await customers.FindAsync(m => m.ByEmail, customer.Email, c.CancellationToken));
        }

        var report = await customers.VerifyAsync(c.CancellationToken);
        Equal("", string.Join(", ", report.Differences));
        Equal((long)all.Count, report.Entities);
    }

    private sealed class Listener<TReport>(Action<TReport> report) : IProgress<TReport>
    {
        public void Report(TReport value) => report(value);
    }
}
