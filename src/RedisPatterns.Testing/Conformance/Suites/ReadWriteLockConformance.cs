using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with scripts promises about locks for readers and writers.</summary>
public sealed class ReadWriteLockConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Scripts;
    private static readonly LockOptions Quick = new() { Rest = TimeSpan.FromMilliseconds(16) };

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Many_read_or_one_writes, Needed),
        new(A_writer_that_waits_is_not_passed_by_readers, Needed),
        new(Readers_behind_a_writer_get_in_together, Needed),
        new(A_reader_that_waits_is_not_passed_by_writers, Needed),
        new(One_who_gives_up_waiting_holds_nobody_back, Needed),
        new(Leases_that_run_out_make_room, Needed),
        new(A_writer_that_was_overtaken_is_refused, Needed),
        new(Writers_have_tokens_that_grow, Needed),
        new(Readers_never_see_half_of_a_write, Needed),
        new(Bad_input_is_refused, Needed),
    ];

    private static KeyspaceReadWriteLock Catalogue(ConformanceContext c) => c.Store.Keyspace(c.Tag).ReadWriteLock("catalogue", Quick);

    private static async Task Many_read_or_one_writes(ConformanceContext c)
    {
        var catalogue = Catalogue(c);
        var one = await catalogue.AcquireReadAsync("a", c.CancellationToken);
        var two = await catalogue.TryAcquireReadAsync("a", cancellationToken: c.CancellationToken);
        Equal((2L, false), await catalogue.CountHeldAsync("a", c.CancellationToken));
        True(await catalogue.TryAcquireWriteAsync("a", cancellationToken: c.CancellationToken) is null);
        await one.DisposeAsync();
        True(await catalogue.TryAcquireWriteAsync("a", cancellationToken: c.CancellationToken) is null);
        await two!.DisposeAsync();
        var writer = await catalogue.TryAcquireWriteAsync("a", cancellationToken: c.CancellationToken);
        Equal((0L, true), await catalogue.CountHeldAsync("a", c.CancellationToken));
        True(await catalogue.TryAcquireReadAsync("a", cancellationToken: c.CancellationToken) is null);
        True(await catalogue.TryAcquireWriteAsync("a", cancellationToken: c.CancellationToken) is null);
        await using (await catalogue.AcquireWriteAsync("b", c.CancellationToken))
        {
            await writer!.DisposeAsync();
        }

        Equal((0L, false), await catalogue.CountHeldAsync("a", c.CancellationToken));
    }

    private static async Task A_writer_that_waits_is_not_passed_by_readers(ConformanceContext c)
    {
        var catalogue = Catalogue(c);
        var reader = await catalogue.AcquireReadAsync("a", c.CancellationToken);
        var writing = catalogue.AcquireWriteAsync("a", c.CancellationToken).AsTask();
        await SemaphoreConformance.QueuedAsync(c, "rwlock:catalogue:a:alone", 1);
        True(await catalogue.TryAcquireReadAsync("a", cancellationToken: c.CancellationToken) is null, "a writer waits");
        True(!writing.IsCompleted);
        await reader.DisposeAsync();
        await (await writing).DisposeAsync();
        await using var next = await catalogue.TryAcquireReadAsync("a", cancellationToken: c.CancellationToken);
        True(next is not null);
    }

    private static async Task Readers_behind_a_writer_get_in_together(ConformanceContext c)
    {
        var catalogue = Catalogue(c);
        var writer = await catalogue.AcquireWriteAsync("a", c.CancellationToken);
        var readers = Enumerable.Range(0, 4).Select(_ => catalogue.AcquireReadAsync("a", c.CancellationToken).AsTask()).ToArray();
        await SemaphoreConformance.QueuedAsync(c, "rwlock:catalogue:a:shared", 4);
        await writer.DisposeAsync();

        // None gives its lease back before all have one.
        var leases = await Task.WhenAll(readers);
        Equal((4L, false), await catalogue.CountHeldAsync("a", c.CancellationToken));
        foreach (var lease in leases)
        {
            await lease.DisposeAsync();
        }
    }

    private static async Task A_reader_that_waits_is_not_passed_by_writers(ConformanceContext c)
    {
        var catalogue = Catalogue(c);
        var writer = await catalogue.AcquireWriteAsync("a", c.CancellationToken);
        var reading = catalogue.AcquireReadAsync("a", c.CancellationToken).AsTask();
        await SemaphoreConformance.QueuedAsync(c, "rwlock:catalogue:a:shared", 1);
        var writing = catalogue.AcquireWriteAsync("a", c.CancellationToken).AsTask();
        await SemaphoreConformance.QueuedAsync(c, "rwlock:catalogue:a:alone", 1);
        await writer.DisposeAsync();
        True(await catalogue.TryAcquireWriteAsync("a", cancellationToken: c.CancellationToken) is null, "others came before");
        var reader = await reading;
        True(!writing.IsCompleted, "the reader came first, and is in");
        await reader.DisposeAsync();
        await (await writing).DisposeAsync();
    }

    private static async Task One_who_gives_up_waiting_holds_nobody_back(ConformanceContext c)
    {
        var catalogue = Catalogue(c);
        await using var reader = await catalogue.AcquireReadAsync("a", c.CancellationToken);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var writing = catalogue.AcquireWriteAsync("a", cancelling.Token).AsTask();
        await SemaphoreConformance.QueuedAsync(c, "rwlock:catalogue:a:alone", 1);
        await cancelling.CancelAsync();
        await ThrowsAsync<OperationCanceledException>(async () => await writing);
        await using var other = await catalogue.TryAcquireReadAsync("a", cancellationToken: c.CancellationToken);
        True(other is not null);
        True(await catalogue.TryAcquireWriteAsync("a", TimeSpan.FromMilliseconds(40), c.CancellationToken) is null);
        await using var third = await catalogue.TryAcquireReadAsync("a", cancellationToken: c.CancellationToken);
        True(third is not null);

        // A writer that died while it waited is waited for no longer than its patience.
        StoreKey holders = $"{{{c.Tag}}}:rwlock:catalogue:a";
        await c.GivenAsync(SortedSets.Add($"{holders}:alone", "adead", 1), Hashes.Set($"{holders}:state", "adead", c.Now.AddMinutes(10).ToUnixTimeMilliseconds()));
        True(await catalogue.TryAcquireReadAsync("a", cancellationToken: c.CancellationToken) is null);
        await c.Store.SendAsync(Hashes.Set($"{holders}:state", "adead", c.Now.AddMinutes(-10).ToUnixTimeMilliseconds()), c.CancellationToken);
        await using var fourth = await catalogue.TryAcquireReadAsync("a", cancellationToken: c.CancellationToken);
        True(fourth is not null);
    }

    private static async Task Leases_that_run_out_make_room(ConformanceContext c)
    {
        var catalogue = c.Store.Keyspace(c.Tag).ReadWriteLock("catalogue", new LockOptions { Renews = false, Rest = TimeSpan.FromMilliseconds(16) });
        await using var reader = await catalogue.AcquireReadAsync("a", c.CancellationToken);
        await SemaphoreConformance.RunOutAsync(c, "rwlock:catalogue:a");
        await using var writer = await catalogue.TryAcquireWriteAsync("a", cancellationToken: c.CancellationToken);
        True(writer is not null && !await reader.RenewAsync(c.CancellationToken));
        True(reader.Lost.IsCancellationRequested);
        await SemaphoreConformance.RunOutAsync(c, "rwlock:catalogue:a");
        True(await writer!.RenewAsync(c.CancellationToken), "nobody has asked since");
        await SemaphoreConformance.RunOutAsync(c, "rwlock:catalogue:a");
        await using var next = await catalogue.TryAcquireReadAsync("a", cancellationToken: c.CancellationToken);
        True(next is not null && !await writer.RenewAsync(c.CancellationToken));
    }

    private static async Task A_writer_that_was_overtaken_is_refused(ConformanceContext c)
    {
        var (keyspace, catalogue) = (c.Store.Keyspace(c.Tag), Catalogue(c));
        var notes = keyspace.Repository<Note, BareNoteModel>(new BareNoteModel(ConformanceLayouts.Document));
        await using var writer = await catalogue.AcquireWriteAsync("a", c.CancellationToken);
        await using var locked = await keyspace.Lock("import").AcquireAsync("a", c.CancellationToken);
        var guarded = notes.GuardedBy(writer);
        await guarded.InsertAsync(new Note("n", "text", null), c.CancellationToken);
        await SemaphoreConformance.RunOutAsync(c, "rwlock:catalogue:a");
        await using var reader = await catalogue.AcquireReadAsync("a", c.CancellationToken);
        Equal("catalogue", (await ThrowsAsync<LeaseLostException>(async () => await guarded.UpsertAsync(new Note("n", "late", null), c.CancellationToken))).Lock);

        // With a lease of another kind in the same change.
        var change = keyspace.Change();
        change.Upsert(notes.GuardedBy(locked), new Note("m", "text", null));
        change.Upsert(notes.GuardedBy(reader), new Note("o", "text", null));
        await change.CommitAsync(c.CancellationToken);
        change = keyspace.Change();
        change.Upsert(notes.GuardedBy(locked), new Note("m", "late", null));
        change.Upsert(guarded, new Note("n", "late", null));
        Equal("catalogue", (await ThrowsAsync<LeaseLostException>(async () => await change.CommitAsync(c.CancellationToken))).Lock);
        Equal(["text", "text", "text"], (await notes.GetManyAsync(["m", "n", "o"], c.CancellationToken)).Select(note => note!.Text));
    }

    private static async Task Writers_have_tokens_that_grow(ConformanceContext c)
    {
        var (catalogue, last) = (Catalogue(c), 0L);
        for (var i = 0; i < 10; i++)
        {
            await using (var writer = await catalogue.AcquireWriteAsync("a", c.CancellationToken))
            {
                True(writer.FencingToken > last);
                last = writer.FencingToken;
            }

            await using var reader = await catalogue.AcquireReadAsync("a", c.CancellationToken);
            True(reader.FencingToken > last);
            last = reader.FencingToken;
        }
    }

    private static async Task Readers_never_see_half_of_a_write(ConformanceContext c)
    {
        var catalogue = Catalogue(c);
        var (left, right) = (c.Key("left"), c.Key("right"));
        var writers = Enumerable.Range(0, 2).Select(_ => Task.Run(
            async () =>
            {
                for (var i = 0; i < 8; i++)
                {
                    await using var lease = await catalogue.AcquireWriteAsync("a", c.CancellationToken);
                    await c.Store.SendAsync(Strings.Increment(left), c.CancellationToken);
                    await c.Store.SendAsync(Strings.Increment(right), c.CancellationToken);
                }
            },
            c.CancellationToken));
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                for (var i = 0; i < 8; i++)
                {
                    await using var lease = await catalogue.AcquireReadAsync("a", c.CancellationToken);
                    var one = await c.Store.SendAsync(Strings.Get(left), c.CancellationToken);
                    Equal(one, await c.Store.SendAsync(Strings.Get(right), c.CancellationToken));
                }
            },
            c.CancellationToken));
        await Task.WhenAll([.. writers, .. readers]);
        await c.Expect(Strings.Get(right)).AnswersAsync("16");
    }

    private static async Task Bad_input_is_refused(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.ReadWriteLock("a/b")));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.ReadWriteLock("a").AcquireReadAsync("", c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.ReadWriteLock("a").AcquireWriteAsync("", c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.ReadWriteLock("a").CountHeldAsync("", c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.ReadWriteLock("a").TryAcquireReadAsync("x", TimeSpan.FromTicks(-1), c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.ReadWriteLock("a").TryAcquireWriteAsync("x", TimeSpan.FromTicks(-1), c.CancellationToken));
        await c.GivenAsync(Strings.Set($"{{{c.Tag}}}:rwlock:a:x", "no lock"));
        await ThrowsAsync<WrongTypeException>(async () => await keyspace.ReadWriteLock("a").AcquireReadAsync("x", c.CancellationToken));
    }
}
