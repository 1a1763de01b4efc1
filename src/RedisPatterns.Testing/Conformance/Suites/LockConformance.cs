using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with scripts promises about locks, and about writes that are guarded by them.</summary>
public sealed class LockConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Scripts;
    private static readonly LockOptions Quick = new() { Rest = TimeSpan.FromMilliseconds(16) };
    private static readonly LockOptions Fair = new() { Rest = TimeSpan.FromMilliseconds(16), IsFair = true };

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(One_has_it_at_a_time, Needed),
        new(Resources_and_locks_are_apart, Needed),
        new(One_who_waits_gets_it_when_it_is_given_back, Needed),
        new(A_lease_that_is_not_renewed_runs_out, Needed),
        new(A_renewed_lease_goes_on, Needed),
        new(Tokens_only_grow, Needed),
        new(Waiting_ends_with_its_time_and_with_cancellation, Needed),
        new(Those_who_wait_fairly_get_it_in_their_order, Needed),
        new(One_who_waits_no_longer_is_not_waited_for, Needed),
        new(What_was_taken_without_an_answer_is_given_back, Needed),
        new(Guarded_writes_of_every_kind_are_refused_when_the_lease_is_lost, Needed),
        new(A_guarded_change_is_all_or_nothing, Needed),
        new(A_batch_is_guarded_by_a_condition, Needed),
        new(Under_a_lock_nothing_is_lost, Needed),
        new(Bad_input_is_refused, Needed),
    ];

    private static async Task One_has_it_at_a_time(ConformanceContext c)
    {
        var imports = c.Store.Keyspace(c.Tag).Lock("import", Quick);
        True(!await imports.IsHeldAsync("a", c.CancellationToken));
        var lease = await imports.AcquireAsync("a", c.CancellationToken);
        Equal(("import", "a"), (lease.Lock, lease.Resource));
        True(lease.FencingToken > 0 && !lease.Lost.IsCancellationRequested);
        True(await imports.IsHeldAsync("a", c.CancellationToken));
        True(await imports.TryAcquireAsync("a", cancellationToken: c.CancellationToken) is null);
        True(await c.Store.Keyspace(c.Tag).Lock("import", Fair).TryAcquireAsync("a", cancellationToken: c.CancellationToken) is null);
        await lease.DisposeAsync();
        await lease.DisposeAsync();
        True(!await imports.IsHeldAsync("a", c.CancellationToken));
        await using var next = await imports.TryAcquireAsync("a", cancellationToken: c.CancellationToken);
        True(next!.FencingToken > lease.FencingToken);
        await lease.DisposeAsync();
        True(await imports.IsHeldAsync("a", c.CancellationToken), "what was given back once is another's");
    }

    private static async Task Resources_and_locks_are_apart(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        await using var one = await keyspace.Lock("import").TryAcquireAsync("a:b", cancellationToken: c.CancellationToken);
        await using var two = await keyspace.Lock("import").TryAcquireAsync("a%3Ab", cancellationToken: c.CancellationToken);
        await using var three = await keyspace.Lock("export").TryAcquireAsync("a:b", cancellationToken: c.CancellationToken);
        True(one is not null && two is not null && three is not null);
        await c.Expect(Keys.Exists($"{{{c.Tag}}}:lock:import:a%3Ab")).AnswersAsync(true);
    }

    private static async Task One_who_waits_gets_it_when_it_is_given_back(ConformanceContext c)
    {
        var imports = c.Store.Keyspace(c.Tag).Lock("import", Quick);
        var lease = await imports.AcquireAsync("a", c.CancellationToken);
        Task<Lease?>[] waiting = [AcquireAsync(), imports.TryAcquireAsync("a", TimeSpan.FromMinutes(5), c.CancellationToken).AsTask()];
        True(Array.TrueForAll(waiting, task => !task.IsCompleted));
        await lease.DisposeAsync();
        var first = await Task.WhenAny(waiting);
        var second = Array.Find(waiting, task => task != first)!;
        True(!second.IsCompleted);
        await (await first)!.DisposeAsync();
        await (await second)!.DisposeAsync();

        async Task<Lease?> AcquireAsync() => await imports.AcquireAsync("a", c.CancellationToken);
    }

    private static async Task A_lease_that_is_not_renewed_runs_out(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        await using var lease = await keyspace.Lock("import", new LockOptions { Renews = false, Lifetime = LockOptions.LeastLifetime }).AcquireAsync("a", c.CancellationToken);
        Lease? other = null;
        await c.UntilAsync(async () => (other = await keyspace.Lock("import").TryAcquireAsync("a", cancellationToken: c.CancellationToken)) is not null, "the lease to run out");
        True(other!.FencingToken > lease.FencingToken);
        True(!await lease.RenewAsync(c.CancellationToken), "what another has can not be renewed");
        True(lease.Lost.IsCancellationRequested);
        await lease.DisposeAsync();
        True(await keyspace.Lock("import").IsHeldAsync("a", c.CancellationToken));
        await other.DisposeAsync();
    }

    private static async Task A_renewed_lease_goes_on(ConformanceContext c)
    {
        var imports = c.Store.Keyspace(c.Tag).Lock("import", new LockOptions { Renews = false, Lifetime = TimeSpan.FromSeconds(20) });
        await using var lease = await imports.AcquireAsync("a", c.CancellationToken);
        await RunOutAsync(c, "a");
        True(!await imports.IsHeldAsync("a", c.CancellationToken));
        True(await lease.RenewAsync(c.CancellationToken), "nobody else has it");
        True(await imports.IsHeldAsync("a", c.CancellationToken));
        True(await imports.TryAcquireAsync("a", cancellationToken: c.CancellationToken) is null);
        await lease.DisposeAsync();
        await ThrowsAsync<ObjectDisposedException>(async () => await lease.RenewAsync(c.CancellationToken));
    }

    private static async Task Tokens_only_grow(ConformanceContext c)
    {
        var imports = c.Store.Keyspace(c.Tag).Lock("import", Quick);
        var last = 0L;
        for (var i = 0; i < 20; i++)
        {
            await using var lease = await imports.AcquireAsync("a", c.CancellationToken);
            True(lease.FencingToken > last && lease.FencingToken < 1L << 53);
            last = lease.FencingToken;
            if (i == 15)
            {
                // The key is lost; the clock has gone on by the millisecond that tokens are told apart by.
                await c.Store.SendAsync(Keys.Delete($"{{{c.Tag}}}:lock:import:a"), c.CancellationToken);
                await c.UntilAsync(() => Task.FromResult((c.Now - new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalMicroseconds > last + 5_000), "the clock to go on");
            }
        }
    }

    private static async Task Waiting_ends_with_its_time_and_with_cancellation(ConformanceContext c)
    {
        foreach (var options in (LockOptions[])[Quick, Fair])
        {
            var imports = c.Store.Keyspace(c.Tag).Lock("import", options);
            await using var lease = await imports.AcquireAsync("a", c.CancellationToken);
            True(await imports.TryAcquireAsync("a", TimeSpan.FromMilliseconds(40), c.CancellationToken) is null);
            using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
            var waiting = imports.AcquireAsync("a", cancelling.Token).AsTask();
            True(!waiting.IsCompleted);
            await cancelling.CancelAsync();
            await ThrowsAsync<OperationCanceledException>(async () => await waiting);
            await c.Expect(Keys.Exists($"{{{c.Tag}}}:lock:import:a:queue")).AnswersAsync(false);
        }
    }

    private static async Task Those_who_wait_fairly_get_it_in_their_order(ConformanceContext c)
    {
        var imports = c.Store.Keyspace(c.Tag).Lock("import", Fair);
        StoreKey queue = $"{{{c.Tag}}}:lock:import:a:queue";
        var lease = await imports.AcquireAsync("a", c.CancellationToken);
        var (order, waiting) = (new System.Collections.Concurrent.ConcurrentQueue<int>(), new List<Task>());
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            waiting.Add(Task.Run(
                async () =>
                {
                    await using var own = await imports.AcquireAsync("a", c.CancellationToken);
                    order.Enqueue(number);
                },
                c.CancellationToken));
            await c.UntilOthersAsync(async () => await c.Store.SendAsync(SortedSets.Length(queue), c.CancellationToken) == number + 1, "the one who waits to be in the queue");
        }

        await lease.DisposeAsync();
        True(await imports.TryAcquireAsync("a", cancellationToken: c.CancellationToken) is null, "others have waited longer");
        await Task.WhenAll(waiting);
        Equal([0, 1, 2, 3, 4], order.ToArray());
        await using var free = await imports.TryAcquireAsync("a", cancellationToken: c.CancellationToken);
        True(free is not null);
        await c.Expect(Hashes.GetAll($"{{{c.Tag}}}:lock:import:a:waits")).AnswersAsync([new HashEntry("came", "5")]);
    }

    private static async Task One_who_waits_no_longer_is_not_waited_for(ConformanceContext c)
    {
        StoreKey waits = $"{{{c.Tag}}}:lock:import:a:waits";
        StoreKey queue = $"{{{c.Tag}}}:lock:import:a:queue";
        await c.GivenAsync(
            SortedSets.Add(queue, "dead", 1),
            SortedSets.Add(queue, "forgotten", 2),
            Hashes.Set(waits, "dead", c.Now.AddSeconds(-10).ToUnixTimeMilliseconds()),
            SortedSets.Add(queue, "alive", 3),
            Hashes.Set(waits, "alive", c.Now.AddMinutes(10).ToUnixTimeMilliseconds()));
        var imports = c.Store.Keyspace(c.Tag).Lock("import", Fair);
        True(await imports.TryAcquireAsync("a", cancellationToken: c.CancellationToken) is null);
        await c.Expect(SortedSets.Range(queue, RankRange.All)).AnswersAsync(["alive"]);
        await c.Store.SendAsync(Hashes.Set(waits, "alive", c.Now.AddMinutes(-10).ToUnixTimeMilliseconds()), c.CancellationToken);
        await using var lease = await imports.TryAcquireAsync("a", cancellationToken: c.CancellationToken);
        True(lease is not null);
    }

    private static async Task What_was_taken_without_an_answer_is_given_back(ConformanceContext c)
    {
        foreach (var options in (LockOptions[])[Quick, Fair])
        {
            await using var chaos = new ChaosStore(c.Store, new ChaosOptions { Rules = [new ChaosRule { Fault = ChaosFault.AfterEffect, AtCall = 1 }] }, ownsInner: false);
            await ThrowsAsync<StoreException>(async () => await chaos.Keyspace(c.Tag).Lock("import", options).AcquireAsync("a", c.CancellationToken));
            await using var lease = await c.Store.Keyspace(c.Tag).Lock("import", options).TryAcquireAsync("a", cancellationToken: c.CancellationToken);
            True(lease is not null);
        }
    }

    private static async Task Guarded_writes_of_every_kind_are_refused_when_the_lease_is_lost(ConformanceContext c)
    {
        foreach (var layout in (EntityLayout[])[ConformanceLayouts.Document, EntityLayout.Hash, EntityLayout.Attributes, ConformanceLayouts.Chunked])
        {
            var keyspace = c.Store.Keyspace($"{c.Tag}.{layout}");
            var sales = keyspace.Repository<Sale, SaleModel>(new SaleModel(layout));
            var notes = keyspace.Repository<Note, BareNoteModel>(new BareNoteModel(ConformanceLayouts.Document));
            var imports = keyspace.Lock("import", Quick);
            var lease = await imports.AcquireAsync("a", c.CancellationToken);
            var (guarded, guardedNotes) = (sales.GuardedBy(lease), notes.GuardedBy(lease));
            var sale = await guarded.InsertAsync(Sale.Number(1), c.CancellationToken);
            sale = await guarded.UpdateAsync(sale with { Quantity = 5 }, c.CancellationToken);
            sale = await guarded.UpsertAsync(sale with { Status = SaleStatus.Paid }, c.CancellationToken);
            sale = await guarded.EditAsync(sale.Id, read => read with { Region = "south" }, c.CancellationToken);
            await guarded.PatchAsync(sale.Id, patch => patch.Set(m => m.Status, SaleStatus.Void), c.CancellationToken);
            await guardedNotes.InsertAsync(new Note("n", "text", null), c.CancellationToken);
            Equal(sale with { Status = SaleStatus.Void, Version = sale.Version + 1 }, await guarded.GetAsync(sale.Id, c.CancellationToken));
            sale = sale with { Version = sale.Version + 1 };

            // It stands still, its lease runs out, and another takes the lock.
            await RunOutAsync(c, "a", keyspace);
            await guarded.PatchAsync(sale.Id, patch => patch.Increment(m => m.Quantity, 1), c.CancellationToken);
            sale = sale with { Version = sale.Version + 1 };
            await using var other = await imports.AcquireAsync("a", c.CancellationToken);
            var before = await StoreContents.ReadAsync(c.Store, keyspace.Tag, c.CancellationToken);
            Func<Task>[] writes =
            [
                async () => await guarded.InsertAsync(Sale.Number(2), c.CancellationToken),
                async () => await guarded.UpdateAsync(sale with { Quantity = 7 }, c.CancellationToken),
                async () => await guarded.UpsertAsync(Sale.Number(1), c.CancellationToken),
                async () => await guarded.EditAsync(sale.Id, read => read with { Region = "north" }, c.CancellationToken),
                async () => await guarded.PatchAsync(sale.Id, patch => patch.Set(m => m.Status, SaleStatus.Open), c.CancellationToken),
                async () => await guarded.PatchAsync(sale.Id, patch => patch.Set(m => m.Amount, 1m), c.CancellationToken),
                async () => await guarded.DeleteAsync(sale.Id, cancellationToken: c.CancellationToken),
                async () => await guarded.DeleteAsync("none", cancellationToken: c.CancellationToken),
                async () => await guardedNotes.InsertAsync(new Note("m", "text", null), c.CancellationToken),
                async () => await guardedNotes.UpsertAsync(new Note("n", "other", null), c.CancellationToken),
            ];
            foreach (var write in writes)
            {
                Equal("import", (await ThrowsAsync<LeaseLostException>(write)).Lock);
            }

            Equal(before, await StoreContents.ReadAsync(c.Store, keyspace.Tag, c.CancellationToken));
            await sales.GuardedBy(other).DeleteAsync(sale.Id, cancellationToken: c.CancellationToken);
            await other.DisposeAsync();
            await ThrowsAsync<LeaseLostException>(async () => await sales.GuardedBy(other).InsertAsync(Sale.Number(3), c.CancellationToken));
            await lease.DisposeAsync();
        }
    }

    private static async Task A_guarded_change_is_all_or_nothing(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        var (sales, notes) = (keyspace.Repository<Sale, SaleModel>(new SaleModel(c.Layout)), keyspace.Repository<Note, BareNoteModel>(new BareNoteModel(ConformanceLayouts.Document)));
        await using var one = await keyspace.Lock("import", Quick).AcquireAsync("a", c.CancellationToken);
        await using var two = await keyspace.Lock("export", Quick).AcquireAsync("a", c.CancellationToken);
        async Task CommitAsync(int number)
        {
            var change = keyspace.Change();
            change.Insert(sales.GuardedBy(one), Sale.Number(number));
            change.Upsert(notes.GuardedBy(two), new Note("n", "text " + number, null));
            change.Insert(sales, Sale.Number(number + 1));
            await change.CommitAsync(c.CancellationToken);
        }

        await CommitAsync(1);
        Equal(2L, await sales.TotalAsync(m => m.All, c.CancellationToken));
        await two.DisposeAsync();
        Equal("export", (await ThrowsAsync<LeaseLostException>(() => CommitAsync(3))).Lock);
        await one.DisposeAsync();
        Equal("import", (await ThrowsAsync<LeaseLostException>(() => CommitAsync(3))).Lock);
        Equal(2L, await sales.TotalAsync(m => m.All, c.CancellationToken));
        Equal(new Note("n", "text 1", null), await notes.GetAsync("n", c.CancellationToken));
    }

    private static async Task A_batch_is_guarded_by_a_condition(ConformanceContext c)
    {
        var imports = c.Store.Keyspace(c.Tag).Lock("import", Quick);
        await using var lease = await imports.AcquireAsync("a", c.CancellationToken);
        async Task<bool> CommitAsync()
        {
            var batch = new AtomicBatch().When(lease.Condition);
            batch.Add(Strings.Increment(c.Key("done")));
            return (await c.Store.CommitAsync(batch, c.CancellationToken)).IsCommitted;
        }

        True(await CommitAsync());
        await RunOutAsync(c, "a");
        True(await CommitAsync(), "nobody else has it");
        await using var other = await imports.AcquireAsync("a", c.CancellationToken);
        True(!await CommitAsync());
        await c.Expect(Strings.Get(c.Key("done"))).AnswersAsync("2");
    }

    private static async Task Under_a_lock_nothing_is_lost(ConformanceContext c)
    {
        foreach (var options in (LockOptions[])[Quick, Fair])
        {
            var (imports, done) = (c.Store.Keyspace(c.Tag).Lock("import", options), c.Key("done" + options.IsFair));
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
                async () =>
                {
                    for (var i = 0; i < 5; i++)
                    {
                        await using var lease = await imports.AcquireAsync("a", c.CancellationToken);
                        var count = (await c.Store.SendAsync(Strings.Get(done), c.CancellationToken)) is { IsNull: false } value ? value.AsInt64() : 0;
                        var batch = new AtomicBatch().When(lease.Condition);
                        batch.Add(Strings.Set(done, count + 1));
                        (await c.Store.CommitAsync(batch, c.CancellationToken)).EnsureCommitted();
                    }
                },
                c.CancellationToken)));
            await c.Expect(Strings.Get(done)).AnswersAsync("30");
        }
    }

    private static async Task Bad_input_is_refused(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.Lock("a/b")));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new LockOptions { Lifetime = TimeSpan.FromMilliseconds(99) }));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new LockOptions { Lifetime = TimeSpan.FromHours(25) }));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new LockOptions { Rest = TimeSpan.Zero }));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.Lock("a").AcquireAsync("", c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Lock("a").TryAcquireAsync("x", TimeSpan.FromTicks(-1), c.CancellationToken));
        await using var lease = await c.Store.Keyspace(c.Tag, "other").Lock("a").AcquireAsync("x", c.CancellationToken);
        var notes = keyspace.Repository<Note, BareNoteModel>(new BareNoteModel(ConformanceLayouts.Document));
        await ThrowsAsync<CrossSlotException>(() => Task.FromResult(notes.GuardedBy(lease)));
        await ThrowsAsync<ArgumentNullException>(() => Task.FromResult(notes.GuardedBy(null!)));
    }

    // What the passing of time does, done at once.
    private static async Task RunOutAsync(ConformanceContext c, string resource, Keyspace? keyspace = null)
    {
        StoreKey key = $"{(keyspace ?? c.Store.Keyspace(c.Tag)).Tag}:lock:import:{resource}";
        var parts = (await c.Store.SendAsync(Strings.Get(key), c.CancellationToken)).AsText()!.Split(';');
        await c.Store.SendAsync(Strings.Set(key, $"{parts[0]};1;{parts[2]}", Expiry.Keep), c.CancellationToken);
    }
}
