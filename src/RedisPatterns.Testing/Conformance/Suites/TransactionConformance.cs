using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about optimistic transactions.</summary>
public sealed class TransactionConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(What_has_not_changed_is_committed),
        new(What_has_changed_is_read_again),
        new(Every_kind_of_read_is_held),
        new(A_read_that_others_do_not_touch_is_committed_at_the_first_attempt),
        new(What_changes_at_every_attempt_is_a_conflict),
        new(A_condition_or_a_command_refuses),
        new(Several_reads_come_together),
        new(Reads_alone_are_of_one_moment),
        new(A_body_that_throws_writes_nothing),
        new(A_remembered_transaction_is_written_once),
        new(What_can_not_be_held_is_refused_at_once),
        new(Concurrent_transfers_lose_nothing),
    ];

    private static async Task What_has_not_changed_is_committed(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("from"), 100), Strings.Set(c.Key("to"), 5));
        var result = await c.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var from = await transaction.ReadAsync(Strings.Get(c.Key("from")), cancellation);
                var to = await transaction.ReadAsync(Strings.Get(c.Key("to")), cancellation);
                transaction.Add(Strings.Set(c.Key("from"), from.AsInt64() - 30));
                return transaction.Add(Strings.Set(c.Key("to"), to.AsInt64() + 30));
            },
            cancellationToken: c.CancellationToken);
        Equal(TransactionStatus.Committed, result.Status);
        Equal(1, result.Attempts);
        Equal(null, result.Conflict);
        True(result.Value.Value, "the reply of the last command");
        await c.Expect(Strings.GetMany(c.Key("from"), c.Key("to"))).AnswersAsync([70, 35]);
    }

    private static async Task What_has_changed_is_read_again(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("n"), 1));
        var seen = new List<long>();
        var result = await c.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var n = (await transaction.ReadAsync(Strings.Get(c.Key("n")), cancellation)).AsInt64();
                seen.Add(n);
                if (seen.Count < 3)
                {
                    await c.GivenAsync(Strings.Increment(c.Key("n"), 10));
                }

                transaction.Add(Strings.Set(c.Key("n"), n * 2));
            },
            cancellationToken: c.CancellationToken);
        result.EnsureCommitted();
        Equal([1, 11, 21], seen);
        Equal(3, result.Attempts);
        Equal("GET", result.Conflict?.Definition.Name);
        await c.Expect(Strings.Get(c.Key("n"))).AnswersAsync(42);
    }

    private static async Task Every_kind_of_read_is_held(ConformanceContext c)
    {
        var checkedReads = 0;
        foreach (var read in TransactionReads.All(c))
        {
            var attempts = await AttemptAsync(c, read, read.Change);
            True(attempts is null or 2, $"{c.Describe(read.Command)}: a change was not seen, or seen twice: {attempts} attempts");
            checkedReads += attempts is null ? 0 : 1;
        }

        True(checkedReads >= 20, "twenty kinds of reads are held");
    }

    private static async Task A_read_that_others_do_not_touch_is_committed_at_the_first_attempt(ConformanceContext c)
    {
        foreach (var read in TransactionReads.All(c))
        {
            var attempts = await AttemptAsync(c, read, change: null);
            True(attempts is null or 1, $"{c.Describe(read.Command)}: nothing has changed, yet it took {attempts} attempts");
        }
    }

    private static async Task What_changes_at_every_attempt_is_a_conflict(ConformanceContext c)
    {
        var result = await c.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                await transaction.ReadAsync(Lists.Length(c.Key("list")), cancellation);
                await c.GivenAsync(Lists.RightPush(c.Key("list"), "e"));
                transaction.Add(Strings.Set(c.Key("written"), "v"));
            },
            new TransactionOptions { MaximumAttempts = 3, ShortestPause = TimeSpan.Zero },
            c.CancellationToken);
        Equal(TransactionStatus.Conflict, result.Status);
        Equal(3, result.Attempts);
        Equal("LLEN", result.Conflict?.Definition.Name);
        await ThrowsAsync<TransactionConflictException>(() => Run(result.EnsureCommitted));
        await c.Expect(Keys.Exists(c.Key("written"))).AnswersAsync(false);
        await c.Expect(Lists.Length(c.Key("list"))).AnswersAsync(3);
    }

    private static async Task A_condition_or_a_command_refuses(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("n"), 1), Sets.Add(c.Key("set"), "m"));
        var condition = await c.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                await transaction.ReadAsync(Strings.Get(c.Key("n")), cancellation);
                transaction.When(BatchCondition.Exists(c.Key("n")));
                transaction.When(BatchCondition.NumberAtLeast(c.Key("n"), 2));
                transaction.Add(Strings.Set(c.Key("written"), "v"));
            },
            cancellationToken: c.CancellationToken);
        Equal(TransactionStatus.Refused, condition.Status);
        Equal(1, condition.Attempts);
        Equal(CommitStatus.ConditionFailed, condition.Obstacle?.Status);
        Equal(1, condition.Obstacle?.Index);
        await ThrowsAsync<BatchRefusedException>(() => Run(condition.EnsureCommitted));

        var command = await c.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                await transaction.ReadAsync(Strings.Get(c.Key("n")), cancellation);
                transaction.Add(Strings.Set(c.Key("written"), "v"));
                transaction.Add(Strings.Increment(c.Key("set")));
            },
            cancellationToken: c.CancellationToken);
        Equal(TransactionStatus.Refused, command.Status);
        Equal(CommitStatus.CommandFailed, command.Obstacle?.Status);
        Equal(1, command.Obstacle?.Index);
        True(command.Obstacle?.Error is WrongTypeException);
        await c.Expect(Keys.Exists(c.Key("written"))).AnswersAsync(false);
    }

    private static async Task Several_reads_come_together(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("n"), 1), Hashes.Set(c.Key("h"), "f", "v"), Sets.Add(c.Key("s"), "m"));
        var changed = false;
        var result = await c.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var (n, field) = await transaction.ReadAsync(Strings.Get(c.Key("n")), Hashes.Get(c.Key("h"), "f"), cancellation);
                var (length, exists, isMember) = await transaction.ReadAsync(
                    Hashes.Length(c.Key("h")), Keys.Exists(c.Key("none")), Sets.Contains(c.Key("s"), "m"), cancellation);
                var all = await transaction.ReadAsync([Strings.Get(c.Key("n")), Strings.Get(c.Key("none"))], cancellation);
                if (!changed)
                {
                    changed = true;
                    await c.GivenAsync(Sets.Remove(c.Key("s"), "m"));
                }

                transaction.Add(Sets.Add(c.Key("s"), "other"));
                return (n, field, length, exists, isMember, First: all[0], Second: all[1]);
            },
            cancellationToken: c.CancellationToken);
        Equal(2, result.Attempts);
        Equal("SISMEMBER", result.Conflict?.Definition.Name);
        Equal((1, "v", 1, false, false, 1, StoreValue.Null), result.Value);
    }

    private static async Task Reads_alone_are_of_one_moment(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("a"), 1), Strings.Set(c.Key("b"), 1));
        var moved = false;
        var result = await c.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                var a = await transaction.ReadAsync(Strings.Get(c.Key("a")), cancellation);
                if (!moved)
                {
                    moved = true;
                    await c.GivenAsync(Strings.Increment(c.Key("a")), Strings.Increment(c.Key("b"), -1));
                }

                return a.AsInt64() + (await transaction.ReadAsync(Strings.Get(c.Key("b")), cancellation)).AsInt64();
            },
            cancellationToken: c.CancellationToken);
        Equal((2L, 2), (result.Value, result.Attempts));
    }

    private static async Task A_body_that_throws_writes_nothing(ConformanceContext c)
    {
        await ThrowsAsync<FormatException>(async () => await c.Store.TransactAsync(
            (transaction, _) =>
            {
                transaction.Add(Strings.Set(c.Key("written"), "v"));
                throw new FormatException();
            },
            cancellationToken: c.CancellationToken));
        await c.Expect(Keys.Exists(c.Key("written"))).AnswersAsync(false);
    }

    private static async Task A_remembered_transaction_is_written_once(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("n"), 1));
        var first = await AddAsync();
        Equal(TransactionStatus.Committed, first.Status);
        var second = await AddAsync();
        Equal(TransactionStatus.Replayed, second.Status);
        True(second.IsCommitted);
        Equal(2, second.Value.Value);
        await c.Expect(Strings.Get(c.Key("n"))).AnswersAsync(2);

        ValueTask<TransactionResult<PendingReply<long>>> AddAsync() => c.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                await transaction.ReadAsync(Strings.Get(c.Key("n")), cancellation);
                transaction.RememberAs(c.Key("once"), TimeSpan.FromHours(1));
                return transaction.Add(Strings.Increment(c.Key("n")));
            },
            cancellationToken: c.CancellationToken);
    }

    private static async Task What_can_not_be_held_is_refused_at_once(ConformanceContext c)
    {
        StoreTransaction? over = null;
        await c.Store.TransactAsync(
            async (transaction, cancellation) =>
            {
                over = transaction;
                await ThrowsAsync<ArgumentException>(async () => await transaction.ReadAsync(Strings.Increment(c.Key("n")), cancellation));
                await ThrowsAsync<ArgumentException>(async () => await transaction.ReadAsync(Keys.TimeToLive(c.Key("n")), cancellation));
                await ThrowsAsync<ArgumentException>(async () => await transaction.ReadAsync(Sets.RandomMember(c.Key("n")), cancellation));
                await ThrowsAsync<ArgumentException>(async () => await transaction.ReadAsync(Keys.Count(), cancellation));
                await transaction.ReadAsync(Strings.Get(c.Key("n")), cancellation);
                await ThrowsAsync<CrossSlotException>(async () => await transaction.ReadAsync(Strings.Get(c.KeyOfAnotherSlot("n")), cancellation));
                await ThrowsAsync<CrossSlotException>(() => Run(() => transaction.Add(Strings.Set(c.KeyOfAnotherSlot("n"), "v"))));
                await ThrowsAsync<CrossSlotException>(() => Run(() => transaction.When(BatchCondition.Exists(c.KeyOfAnotherSlot("n")))));
                transaction.Add(Strings.Set(c.Key("n"), "v"));
                await ThrowsAsync<InvalidOperationException>(async () => await transaction.ReadAsync(Strings.Length(c.Key("n")), cancellation));
            },
            cancellationToken: c.CancellationToken);
        await ThrowsAsync<InvalidOperationException>(async () => await over!.ReadAsync(Strings.Get(c.Key("n")), c.CancellationToken));
        await ThrowsAsync<InvalidOperationException>(() => Run(() => over!.Add(Strings.Set(c.Key("n"), "w"))));
        await c.Expect(Strings.Get(c.Key("n"))).AnswersAsync("v");
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Run(() => _ = new TransactionOptions { MaximumAttempts = 0 }));
    }

    private static async Task Concurrent_transfers_lose_nothing(ConformanceContext c)
    {
        const int Accounts = 4;
        const int Workers = 6;
        const int Transfers = 15;
        for (var i = 0; i < Accounts; i++)
        {
            await c.GivenAsync(Strings.Set(c.Key($"a{i}"), 100));
        }

        var written = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            var dice = new Random(worker);
            for (var i = 0; i < Transfers; i++)
            {
                var from = c.Key($"a{dice.Next(Accounts)}");
                var to = c.Key($"a{dice.Next(Accounts)}");
                var result = await c.Store.TransactAsync(
                    async (transaction, cancellation) =>
                    {
                        var (left, right) = await transaction.ReadAsync(Strings.Get(from), Strings.Get(to), cancellation);
                        if (left.AsInt64() > 0 && from != to)
                        {
                            transaction.Add(Strings.Set(from, left.AsInt64() - 1));
                            transaction.Add(Strings.Set(to, right.AsInt64() + 1));
                            transaction.Add(Strings.Increment(c.Key("transfers")));
                            return 1;
                        }

                        return 0;
                    },
                    new TransactionOptions { MaximumAttempts = 1_000 },
                    c.CancellationToken);
                result.EnsureCommitted();
                Interlocked.Add(ref written, result.Value);
            }
        }));
        var balances = await c.SendAsync(Strings.GetMany([.. Enumerable.Range(0, Accounts).Select(i => c.Key($"a{i}"))]));
        Equal(Accounts * 100L, balances.Sum(balance => balance.AsInt64()));
        await c.Expect(Strings.Get(c.Key("transfers"))).AnswersAsync(written);
    }

    // Null when the store holds the read by scripts alone, and has none.
    private static async Task<int?> AttemptAsync(ConformanceContext c, TransactionRead read, StoreCommand? change)
    {
        await c.DeleteKeysAsync();
        try
        {
            await c.GivenAsync(read.Given);
            var pending = change;
            var result = await c.Store.TransactAsync(
                async (transaction, cancellation) =>
                {
                    await transaction.ReadAsync(new DifferentialCommand(read.Command, ReplyRule.Exact).Raw(), cancellation);
                    if (pending is not null)
                    {
                        await c.GivenAsync(pending);
                        pending = null;
                    }

                    transaction.Add(Strings.Set(c.Key("written"), "v"));
                },
                cancellationToken: c.CancellationToken);
            Equal(TransactionStatus.Committed, result.Status, c.Describe(read.Command));
            return result.Attempts;
        }
        catch (UnsupportedCommandException) when (!c.Store.Capabilities.Has(StoreFeatures.Scripts))
        {
            await c.Expect(Keys.Exists(c.Key("written"))).AnswersAsync(false);
            return null;
        }
        catch (ConformanceSkippedException)
        {
            return null;
        }
    }

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
