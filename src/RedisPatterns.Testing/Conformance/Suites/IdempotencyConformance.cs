using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store with scripts promises about operations that are named by an id.</summary>
public sealed class IdempotencyConformance : ConformanceSuite
{
    private const StoreFeatures Needed = StoreFeatures.Scripts;
    private static readonly LockOptions QuickRun = new() { Rest = TimeSpan.FromMilliseconds(16) };
    private static readonly IdempotencyOptions Quick = new() { Run = QuickRun };

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(An_operation_gives_its_first_result, Needed),
        new(Many_who_ask_at_once_run_it_once, Needed),
        new(What_fails_is_run_again, Needed),
        new(One_who_died_is_followed, Needed),
        new(One_who_was_overtaken_gives_the_result_of_the_other, Needed),
        new(An_id_of_another_request_is_refused, Needed),
        new(One_who_has_waited_long_enough_is_told, Needed),
        new(Effect_and_result_come_in_one_step_whatever_call_fails, Needed),
        new(Under_faults_the_effect_comes_once, Needed),
        new(Results_end_and_can_be_found_and_forgotten, Needed),
        new(Bad_input_is_refused, Needed),
    ];

    private static KeyspaceIdempotency<Note> Payments(ConformanceContext c, IdempotencyOptions? options = null) =>
        c.Store.Keyspace(c.Tag).Idempotency("payments", ConformanceJson.Default.Note, options ?? Quick);

    private static async Task An_operation_gives_its_first_result(ConformanceContext c)
    {
        var (payments, runs) = (Payments(c), 0);
        foreach (var id in (string[])["4711", "a:b{c}", "=;", "naïve ☃ 🚀", new string('x', 300)])
        {
            runs = 0;
            for (var i = 0; i < 3; i++)
            {
                var result = await payments.RunAsync(
                    id,
                    (run, _) =>
                    {
                        Equal((id, "payments"), (run.OperationId, run.Lease.Lock));
                        return Task.FromResult(new Note(id, "run " + ++runs, ";=\\0"));
                    },
                    cancellationToken: c.CancellationToken);
                Equal(new(new Note(id, "run 1", ";=\\0"), i == 0), result);
            }
        }

        // Those of another name are others.
        var refunds = c.Store.Keyspace(c.Tag).Idempotency("refunds", ConformanceJson.Default.Note, Quick);
        True((await refunds.RunAsync("4711", static (_, _) => Task.FromResult(new Note("r", "refund", null)), cancellationToken: c.CancellationToken)).IsFirst);
        var nothing = c.Store.Keyspace(c.Tag).Idempotency<string?>("nothing", ConformanceJson.Default.String, Quick);
        for (var i = 0; i < 2; i++)
        {
            Equal(new(null, i == 0), await nothing.RunAsync("1", static (_, _) => Task.FromResult<string?>(null), cancellationToken: c.CancellationToken));
        }
    }

    private static async Task Many_who_ask_at_once_run_it_once(ConformanceContext c)
    {
        var (payments, runs) = (Payments(c), 0);
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () => await payments.RunAsync(
                "4711",
                async (_, token) =>
                {
                    var number = Interlocked.Increment(ref runs);
                    await c.Store.SendAsync(Strings.Increment(c.Key("done")), token);
                    return new Note("n", $"run {number}", null);
                },
                cancellationToken: c.CancellationToken),
            c.CancellationToken)));
        Equal(1, runs);
        Equal(1, results.Count(result => result.IsFirst));
        True(results.All(result => result.Value == new Note("n", "run 1", null)));
        await c.Expect(Strings.Get(c.Key("done"))).AnswersAsync(1);
    }

    private static async Task What_fails_is_run_again(ConformanceContext c)
    {
        var payments = Payments(c);
        await ThrowsAsync<InvalidOperationException>(async () => await payments.RunAsync("4711", static (_, _) => throw new InvalidOperationException("It went wrong."), cancellationToken: c.CancellationToken));
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(c.CancellationToken);
        await ThrowsAsync<OperationCanceledException>(async () => await payments.RunAsync(
            "4711",
            async (_, token) =>
            {
                await cancelling.CancelAsync();
                token.ThrowIfCancellationRequested();
                return new Note("n", "text", null);
            },
            cancellationToken: cancelling.Token));
        True((await payments.RunAsync("4711", static (_, _) => Task.FromResult(new Note("n", "text", null)), cancellationToken: c.CancellationToken)).IsFirst);
    }

    private static async Task One_who_died_is_followed(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set($"{{{c.Tag}}}:once:payments:4711", $"abcdefghijklmnopqrst;{c.Now.AddMilliseconds(200).ToUnixTimeMilliseconds()};7"));
        IdempotentResult<Note>? result = null;
        await c.UntilAsync(
            async () =>
            {
                try
                {
                    result = await Payments(c, new() { Wait = TimeSpan.Zero }).RunAsync("4711", static (run, _) => Task.FromResult(new Note("n", $"{run.Lease.FencingToken > 7}", null)), cancellationToken: c.CancellationToken);
                    return true;
                }
                catch (OperationInProgressException)
                {
                    return false;
                }
            },
            "the lease of the one who died to run out");
        Equal(new(new Note("n", "True", null), true), result);
    }

    private static async Task One_who_was_overtaken_gives_the_result_of_the_other(ConformanceContext c)
    {
        var (payments, notes) = (Payments(c), c.Store.Keyspace(c.Tag).Repository<Note, BareNoteModel>(new BareNoteModel(ConformanceLayouts.Document)));
        StoreKey key = $"{{{c.Tag}}}:once:payments:4711";
        var result = await payments.RunAsync(
            "4711",
            async (run, token) =>
            {
                await notes.GuardedBy(run.Lease).InsertAsync(new Note("n", "first", null), token);

                // It stands still, and another runs the operation to its end.
                var parts = (await c.Store.SendAsync(Strings.Get(key), token)).AsText()!.Split(';');
                await c.Store.SendAsync(Strings.Set(key, $"{parts[0]};1;{parts[2]}"), token);
                var other = await payments.RunAsync("4711", static (_, _) => Task.FromResult(new Note("n", "second", null)), cancellationToken: token);
                True(other.IsFirst);
                await ThrowsAsync<LeaseLostException>(async () => await notes.GuardedBy(run.Lease).UpsertAsync(new Note("n", "late", null), token));
                var late = new AtomicBatch();
                late.Add(Strings.Set(c.Key("late"), "written"));
                True(!(await c.Store.CommitAsync(run.Complete(late, new Note("n", "late", null)), token)).IsCommitted);
                return new Note("n", "first", null);
            },
            cancellationToken: c.CancellationToken);
        Equal(new(new Note("n", "second", null), false), result);
        await c.Expect(Keys.Exists(c.Key("late"))).AnswersAsync(false);
    }

    private static async Task An_id_of_another_request_is_refused(ConformanceContext c)
    {
        var payments = Payments(c);
        var (request, other) = ("{\"amount\":1}"u8.ToArray(), "{\"amount\":2}"u8.ToArray());
        static Task<Note> Run(IdempotentRun<Note> run, CancellationToken cancellationToken) => Task.FromResult(new Note("n", "text", null));
        True((await payments.RunAsync("4711", Run, request, c.CancellationToken)).IsFirst);
        True(!(await payments.RunAsync("4711", Run, request, c.CancellationToken)).IsFirst);
        True(!(await payments.RunAsync("4711", Run, cancellationToken: c.CancellationToken)).IsFirst);
        var refusal = await ThrowsAsync<IdempotencyConflictException>(async () => await payments.RunAsync("4711", Run, other, c.CancellationToken));
        True(refusal.Message.StartsWith("payments:", StringComparison.Ordinal));
        True(!refusal.Message.Contains("4711", StringComparison.Ordinal));
        var kept = (await c.Store.SendAsync(Strings.Get($"{{{c.Tag}}}:once:payments:4711"), c.CancellationToken)).AsText()!;
        True(!kept.Contains("amount", StringComparison.Ordinal), "the request is not kept");
    }

    private static async Task One_who_has_waited_long_enough_is_told(ConformanceContext c)
    {
        var payments = Payments(c);
        var result = await payments.RunAsync(
            "4711",
            async (_, token) =>
            {
                foreach (var wait in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMilliseconds(30)])
                {
                    var told = await ThrowsAsync<OperationInProgressException>(async () => await Payments(c, new() { Wait = wait, Run = QuickRun }).RunAsync("4711", static (_, _) => throw new InvalidOperationException("It was run twice."), cancellationToken: token));
                    Equal("payments", told.Operation);
                }

                return new Note("n", "text", null);
            },
            cancellationToken: c.CancellationToken);
        True(result.IsFirst);
        var impatient = await Payments(c, new() { Wait = TimeSpan.Zero, Run = QuickRun }).RunAsync("4711", static (_, _) => throw new InvalidOperationException("It was run twice."), cancellationToken: c.CancellationToken);
        Equal(new(result.Value, false), impatient);
    }

    private static async Task Effect_and_result_come_in_one_step_whatever_call_fails(ConformanceContext c)
    {
        foreach (var fault in (ChaosFault[])[ChaosFault.BeforeSend, ChaosFault.AfterEffect])
        {
            for (var call = 1; call <= 3; call++)
            {
                var (id, done) = ($"{fault} {call}", c.Key($"done {fault} {call}"));
                await using var chaos = new ChaosStore(c.Store, new ChaosOptions { Rules = [new ChaosRule { Fault = fault, AtCall = call }] }, ownsInner: false);
                var payments = chaos.Keyspace(c.Tag).Idempotency("payments", ConformanceJson.Default.Note, Quick);
                var result = await UntilAnsweredAsync(c, () => PayAsync(payments, chaos, id, done, c.CancellationToken));
                Equal("paid 1", result.Value.Text);
                await c.Expect(Strings.Get(done)).AnswersAsync(1);
                Equal(new(new Note(id, "paid 1", null), false), await PayAsync(payments, chaos, id, done, c.CancellationToken));
            }
        }
    }

    private static async Task Under_faults_the_effect_comes_once(ConformanceContext c)
    {
        await using var chaos = new ChaosStore(
            c.Store,
            new ChaosOptions { Seed = 9, Rules = [new ChaosRule { Fault = ChaosFault.AfterEffect, Probability = 0.3 }, new ChaosRule { Fault = ChaosFault.BeforeSend, Probability = 0.2 }] },
            ownsInner: false);
        await using var retrying = new RetryingKeyValueStore(chaos, new RetryOptions { MaximumAttempts = 1_000, ShortestPause = TimeSpan.Zero }, ownsInner: false);
        var payments = retrying.Keyspace(c.Tag).Idempotency("payments", ConformanceJson.Default.Note, Quick);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(
            async () =>
            {
                // Each is asked for by two.
                for (var i = 0; i < 20; i++)
                {
                    var id = $"{worker / 2}.{i}";
                    var result = await UntilAnsweredAsync(c, () => PayAsync(payments, retrying, id, c.Key(id), c.CancellationToken));
                    Equal("paid 1", result.Value.Text);
                }
            },
            c.CancellationToken)));
        for (var i = 0; i < 40; i++)
        {
            await c.Expect(Strings.Get(c.Key($"{i / 20}.{i % 20}"))).AnswersAsync(1);
        }
    }

    private static async Task Results_end_and_can_be_found_and_forgotten(ConformanceContext c)
    {
        var (payments, brief) = (Payments(c), Payments(c, new() { Retention = TimeSpan.FromSeconds(1), Run = QuickRun }));
        static Task<Note> Run(IdempotentRun<Note> run, CancellationToken cancellationToken) => Task.FromResult(new Note("n", "text", null));
        Equal(null, await payments.FindAsync("4711", c.CancellationToken));
        True(!await payments.ForgetAsync("4711", c.CancellationToken));
        await payments.RunAsync(
            "4711",
            async (_, token) =>
            {
                Equal(null, await payments.FindAsync("4711", token));
                True(!await payments.ForgetAsync("4711", token), "what runs can not be forgotten");
                return new Note("n", "text", null);
            },
            cancellationToken: c.CancellationToken);
        Equal(new(new Note("n", "text", null), false), await payments.FindAsync("4711", c.CancellationToken));
        True(await payments.ForgetAsync("4711", c.CancellationToken));
        True((await payments.RunAsync("4711", Run, cancellationToken: c.CancellationToken)).IsFirst);
        True((await brief.RunAsync("4712", Run, cancellationToken: c.CancellationToken)).IsFirst);
        await c.UntilAsync(async () => await brief.FindAsync("4712", c.CancellationToken) is null, "the result to end");
        True((await brief.RunAsync("4712", Run, cancellationToken: c.CancellationToken)).IsFirst);

        // What is no result is told, and never read as one.
        await c.Store.SendAsync(Strings.Set($"{{{c.Tag}}}:once:payments:4713", "=cut"), c.CancellationToken);
        await ThrowsAsync<UnexpectedReplyException>(async () => await payments.FindAsync("4713", c.CancellationToken));
        await ThrowsAsync<UnexpectedReplyException>(async () => await payments.RunAsync("4713", Run, cancellationToken: c.CancellationToken));
    }

    private static async Task Bad_input_is_refused(ConformanceContext c)
    {
        var (keyspace, payments) = (c.Store.Keyspace(c.Tag), Payments(c));
        await ThrowsAsync<ModelException>(() => Task.FromResult(keyspace.Idempotency("a/b", ConformanceJson.Default.Note)));
        await ThrowsAsync<ArgumentNullException>(() => Task.FromResult(keyspace.Idempotency<Note>("a", null!)));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new IdempotencyOptions { Retention = TimeSpan.FromMilliseconds(999) }));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new IdempotencyOptions { Retention = TimeSpan.FromDays(367) }));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new IdempotencyOptions { Wait = TimeSpan.FromTicks(-1) }));
        await ThrowsAsync<ArgumentException>(async () => await payments.RunAsync("", static (_, _) => Task.FromResult(new Note("n", "text", null)), cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentNullException>(async () => await payments.RunAsync("1", null!, cancellationToken: c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await payments.FindAsync("", c.CancellationToken));
        await ThrowsAsync<ArgumentException>(async () => await payments.ForgetAsync("", c.CancellationToken));
    }

    private static async Task<IdempotentResult<Note>> PayAsync(KeyspaceIdempotency<Note> payments, IKeyValueStore store, string id, StoreKey done, CancellationToken cancellationToken) => await payments.RunAsync(
        id,
        async (run, token) =>
        {
            var paid = (await store.SendAsync(Strings.Get(done), token)) is { IsNull: false } value ? value.AsInt64() : 0;
            var note = new Note(id, $"paid {paid + 1}", null);
            var batch = new AtomicBatch();
            batch.Add(Strings.Increment(done));
            (await store.CommitAsync(run.Complete(batch, note), token)).EnsureCommitted();
            return note;
        },
        cancellationToken: cancellationToken);

    private static async Task<IdempotentResult<Note>> UntilAnsweredAsync(ConformanceContext c, Func<Task<IdempotentResult<Note>>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreException error) when (error is StoreTimeoutException or StoreConnectionException or BatchRefusedException)
            {
                // By the same id again. A batch that is refused was applied before, by an attempt without an answer.
                c.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
