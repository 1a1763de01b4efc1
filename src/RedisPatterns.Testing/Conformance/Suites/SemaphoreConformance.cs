using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with scripts promises about semaphores.</summary>
public sealed class SemaphoreConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Scripts;
    private static readonly LockOptions Quick = new() { Rest = TimeSpan.FromMilliseconds(16) };
    private static readonly LockOptions Fair = new() { Rest = TimeSpan.FromMilliseconds(16), IsFair = true };

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(No_more_hold_a_permit_than_there_are, Needed),
        new(Permits_that_are_not_renewed_run_out, Needed),
        new(A_renewed_permit_goes_on, Needed),
        new(A_smaller_number_lets_nobody_in_and_takes_nothing_away, Needed),
        new(Tokens_only_grow, Needed),
        new(Those_who_wait_fairly_get_permits_in_their_order, Needed),
        new(As_many_who_wait_get_in_as_there_is_room, Needed),
        new(Waiting_ends_with_its_time_and_with_cancellation, Needed),
        new(A_permit_that_was_taken_without_an_answer_is_given_back, Needed),
        new(What_is_done_under_a_permit_is_refused_when_it_is_lost, Needed),
        new(Many_at_once_are_never_more_than_the_permits, Needed),
        new(Nothing_is_left_when_all_has_run_out, Needed),
        new(Bad_input_is_refused, Needed),
    ];

    private static async Task No_more_hold_a_permit_than_there_are(ConformanceContext c)
    {
        foreach (var options in (LockOptions[])[Quick, Fair])
        {
            var exports = c.Store.Keyspace(c.Tag).Semaphore("exports" + options.IsFair, 3, options);
            Equal((3, 0L), (exports.Permits, await exports.CountHeldAsync("large", c.CancellationToken)));
            var leases = new List<Lease>();
            for (var i = 0; i < 3; i++)
            {
                leases.Add((await exports.TryAcquireAsync("large", cancellationToken: c.CancellationToken))!);
                Equal(i + 1L, await exports.CountHeldAsync("large", c.CancellationToken));
            }

            True(await exports.TryAcquireAsync("large", cancellationToken: c.CancellationToken) is null);
            await using var other = await exports.TryAcquireAsync("small", cancellationToken: c.CancellationToken);
            True(other is not null, "each resource has permits of its own");
            await leases[1].DisposeAsync();
            await leases[1].DisposeAsync();
            Equal(2L, await exports.CountHeldAsync("large", c.CancellationToken));
            leases[1] = (await exports.TryAcquireAsync("large", cancellationToken: c.CancellationToken))!;
            True(await exports.TryAcquireAsync("large", cancellationToken: c.CancellationToken) is null);
            foreach (var lease in leases)
            {
                await lease.DisposeAsync();
            }

            Equal(0L, await exports.CountHeldAsync("large", c.CancellationToken));
        }
    }

    private static async Task Permits_that_are_not_renewed_run_out(ConformanceContext c)
    {
        var exports = c.Store.Keyspace(c.Tag).Semaphore("exports", 2, new LockOptions { Renews = false, Lifetime = LockOptions.LeastLifetime });
        await using var one = await exports.AcquireAsync("a", c.CancellationToken);
        await using var two = await exports.AcquireAsync("a", c.CancellationToken);
        Lease? other = null;
        await c.UntilAsync(async () => (other = await c.Store.Keyspace(c.Tag).Semaphore("exports", 2).TryAcquireAsync("a", cancellationToken: c.CancellationToken)) is not null, "a permit to run out");
        True(!await one.RenewAsync(c.CancellationToken), "who has run out was removed by the one who asked");
        True(one.Lost.IsCancellationRequested);
        await one.DisposeAsync();
        True(await exports.CountHeldAsync("a", c.CancellationToken) >= 1);
        await other!.DisposeAsync();
    }

    private static async Task A_renewed_permit_goes_on(ConformanceContext c)
    {
        var exports = c.Store.Keyspace(c.Tag).Semaphore("exports", 1, new LockOptions { Renews = false, Lifetime = TimeSpan.FromSeconds(20) });
        await using var lease = await exports.AcquireAsync("a", c.CancellationToken);
        await RunOutAsync(c, "sem:exports:a");
        Equal(0L, await exports.CountHeldAsync("a", c.CancellationToken));
        True(await lease.RenewAsync(c.CancellationToken), "nobody has asked since");
        Equal(1L, await exports.CountHeldAsync("a", c.CancellationToken));
        True(await exports.TryAcquireAsync("a", cancellationToken: c.CancellationToken) is null);
        await lease.DisposeAsync();
        await ThrowsAsync<ObjectDisposedException>(async () => await lease.RenewAsync(c.CancellationToken));
    }

    private static async Task A_smaller_number_lets_nobody_in_and_takes_nothing_away(ConformanceContext c)
    {
        var (wide, narrow) = (c.Store.Keyspace(c.Tag).Semaphore("exports", 3, Quick), c.Store.Keyspace(c.Tag).Semaphore("exports", 1, Quick));
        await using var one = await wide.AcquireAsync("a", c.CancellationToken);
        await using var two = await wide.AcquireAsync("a", c.CancellationToken);
        True(await narrow.TryAcquireAsync("a", cancellationToken: c.CancellationToken) is null);
        True(await one.RenewAsync(c.CancellationToken) && await two.RenewAsync(c.CancellationToken));
        await one.DisposeAsync();
        True(await narrow.TryAcquireAsync("a", cancellationToken: c.CancellationToken) is null);
        await two.DisposeAsync();
        await using var three = await narrow.TryAcquireAsync("a", cancellationToken: c.CancellationToken);
        True(three is not null);
    }

    private static async Task Tokens_only_grow(ConformanceContext c)
    {
        var (exports, last) = (c.Store.Keyspace(c.Tag).Semaphore("exports", 5, Quick), 0L);
        for (var i = 0; i < 20; i++)
        {
            var lease = await exports.AcquireAsync("a", c.CancellationToken);
            True(lease.FencingToken > last && lease.FencingToken < 1L << 53);
            last = lease.FencingToken;
            if (i % 5 != 0 || i == 15)
            {
                await lease.DisposeAsync();
            }
        }
    }

    private static async Task Those_who_wait_fairly_get_permits_in_their_order(ConformanceContext c)
    {
        var exports = c.Store.Keyspace(c.Tag).Semaphore("exports", 1, Fair);
        var lease = await exports.AcquireAsync("a", c.CancellationToken);
        var (order, waiting) = (new System.Collections.Concurrent.ConcurrentQueue<int>(), new List<Task>());
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            waiting.Add(Task.Run(
                async () =>
                {
                    await using var own = await exports.AcquireAsync("a", c.CancellationToken);
                    order.Enqueue(number);
                },
                c.CancellationToken));
            await QueuedAsync(c, "sem:exports:a:shared", number + 1);
        }

        await lease.DisposeAsync();
        True(await exports.TryAcquireAsync("a", cancellationToken: c.CancellationToken) is null, "others have waited longer");
        await Task.WhenAll(waiting);
        Equal([0, 1, 2, 3, 4], order.ToArray());
        await using var free = await exports.TryAcquireAsync("a", cancellationToken: c.CancellationToken);
        True(free is not null);
    }

    private static async Task As_many_who_wait_get_in_as_there_is_room(ConformanceContext c)
    {
        // Three are free; the first who waits is slow to ask again, and two behind it need not wait for that.
        StoreKey holders = $"{{{c.Tag}}}:sem:exports:a";
        await c.GivenAsync(
            SortedSets.Add(holders, "sbusy", c.Now.AddMinutes(10).ToUnixTimeMilliseconds()),
            SortedSets.Add($"{holders}:shared", "sslow", 1),
            Hashes.Set($"{holders}:state", "sslow", c.Now.AddMinutes(10).ToUnixTimeMilliseconds()));
        var exports = c.Store.Keyspace(c.Tag).Semaphore("exports", 4, Fair);
        await using var one = await exports.TryAcquireAsync("a", cancellationToken: c.CancellationToken);
        await using var two = await exports.TryAcquireAsync("a", cancellationToken: c.CancellationToken);
        await using var three = await exports.TryAcquireAsync("a", cancellationToken: c.CancellationToken);
        True(one is not null && two is not null && three is null, "the last place is kept for the one who waits");

        // Who does not ask for long is no longer waited for.
        await c.Store.SendAsync(Hashes.Set($"{holders}:state", "sslow", c.Now.AddMinutes(-10).ToUnixTimeMilliseconds()), c.CancellationToken);
        await using var four = await exports.TryAcquireAsync("a", cancellationToken: c.CancellationToken);
        True(four is not null);
        await c.Expect(Keys.Exists($"{holders}:shared")).AnswersAsync(false);
    }

    private static async Task Waiting_ends_with_its_time_and_with_cancellation(ConformanceContext c)
    {
        foreach (var options in (LockOptions[])[Quick, Fair])
        {
            var exports = c.Store.Keyspace(c.Tag).Semaphore("exports", 1, options);
            await using var lease = await exports.AcquireAsync("a", c.CancellationToken);
            True(await exports.TryAcquireAsync("a", TimeSpan.FromMilliseconds(40), c.CancellationToken) is null);
            using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
            var waiting = exports.AcquireAsync("a", cancelling.Token).AsTask();
            await cancelling.CancelAsync();
            await ThrowsAsync<OperationCanceledException>(async () => await waiting);
            await c.Expect(Keys.Exists($"{{{c.Tag}}}:sem:exports:a:shared")).AnswersAsync(false);
            Equal(1L, await exports.CountHeldAsync("a", c.CancellationToken));
        }
    }

    private static async Task A_permit_that_was_taken_without_an_answer_is_given_back(ConformanceContext c)
    {
        foreach (var options in (LockOptions[])[Quick, Fair])
        {
            await using var chaos = new ChaosStore(c.Store, new ChaosOptions { Rules = [new ChaosRule { Fault = ChaosFault.AfterEffect, AtCall = 1 }] }, ownsInner: false);
            await ThrowsAsync<StoreException>(async () => await chaos.Keyspace(c.Tag).Semaphore("exports", 1, options).AcquireAsync("a", c.CancellationToken));
            Equal(0L, await c.Store.Keyspace(c.Tag).Semaphore("exports", 1, options).CountHeldAsync("a", c.CancellationToken));
        }
    }

    private static async Task What_is_done_under_a_permit_is_refused_when_it_is_lost(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        var exports = keyspace.Semaphore("exports", 1, Quick);
        var notes = keyspace.Repository<Note, BareNoteModel>(new BareNoteModel(ConformanceLayouts.Document));
        await using var lease = await exports.AcquireAsync("a", c.CancellationToken);
        await notes.GuardedBy(lease).InsertAsync(new Note("n", "text", null), c.CancellationToken);
        await RunOutAsync(c, "sem:exports:a");
        await notes.GuardedBy(lease).UpsertAsync(new Note("n", "late", null), c.CancellationToken);
        await using var other = await exports.AcquireAsync("a", c.CancellationToken);
        Equal("exports", (await ThrowsAsync<LeaseLostException>(async () => await notes.GuardedBy(lease).UpsertAsync(new Note("n", "lost", null), c.CancellationToken))).Lock);
        Equal("late", (await notes.GetAsync("n", c.CancellationToken))!.Text);
        var batch = new AtomicBatch().When(lease.Condition);
        batch.Add(Strings.Increment(c.Key("done")));
        True(!(await c.Store.CommitAsync(batch, c.CancellationToken)).IsCommitted);
        await notes.GuardedBy(other).UpsertAsync(new Note("n", "next", null), c.CancellationToken);
    }

    private static async Task Many_at_once_are_never_more_than_the_permits(ConformanceContext c)
    {
        foreach (var options in (LockOptions[])[Quick, Fair])
        {
            var exports = c.Store.Keyspace(c.Tag).Semaphore("exports" + options.IsFair, 3, options);
            var (inside, most, done) = (0, 0, 0);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
                async () =>
                {
                    for (var i = 0; i < 5; i++)
                    {
                        await using var lease = await exports.AcquireAsync("a", c.CancellationToken);
                        var now = Interlocked.Increment(ref inside);
                        InterlockedMax(ref most, now);
                        await exports.CountHeldAsync("a", c.CancellationToken);
                        Interlocked.Decrement(ref inside);
                        Interlocked.Increment(ref done);
                    }
                },
                c.CancellationToken)));
            True(most is >= 1 and <= 3);
            Equal(40, done);
            Equal(0L, await exports.CountHeldAsync("a", c.CancellationToken));
        }
    }

    private static async Task Nothing_is_left_when_all_has_run_out(ConformanceContext c)
    {
        var exports = c.Store.Keyspace(c.Tag).Semaphore("exports", 1, Fair);
        var lease = await exports.AcquireAsync("a", c.CancellationToken);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        var waiting = exports.AcquireAsync("a", cancelling.Token).AsTask();
        await QueuedAsync(c, "sem:exports:a:shared", 1);
        foreach (var part in (string[])["", ":state", ":shared"])
        {
            var left = await c.Store.SendAsync(Keys.TimeToLive($"{{{c.Tag}}}:sem:exports:a{part}"), c.CancellationToken);
            True(left.Remaining is { } time && time > TimeSpan.FromHours(23) && time < TimeSpan.FromHours(25), $"sem:exports:a{part} expires");
        }

        await cancelling.CancelAsync();
        await ThrowsAsync<OperationCanceledException>(async () => await waiting);
        await lease.DisposeAsync();
        await c.Expect(Keys.Exists($"{{{c.Tag}}}:sem:exports:a", $"{{{c.Tag}}}:sem:exports:a:shared")).AnswersAsync(0);
    }

    private static async Task Bad_input_is_refused(ConformanceContext c)
    {
        var keyspace = c.Store.Keyspace(c.Tag);
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.Semaphore("a/b", 1)));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(keyspace.Semaphore("a", 0)));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(keyspace.Semaphore("a", KeyspaceSemaphore.GreatestPermits + 1)));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.Semaphore("a", 1).AcquireAsync("", c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await keyspace.Semaphore("a", 1).CountHeldAsync("", c.CancellationToken));
        await ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Semaphore("a", 1).TryAcquireAsync("x", TimeSpan.FromTicks(-1), c.CancellationToken));
        await c.GivenAsync(Strings.Set($"{{{c.Tag}}}:sem:a:x", "no semaphore"));
        await ThrowsAsync<WrongTypeException>(async () => await keyspace.Semaphore("a", 1).AcquireAsync("x", c.CancellationToken));
    }

    internal static Task QueuedAsync(ConformanceContext c, string key, int count) => c.UntilOthersAsync(
        async () => await c.Store.SendAsync(SortedSets.Length($"{{{c.Tag}}}:{key}"), c.CancellationToken) == count,
        "the one who waits to be in the queue");

    // What the passing of time does to all holders, done at once.
    internal static async Task RunOutAsync(ConformanceContext c, string key)
    {
        StoreKey holders = $"{{{c.Tag}}}:{key}";
        foreach (var holder in await c.Store.SendAsync(SortedSets.Range(holders, RankRange.All), c.CancellationToken))
        {
            await c.Store.SendAsync(SortedSets.Add(holders, holder, 1), c.CancellationToken);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
