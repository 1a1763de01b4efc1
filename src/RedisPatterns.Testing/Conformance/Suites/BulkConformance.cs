using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about writes and reads of many entities, each for itself.</summary>
public sealed class BulkConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Every_item_has_its_outcome_in_order, StoreFeatures.Scripts),
        new(Updates_and_upserts_of_many, StoreFeatures.Scripts),
        new(Patches_and_deletes_of_many, StoreFeatures.Scripts),
        new(What_comes_one_after_another_is_written_as_it_comes, StoreFeatures.Scripts),
        new(Ends_of_many_are_set, StoreFeatures.Scripts),
        new(Deletes_of_many_may_ask_for_versions, StoreFeatures.Scripts),
        new(An_id_that_is_there_twice_is_refused_before_anything_is_sent, StoreFeatures.Scripts),
        new(Progress_is_told_in_order_to_the_end, StoreFeatures.Scripts),
        new(What_is_cancelled_stops, StoreFeatures.Scripts),
        new(Nothing_is_nothing, StoreFeatures.Scripts),
        new(Unreadable_rows_are_collected_in_every_layout, StoreFeatures.Scripts),
        new(A_row_that_can_not_be_read_tells_its_key_pattern_and_schema, StoreFeatures.Scripts),
    ];

    private static async Task Every_item_has_its_outcome_in_order(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        await customers.InsertAsync(Customer.Number(3), c.CancellationToken);
        await customers.InsertAsync(Customer.Number(900) with { Email = "taken@example.com" }, c.CancellationToken);
        var items = Enumerable.Range(0, 40).Select(i => i % 10 == 7 ? Customer.Number(i) with { Email = "taken@example.com" } : Customer.Number(i)).ToArray();
        var report = await customers.InsertManyAsync(items, new BulkOptions { MaximumInFlight = 8 }, c.CancellationToken);
        Equal(40, report.Results.Count);
        Equal((35, 5), (report.Succeeded, report.Failed));
        for (var i = 0; i < items.Length; i++)
        {
            var result = report.Results[i];
            Equal((long)i, result.Index);
            Equal(i == 3 ? nameof(EntityExistsException) : i % 10 == 7 ? nameof(DuplicateValueException) : null, result.Error?.GetType().Name, $"the outcome of {i}");
            Equal(result.IsSuccess ? items[i] with { Version = 1 } : null, result.Value);
        }

        var failure = await ThrowsAsync<BulkException>(() =>
        {
            report.ThrowIfAnyFailed();
            return Task.CompletedTask;
        });
        Equal((35, 5), (failure.Succeeded, failure.Failed));
        await EntityConformance.IsCleanAsync(c, customers, 37);
    }

    private static async Task Updates_and_upserts_of_many(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var inserted = await customers.InsertManyAsync([.. Enumerable.Range(0, 10).Select(Customer.Number)], cancellationToken: c.CancellationToken);
        var stored = inserted.Results.Select(result => result.Value!).ToArray();
        await customers.DeleteAsync(stored[4].Id, cancellationToken: c.CancellationToken);
        await customers.UpdateAsync(stored[5] with { Age = 1 }, c.CancellationToken);
        var updated = await customers.UpdateManyAsync([.. stored.Select(customer => customer with { Status = "bulk" })], cancellationToken: c.CancellationToken);
        Equal(2, updated.Failed);
        Equal(nameof(EntityNotFoundException), updated.Results[4].Error?.GetType().Name);
        var conflict = (VersionConflictException)updated.Results[5].Error!;
        Equal((1L, 2L), (conflict.ExpectedVersion, conflict.ActualVersion));
        Equal(8L, await customers.Query(m => m.ByStatus.Is("bulk")).CountAsync(c.CancellationToken));
        var upserted = await customers.UpsertManyAsync(stored, cancellationToken: c.CancellationToken);
        Equal(0, upserted.Failed);
        Equal([3L, 3L, 3L, 3L, 1L, 3L, 3L, 3L, 3L, 3L], upserted.Results.Select(result => result.Value!.Version).ToArray());
        await EntityConformance.IsCleanAsync(c, customers, 10);
    }

    private static async Task Patches_and_deletes_of_many(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        var inserted = await box.Tickets.InsertManyAsync([Ticket.Of("a"), Ticket.Of("b"), Ticket.Of("c")], cancellationToken: c.CancellationToken);
        inserted.ThrowIfAnyFailed();

        // One after the other, as the last takes the value that the first gives up.
        var patched = await box.Tickets.PatchManyAsync(
            ["a", "nobody", "b", "c"],
            (id, p) => p.Set(m => m.Status, $"of {id}").Set(m => m.Email, id == "c" ? "a@example.com" : $"{id}@new"),
            new BulkOptions { MaximumInFlight = 1 },
            c.CancellationToken);
        Equal([2L, 0L, 2L, 2L], patched.Results.Select(result => result.Value).ToArray());
        Equal([null, nameof(EntityNotFoundException), null, null], patched.Results.Select(result => result.Error?.GetType().Name).ToArray());
        Equal(["b"], await box.Tickets.Query(m => m.ByStatus.Is("of b")).ToIdsAsync(c.CancellationToken));
        var deleted = await box.Tickets.DeleteManyAsync(["c", "nobody", "a"], cancellationToken: c.CancellationToken);
        Equal([true, false, true], deleted.Results.Select(result => result.Value).ToArray());
        Equal(["b"], await box.Tickets.Query().ToIdsAsync(c.CancellationToken));
        await ExpiryConformance.IsCleanAsync(c, box, 1);
    });

    private static async Task Deletes_of_many_may_ask_for_versions(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        (await customers.InsertManyAsync([.. Enumerable.Range(0, 3).Select(Customer.Number)], cancellationToken: c.CancellationToken)).ThrowIfAnyFailed();
        await customers.UpdateAsync(Customer.Number(1) with { Version = 1 }, c.CancellationToken);
        var deleted = await customers.DeleteManyAsync([("c0000", 1L), ("c0001", 1L), ("nobody", 1L), ("c0002", 1L)], cancellationToken: c.CancellationToken);
        Equal([true, false, false, true], deleted.Results.Select(result => result.Value).ToArray());
        Equal([null, nameof(VersionConflictException), null, null], deleted.Results.Select(result => result.Error?.GetType().Name).ToArray());
        await ThrowsAsync<ArgumentException>(async () => await customers.DeleteManyAsync([("c0001", 1L), ("c0001", 2L)], cancellationToken: c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 1);
    }

    private static async Task What_comes_one_after_another_is_written_as_it_comes(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        await customers.InsertAsync(Customer.Number(3), c.CancellationToken);
        var (asked, seen) = (0, 0);
        var options = new BulkOptions { MaximumInFlight = 4 };
        await foreach (var result in customers.InsertManyAsync(Source(20), options, c.CancellationToken))
        {
            Equal((long)seen++, result.Index);
            True(asked <= seen + options.MaximumInFlight, $"{asked} were asked for when {seen} had come back");
            Equal(result.Index == 3 ? nameof(EntityExistsException) : null, result.Error?.GetType().Name);
            Equal(result.IsSuccess ? Customer.Number((int)result.Index) with { Version = 1 } : null, result.Value);
        }

        Equal((20, 20), (asked, seen));
        var updated = await customers.UpdateManyAsync(Source(20).Select(customer => customer with { Version = 1, Status = "streamed" }), options, c.CancellationToken).ToListAsync(c.CancellationToken);
        Equal(20, updated.Count(result => result.Value is { Version: 2 }));
        var upserted = await customers.UpsertManyAsync(Source(25), options, c.CancellationToken).ToListAsync(c.CancellationToken);
        Equal([.. Enumerable.Repeat(3L, 20), .. Enumerable.Repeat(1L, 5)], upserted.Select(result => result.Value!.Version).ToArray());
        await EntityConformance.IsCleanAsync(c, customers, 25);

        async IAsyncEnumerable<Customer> Source(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await Task.Yield();
                asked++;
                yield return Customer.Number(i);
            }
        }
    }

    private static async Task Ends_of_many_are_set(ConformanceContext c)
    {
        await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
        {
            var (first, second) = (ExpiryConformance.Moment(c, TimeSpan.FromHours(3)), ExpiryConformance.Moment(c, TimeSpan.FromHours(5)));
            var inserted = await box.Tickets.InsertManyAsync([Ticket.Of("a"), Ticket.Of("b")], new BulkOptions { Expiry = Expiry.At(first) }, c.CancellationToken);
            Equal((first, first), (await box.EndAsync("a"), await box.EndAsync("b")));
            await box.Tickets.UpdateManyAsync([.. inserted.Results.Select(result => result.Value!)], new BulkOptions { Expiry = Expiry.At(second) }, c.CancellationToken);
            Equal((second, second), (await box.EndAsync("a"), await box.EndAsync("b")));
            await box.Tickets.UpsertManyAsync([Ticket.Of("a")], new BulkOptions { Expiry = Expiry.Persist }, c.CancellationToken);
            Equal((null, second), (await box.EndAsync("a"), await box.EndAsync("b")));
            var set = await box.Tickets.SetExpiryManyAsync(["a", "nobody", "b"], Expiry.At(first), cancellationToken: c.CancellationToken);
            Equal([true, false, true], set.Results.Select(result => result.Value).ToArray());
            Equal((first, first), (await box.EndAsync("a"), await box.EndAsync("b")));
            Equal(["a", "b"], await box.ScheduledAsync());
            await ExpiryConformance.IsCleanAsync(c, box, 2);
        });
        await TicketBox.EachAsync(c, TicketExpiry.None, async box =>
        {
            var options = new BulkOptions { Expiry = TimeSpan.FromHours(1) };
            await ThrowsAsync<ModelException>(async () => await box.Tickets.InsertManyAsync([Ticket.Of("a")], options, c.CancellationToken));
            await ThrowsAsync<ModelException>(async () => await box.Tickets.SetExpiryManyAsync(["a"], options.Expiry, cancellationToken: c.CancellationToken));
            Equal([], await box.ContentsAsync());
        });
    }

    private static async Task An_id_that_is_there_twice_is_refused_before_anything_is_sent(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        Customer[] twice = [Customer.Number(1), Customer.Number(2), Customer.Number(1) with { Age = 3 }];
        await ThrowsAsync<ArgumentException>(async () => await customers.InsertManyAsync(twice, cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await customers.UpsertManyAsync(twice, cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await customers.UpdateManyAsync(twice, cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await customers.PatchManyAsync(["a", "a"], (_, _) => throw new InvalidOperationException(), cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await customers.DeleteManyAsync(["a", "b", "a"], cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentNullException>(async () => await customers.InsertManyAsync([Customer.Number(1), null!], cancellationToken: c.CancellationToken));
        Equal([], await EntityConformance.ContentsAsync(c));
    }

    private static async Task Progress_is_told_in_order_to_the_end(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        await customers.InsertAsync(Customer.Number(2), c.CancellationToken);
        var told = new Teller();
        await customers.InsertManyAsync(
            [.. Enumerable.Range(0, 25).Select(Customer.Number)], new BulkOptions { MaximumInFlight = 4, Progress = told, ProgressEvery = 10 }, c.CancellationToken);
        Equal([new BulkProgress(10, 1, 25), new BulkProgress(20, 1, 25), new BulkProgress(25, 1, 25)], told.Seen.ToArray());
    }

    private static async Task What_is_cancelled_stops(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var told = new Teller { At = 10, Do = cancellation.Cancel };
        await ThrowsAsync<OperationCanceledException>(async () => await customers.InsertManyAsync(
            [.. Enumerable.Range(0, 500).Select(Customer.Number)], new BulkOptions { MaximumInFlight = 4, Progress = told, ProgressEvery = 10 }, cancellation.Token));
        var written = await customers.Query().CountAsync(c.CancellationToken);
        True(written is >= 10 and <= 14, $"{written} were written of 10 that were done and 4 in flight");
        await EntityConformance.IsCleanAsync(c, customers, written);
    }

    private static async Task Nothing_is_nothing(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        Equal(0, (await customers.InsertManyAsync([], cancellationToken: c.CancellationToken)).Results.Count);
        Equal(0, (await customers.DeleteManyAsync(Array.Empty<string>(), cancellationToken: c.CancellationToken)).Results.Count);
        Equal(0, (await customers.GetManyAsync(Array.Empty<string>(), c.CancellationToken)).Count);
        Equal([], await EntityConformance.ContentsAsync(c));
    }

    private static async Task Unreadable_rows_are_collected_in_every_layout(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.PerCall, async box =>
    {
        var stored = (await box.Tickets.InsertManyAsync([Ticket.Of("a"), Ticket.Of("b"), Ticket.Of("c")], cancellationToken: c.CancellationToken)).Results;
        await BreakAsync(c, box, "b");
        var unreadable = new List<UnreadableEntity>();
        var read = await box.Tickets.GetManyAsync(["a", "b", "nobody", "c"], unreadable.Add, c.CancellationToken);
        Equal<IReadOnlyList<Ticket?>>([stored[0].Value, null, null, stored[2].Value], read);
        Equal(["b"], unreadable.Select(row => row.Id).ToArray());
        await ThrowsAsync<EntityFormatException>(async () => await box.Tickets.GetManyAsync(["a", "b"], c.CancellationToken));
        unreadable.Clear();
        var found = await box.Tickets.Query(m => m.ByStatus.Is("open")).OrderBy(m => m.ByRank).SkipUnreadable(unreadable.Add).ToListAsync(c.CancellationToken);
        Equal(["a", "c"], found.Select(ticket => ticket.Id).ToArray());
        Equal(["b"], unreadable.Select(row => row.Id).ToArray());
        await ThrowsAsync<EntityFormatException>(async () => await box.Tickets.Query().ToListAsync(c.CancellationToken));
        Equal(3L, await box.Tickets.Query().CountAsync(c.CancellationToken));
        True(await box.Tickets.DeleteAsync("b", cancellationToken: c.CancellationToken));
    });

    private static async Task A_row_that_can_not_be_read_tells_its_key_pattern_and_schema(ConformanceContext c) => await TicketBox.EachAsync(c, TicketExpiry.None, async box =>
    {
        await box.Tickets.InsertAsync(Ticket.Of("secret"), c.CancellationToken);
        await BreakAsync(c, box, "secret");
        var error = await ThrowsAsync<EntityFormatException>(async () => await box.Tickets.GetAsync("secret", c.CancellationToken));
        Equal(("ticket", $"{box.Tickets.Keyspace.Tag}:ticket:{{id}}", 1), (error.Model, error.KeyPattern, error.SchemaVersion));
        True(error.Message.Contains(error.KeyPattern, StringComparison.Ordinal) && !error.Message.Contains("secret", StringComparison.Ordinal), error.Message);
    });

    // Something that no layout can read, where it still can tell that there is an entity.
    private static Task BreakAsync(ConformanceContext c, TicketBox box, string id)
    {
        var key = (StoreKey)$"{box.Tickets.Keyspace.Tag}:ticket:{id}";
        return box.Layout.ToString() switch
        {
            "Hash" => c.GivenAsync(Hashes.Set(key, "rank", "not a number")),
            "Attributes" => c.GivenAsync(Strings.Set($"{key}:rank", "not a number")),
            _ => c.GivenAsync(Strings.Set(key, "{ not json")),
        };
    }

    private sealed class Teller : IProgress<BulkProgress>
    {
        public List<BulkProgress> Seen { get; } = [];

        public long At { get; init; }

        public Action? Do { get; init; }

        public void Report(BulkProgress value)
        {
            Seen.Add(value);
            if (value.Completed == At)
            {
                Do?.Invoke();
            }
        }
    }
}
