namespace RedisPatterns.Testing;

/// <summary>What every store promises about units of work.</summary>
public class ChangeConformance : LayoutConformance
{
    /// <summary>The suite for entities that are whole documents.</summary>
    public ChangeConformance()
        : this(ConformanceLayouts.Document)
    {
    }

    private protected ChangeConformance(EntityLayout layout)
        : base(layout, Cases)
    {
    }

    private static IEnumerable<ConformanceTest> Cases =>
    [
        new(Writes_of_several_models_are_committed_together, StoreFeatures.Scripts),
        new(A_later_write_sees_an_earlier_one, StoreFeatures.Scripts),
        new(Two_entities_may_swap_their_unique_values_through_a_third, StoreFeatures.Scripts),
        new(Two_claims_of_one_value_in_one_change_are_refused, StoreFeatures.Scripts),
        new(A_conflict_says_which_write, StoreFeatures.Scripts),
        new(A_delete_of_nothing_does_not_refuse, StoreFeatures.Scripts),
        new(A_delete_that_names_a_version_demands_it, StoreFeatures.Scripts),
        new(What_a_change_demands_holds_or_refuses_it, StoreFeatures.Scripts),
        new(A_demand_says_nothing_of_what_the_change_does_later, StoreFeatures.Scripts),
        new(An_edit_in_a_change_sees_what_is_stored, StoreFeatures.Scripts),
        new(A_change_can_not_span_keyspaces, StoreFeatures.Scripts),
        new(A_change_is_committed_once, StoreFeatures.Scripts),
        new(A_remembered_change_is_applied_once, StoreFeatures.Scripts),
        new(A_change_that_was_refused_is_not_remembered, StoreFeatures.Scripts),
        new(A_change_is_repeated_until_it_is_answered, StoreFeatures.Scripts),
        new(An_empty_change_is_committed_without_a_call),
        new(Many_writes_are_committed_at_once, StoreFeatures.Scripts),
    ];

    private static Repository<Note, NoteModel> Notes(ConformanceContext c) => c.Store.Keyspace(c.Tag).Repository<Note, NoteModel>(new NoteModel(c.Layout));

    private static async Task Writes_of_several_models_are_committed_together(ConformanceContext c)
    {
        var (customers, notes) = (EntityConformance.Customers(c), Notes(c));
        var old = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var change = customers.Keyspace.Change();
        var inserted = change.Insert(customers, Customer.Number(2));
        var note = change.Insert(notes, new Note("n", "text", "topic"));
        var updated = change.Update(customers, old with { Age = 77 });
        var upserted = change.Upsert(customers, Customer.Number(3));
        Equal(4, change.Count);
        await ThrowsAsync<InvalidOperationException>(() => Task.FromResult(inserted.Value));
        await change.CommitAsync(c.CancellationToken);
        Equal(Customer.Number(2) with { Version = 1 }, inserted.Value);
        Equal(2L, updated.Value.Version);
        Equal(1L, upserted.Value.Version);
        Equal(note.Value, await notes.GetAsync("n", c.CancellationToken));
        Equal(updated.Value, await customers.GetAsync("c0001", c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 3);
    }

    private static async Task A_later_write_sees_an_earlier_one(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var change = customers.Keyspace.Change();
        change.Insert(customers, Customer.Number(1));
        change.Update(customers, Customer.Number(1) with { Version = 1, Status = "second", Labels = ["b"] });
        change.Upsert(customers, Customer.Number(1) with { Status = "third" });
        change.Delete(customers, "c0001", 3);
        var last = change.Insert(customers, Customer.Number(1) with { Status = "fourth" });
        await change.CommitAsync(c.CancellationToken);
        Equal(last.Value, await customers.GetAsync("c0001", c.CancellationToken));
        Equal(1L, last.Value.Version);
        Equal(["c0001"], await customers.Query(m => m.ByStatus.AnyOf("active", "second", "third", "fourth")).ToIdsAsync(c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 1);
    }

    private static async Task Two_entities_may_swap_their_unique_values_through_a_third(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var a = await customers.InsertAsync(Customer.Number(1) with { Email = "a@x" }, c.CancellationToken);
        var b = await customers.InsertAsync(Customer.Number(2) with { Email = "b@x" }, c.CancellationToken);
        var change = customers.Keyspace.Change();
        change.Update(customers, a with { Email = null });
        change.Update(customers, b with { Email = "a@x" });
        change.Update(customers, a with { Email = "b@x", Version = 2 });
        await change.CommitAsync(c.CancellationToken);
        Equal("c0002", (await customers.FindAsync(m => m.ByEmail, "a@x", c.CancellationToken))!.Id);
        Equal("c0001", (await customers.FindAsync(m => m.ByEmail, "b@x", c.CancellationToken))!.Id);
        await EntityConformance.IsCleanAsync(c, customers, 2);
    }

    private static async Task Two_claims_of_one_value_in_one_change_are_refused(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var change = customers.Keyspace.Change();
        change.Insert(customers, Customer.Number(1) with { Email = "same@x" });
        change.Insert(customers, Customer.Number(2) with { Email = "same@x" });
        var refusal = await ThrowsAsync<DuplicateValueException>(async () => await change.CommitAsync(c.CancellationToken));
        Equal(1, refusal.Operation);
        Equal([], await EntityConformance.ContentsAsync(c));
    }

    private static async Task A_conflict_says_which_write(ConformanceContext c)
    {
        var (customers, notes) = (EntityConformance.Customers(c), Notes(c));
        var stored = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await customers.UpdateAsync(stored, c.CancellationToken);
        var contents = await EntityConformance.ContentsAsync(c);
        var change = customers.Keyspace.Change();
        change.Insert(notes, new Note("n", "text", null));
        change.Update(customers, stored with { Age = 1 });
        var conflict = await ThrowsAsync<VersionConflictException>(async () => await change.CommitAsync(c.CancellationToken));
        Equal(("customer", 1, 1L, 2L), (conflict.Model, conflict.Operation, conflict.ExpectedVersion, conflict.ActualVersion));
        Equal(contents, await EntityConformance.ContentsAsync(c));

        change = customers.Keyspace.Change();
        change.Insert(notes, new Note("n", "text", null));
        change.Update(notes, new Note("none", "text", null));
        Equal(1, (await ThrowsAsync<EntityNotFoundException>(async () => await change.CommitAsync(c.CancellationToken))).Operation);
        Equal(contents, await EntityConformance.ContentsAsync(c));
    }

    private static async Task A_delete_of_nothing_does_not_refuse(ConformanceContext c)
    {
        var notes = Notes(c);
        var change = notes.Keyspace.Change();
        change.Delete(notes, "none");
        change.Insert(notes, new Note("n", "text", null));
        await change.CommitAsync(c.CancellationToken);
        True(await notes.ExistsAsync("n", c.CancellationToken));
    }

    private static async Task A_delete_that_names_a_version_demands_it(ConformanceContext c)
    {
        var (customers, notes) = (EntityConformance.Customers(c), Notes(c));
        var stored = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await customers.DeleteAsync(stored.Id, cancellationToken: c.CancellationToken);
        var before = await EntityConformance.ContentsAsync(c);

        // Somebody else was faster: what depends on the delete must not happen a second time.
        var change = customers.Keyspace.Change();
        change.Insert(notes, new Note("n", "text", null));
        change.Delete(customers, stored.Id, stored.Version);
        Equal(1, (await ThrowsAsync<EntityNotFoundException>(async () => await change.CommitAsync(c.CancellationToken))).Operation);
        Equal(before, await EntityConformance.ContentsAsync(c));
        Equal(false, await customers.DeleteAsync(stored.Id, stored.Version, c.CancellationToken));
        await ThrowsAsync<ModelException>(() =>
        {
            customers.Keyspace.Change().Delete(notes, "n", 1);
            return Task.CompletedTask;
        });
    }

    private static async Task What_a_change_demands_holds_or_refuses_it(ConformanceContext c)
    {
        var (customers, notes) = (EntityConformance.Customers(c), Notes(c));
        var stored = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        await notes.InsertAsync(new Note("there", "text", null), c.CancellationToken);
        var before = await EntityConformance.ContentsAsync(c);
        await RefusesAsync<EntityNotFoundException>(change => change.Require(customers, "nobody"));
        await RefusesAsync<EntityNotFoundException>(change => change.Require(customers, "nobody", 1));
        await RefusesAsync<EntityNotFoundException>(change => change.Require(notes, "nobody"));
        await RefusesAsync<EntityExistsException>(change => change.RequireAbsent(customers, stored.Id));
        await RefusesAsync<EntityExistsException>(change => change.RequireAbsent(notes, "there"));
        var conflict = await RefusesAsync<VersionConflictException>(change => change.Require(customers, stored.Id, 2));
        Equal((2L, 1L), (conflict.ExpectedVersion, conflict.ActualVersion));

        var holding = customers.Keyspace.Change();
        holding.Require(customers, stored.Id, 1);
        holding.Require(customers, stored.Id);
        holding.Require(notes, "there");
        holding.RequireAbsent(customers, "nobody");
        var inserted = holding.Insert(notes, new Note("n", "text", "topic"));
        await holding.CommitAsync(c.CancellationToken);
        Equal(inserted.Value, await notes.GetAsync("n", c.CancellationToken));
        Equal(stored, await customers.GetAsync(stored.Id, c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 1);

        // Demands alone are a question.
        var question = customers.Keyspace.Change();
        question.RequireAbsent(notes, "n");
        await ThrowsAsync<EntityExistsException>(async () => await question.CommitAsync(c.CancellationToken));
        await ThrowsAsync<ModelException>(() =>
        {
            customers.Keyspace.Change().Require(notes, "there", 1);
            return Task.CompletedTask;
        });

        async Task<TException> RefusesAsync<TException>(Action<Change> demand)
            where TException : EntityException
        {
            var change = customers.Keyspace.Change();
            change.Insert(notes, new Note("n", "text", "topic"));
            demand(change);
            change.Insert(notes, new Note("m", "text", "topic"));
            var refusal = await ThrowsAsync<TException>(async () => await change.CommitAsync(c.CancellationToken));
            Equal(1, refusal.Operation);
            Equal(before, await EntityConformance.ContentsAsync(c));
            return refusal;
        }
    }

    private static async Task A_demand_says_nothing_of_what_the_change_does_later(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var stored = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var change = customers.Keyspace.Change();
        change.Require(customers, stored.Id, 1);
        change.Update(customers, stored with { Status = "moved", Labels = ["b"] });
        change.Require(customers, stored.Id, 2);
        change.Delete(customers, stored.Id, 2);
        change.RequireAbsent(customers, stored.Id);
        await change.CommitAsync(c.CancellationToken);
        await EntityConformance.IsCleanAsync(c, customers, 0);
    }

    private static async Task An_edit_in_a_change_sees_what_is_stored(ConformanceContext c)
    {
        var (customers, notes) = (EntityConformance.Customers(c), Notes(c));
        var stored = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var calls = 0;
        var change = customers.Keyspace.Change();
        change.Require(customers, stored.Id);
        var edited = change.Edit(customers, stored.Id, customer =>
        {
            calls++;
            return customer with { Age = customer.Age + 1, Status = "edited" };
        });
        var note = change.Insert(notes, new Note("n", "text", null));
        Equal(0, calls);
        await customers.UpdateAsync(stored with { Age = 50 }, c.CancellationToken);
        await change.CommitAsync(c.CancellationToken);
        Equal((51, 3L, 1), (edited.Value.Age, edited.Value.Version, calls));
        Equal(edited.Value, await customers.GetAsync(stored.Id, c.CancellationToken));
        Equal(note.Value, await notes.GetAsync("n", c.CancellationToken));
        var before = await EntityConformance.ContentsAsync(c);
        var refused = customers.Keyspace.Change();
        refused.Edit(customers, "nobody", customer => customer);
        await ThrowsAsync<EntityNotFoundException>(async () => await refused.CommitAsync(c.CancellationToken));
        await ThrowsAsync<InvalidOperationException>(() =>
        {
            var twice = customers.Keyspace.Change();
            twice.Update(customers, edited.Value);
            return Task.FromResult(twice.Edit(customers, stored.Id, customer => customer));
        });
        Equal(before, await EntityConformance.ContentsAsync(c));
        await EntityConformance.IsCleanAsync(c, customers, 1);
    }

    private static async Task A_change_can_not_span_keyspaces(ConformanceContext c)
    {
        var notes = Notes(c);
        var other = c.Store.Keyspace(c.Tag, "other");
        await ThrowsAsync<CrossSlotException>(() => Task.FromResult(other.Change().Insert(notes, new Note("n", "text", null))));
    }

    private static async Task A_change_is_committed_once(ConformanceContext c)
    {
        var notes = Notes(c);
        var change = notes.Keyspace.Change();
        change.Insert(notes, new Note("n", "text", null));
        await change.CommitAsync(c.CancellationToken);
        await ThrowsAsync<InvalidOperationException>(async () => await change.CommitAsync(c.CancellationToken));
    }

    private static async Task A_remembered_change_is_applied_once(ConformanceContext c)
    {
        var (customers, notes) = (EntityConformance.Customers(c), Notes(c));
        await notes.InsertAsync(new Note("gone", "text", "topic"), c.CancellationToken);
        var sales = c.Store.Keyspace(c.Tag).Repository<Sale, SaleModel>(new SaleModel(c.Layout));
        var sold = await sales.InsertAsync(Sale.Number(1), c.CancellationToken);
        var before = await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            var change = customers.Keyspace.Change().RememberAs("order 17", TimeSpan.FromMinutes(10));
            var inserted = change.Insert(customers, Customer.Number(2));
            var updated = change.Update(customers, before with { Age = 50 });
            var upserted = change.Upsert(customers, Customer.Number(3));
            change.Delete(notes, "gone");
            change.Patch(sales, sold.Id, patch => patch.Increment(m => m.Quantity, 5));
            await change.CommitAsync(c.CancellationToken);
            Equal((1L, 2L, 1L), (inserted.Value.Version, updated.Value.Version, upserted.Value.Version));
            if (i == 1)
            {
                // What has happened since is left alone, and does not stand against it.
                await notes.InsertAsync(new Note("gone", "again", "topic"), c.CancellationToken);
                Equal(sold.Quantity + 5, (await sales.GetAsync(sold.Id, c.CancellationToken))!.Quantity);
                await sales.DeleteAsync(sold.Id, cancellationToken: c.CancellationToken);
                await customers.DeleteAsync(Customer.Number(2).Id, cancellationToken: c.CancellationToken);
            }
        }

        Equal("again", (await notes.GetAsync("gone", c.CancellationToken))!.Text);
        Equal(50, (await customers.GetAsync(before.Id, c.CancellationToken))!.Age);
        True(!await customers.ExistsAsync(Customer.Number(2).Id, c.CancellationToken));
        True(!await sales.ExistsAsync(sold.Id, c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 2);
        var other = customers.Keyspace.Change().RememberAs("order 17", TimeSpan.FromMinutes(10));
        other.Upsert(customers, Customer.Number(4));
        await ThrowsAsync<IdempotencyConflictException>(async () => await other.CommitAsync(c.CancellationToken));
        True(!await customers.ExistsAsync(Customer.Number(4).Id, c.CancellationToken));
        other = customers.Keyspace.Change().RememberAs("edit", TimeSpan.FromMinutes(10));
        other.Edit(customers, before.Id, read => read with { Age = 51 });
        await ThrowsAsync<InvalidOperationException>(async () => await other.CommitAsync(c.CancellationToken));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(other.RememberAs("", TimeSpan.FromMinutes(10))));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(other.RememberAs("id", TimeSpan.Zero)));
    }

    private static async Task A_change_that_was_refused_is_not_remembered(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        await customers.InsertAsync(Customer.Number(1), c.CancellationToken);
        var change = customers.Keyspace.Change().RememberAs("order 17", TimeSpan.FromMinutes(10));
        change.Upsert(customers, Customer.Number(2));
        change.Insert(customers, Customer.Number(1));
        Equal(1, (await ThrowsAsync<EntityExistsException>(async () => await change.CommitAsync(c.CancellationToken))).Operation);
        await customers.DeleteAsync(Customer.Number(1).Id, cancellationToken: c.CancellationToken);
        await change.CommitAsync(c.CancellationToken);
        await ThrowsAsync<InvalidOperationException>(async () => await change.CommitAsync(c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 2);
    }

    private static async Task A_change_is_repeated_until_it_is_answered(ConformanceContext c)
    {
        await using var chaos = new ChaosStore(
            c.Store,
            new ChaosOptions
            {
                Seed = 17,
                Rules = [new ChaosRule { Fault = ChaosFault.AfterEffect, Probability = 0.3 }, new ChaosRule { Fault = ChaosFault.BeforeSend, Probability = 0.3 }],
            },
            ownsInner: false);
        await using var retrying = new RetryingKeyValueStore(chaos, new RetryOptions { MaximumAttempts = 1_000, ShortestPause = TimeSpan.Zero }, ownsInner: false);
        var customers = c.Store.Keyspace(c.Tag).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
        var repeated = retrying.Keyspace(c.Tag).Repository<Customer, CustomerModel>(new CustomerModel(c.Layout));
        for (var i = 0; i < 20; i++)
        {
            await customers.UpsertAsync(Customer.Number(i) with { Age = 20 }, c.CancellationToken);
        }

        for (var i = 0; i < 20; i++)
        {
            var change = repeated.Keyspace.Change().RememberAs($"year {i}", TimeSpan.FromMinutes(10));
            var updated = change.Update(repeated, Customer.Number(i) with { Age = 222, Version = 1 });
            var inserted = change.Insert(repeated, Customer.Number(100 + i));
            await CommitUntilAnsweredAsync(c, change);
            Equal((2L, 1L), (updated.Value.Version, inserted.Value.Version));
        }

        True(retrying.Repeats > 0 && chaos.FailedBeforeSend > 0 && chaos.FailedAfterEffect > 0);
        Equal(20L, await customers.Query(m => m.ByAge.Is(222)).CountAsync(c.CancellationToken));
        await EntityConformance.IsCleanAsync(c, customers, 40);
    }

    // Parts are written ahead by commands that are not repeated by themselves.
    private static async Task CommitUntilAnsweredAsync(ConformanceContext c, Change change)
    {
        while (true)
        {
            try
            {
                await change.CommitAsync(c.CancellationToken);
                return;
            }
            catch (StoreException error) when (error is StoreTimeoutException or StoreConnectionException)
            {
                True(!c.CancellationToken.IsCancellationRequested);
            }
        }
    }

    private static async Task An_empty_change_is_committed_without_a_call(ConformanceContext c) =>
        await c.Store.Keyspace(c.Tag).Change().CommitAsync(c.CancellationToken);

    private static async Task Many_writes_are_committed_at_once(ConformanceContext c)
    {
        var customers = EntityConformance.Customers(c);
        var change = customers.Keyspace.Change();
        for (var i = 0; i < 500; i++)
        {
            change.Insert(customers, Customer.Number(i));
        }

        await change.CommitAsync(c.CancellationToken);
        await EntityConformance.IsCleanAsync(c, customers, 500);
    }
}
