using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about the commit of an atomic batch: order, replies, result, idempotency, refusals.</summary>
public sealed class BatchConformance : ConformanceSuite
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Commands_are_carried_out_in_order_and_see_each_other),
        new(Every_reply_has_its_own_type),
        new(A_condition_that_does_not_hold_is_told_by_its_index),
        new(The_first_condition_that_does_not_hold_is_told),
        new(Conditions_are_looked_at_before_any_command),
        new(A_command_that_fails_is_told_by_its_index_with_its_error, StoreFeatures.Scripts),
        new(A_refused_batch_can_be_thrown),
        new(Replies_of_a_refused_batch_can_not_be_read),
        new(A_batch_may_be_conditions_or_nothing_at_all),
        new(A_batch_may_be_committed_again),
        new(Thousands_of_commands_are_one_batch),
        new(A_command_may_have_thousands_of_arguments),
        new(A_repeated_batch_gets_the_first_ones_replies),
        new(A_repeated_batch_is_not_stopped_by_its_own_conditions),
        new(A_refused_batch_is_not_remembered),
        new(A_memory_ends_after_its_time),
        new(Another_idempotency_key_is_another_operation),
        new(Keys_of_several_slots_are_refused),
        new(What_can_not_be_in_a_batch_is_refused_at_once),
    ];

    private static async Task Commands_are_carried_out_in_order_and_see_each_other(ConformanceContext c)
    {
        var batch = new AtomicBatch();
        var before = batch.Add(Strings.Get(c.Key("k")));
        batch.Add(Strings.Set(c.Key("k"), 1));
        var sum = batch.Add(Strings.Increment(c.Key("k"), 41));
        var copied = batch.Add(Keys.Copy(c.Key("k"), c.Key("l")));
        var deleted = batch.Add(Keys.Delete(c.Key("k")));
        var after = batch.Add(Strings.GetMany(c.Key("k"), c.Key("l")));
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
        Equal(StoreValue.Null, before.Value);
        Equal(42, sum.Value);
        True(copied.Value && deleted.Value);
        Equal([StoreValue.Null, 42], after.Value);
    }

    private static async Task Every_reply_has_its_own_type(ConformanceContext c)
    {
        var batch = new AtomicBatch();
        var replies = Replies(batch, c);
        var result = await c.Store.CommitAsync(batch, c.CancellationToken);
        Equal(CommitStatus.Committed, result.Status);
        Equal(-1, result.Index);
        True(result.IsCommitted && result.Error is null);
        CheckReplies(replies);
    }

    private static async Task A_condition_that_does_not_hold_is_told_by_its_index(ConformanceContext c)
    {
        for (var failing = 0; failing < 4; failing++)
        {
            var batch = new AtomicBatch();
            for (var i = 0; i < 4; i++)
            {
                batch.When(i == failing ? BatchCondition.Exists(c.Key("none")) : BatchCondition.Absent(c.Key("none")));
            }

            batch.Add(Strings.Set(c.Key("k"), "v"));
            var result = await c.Store.CommitAsync(batch, c.CancellationToken);
            Equal(CommitStatus.ConditionFailed, result.Status);
            Equal(failing, result.Index);
            True(!result.IsCommitted && result.Error is null);
        }

        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
    }

    private static async Task The_first_condition_that_does_not_hold_is_told(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("string"), "v"));
        var batch = new AtomicBatch()
            .When(BatchCondition.Absent(c.Key("none")))
            .When(BatchCondition.Exists(c.Key("none")))
            .When(BatchCondition.SetContains(c.Key("string"), "m"))
            .When(BatchCondition.Exists(c.Key("none")));
        batch.Add(Strings.Set(c.Key("k"), "v"));
        Equal(1, (await c.Store.CommitAsync(batch, c.CancellationToken)).Index);
    }

    private static async Task Conditions_are_looked_at_before_any_command(ConformanceContext c)
    {
        var batch = new AtomicBatch();
        batch.Add(Strings.Set(c.Key("k"), "v"));
        batch.When(BatchCondition.Absent(c.Key("k")));
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("v");
    }

    private static async Task A_command_that_fails_is_told_by_its_index_with_its_error(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("text"), "abc"));
        var batch = new AtomicBatch().When(BatchCondition.Exists(c.Key("text")));
        batch.Add(Strings.Set(c.Key("k"), "v"));
        batch.Add(Sets.Add(c.Key("s"), "m"));
        batch.Add(Strings.Increment(c.Key("text")));
        batch.Add(Sets.Add(c.Key("text"), "m"));
        var result = await c.Store.CommitAsync(batch, c.CancellationToken);
        Equal(CommitStatus.CommandFailed, result.Status);
        Equal(2, result.Index);
        True(result.Error is InvalidNumberException, $"{result.Error?.GetType().Name} is InvalidNumberException");
        await c.Expect(Keys.Exists(c.Key("k"), c.Key("s"))).AnswersAsync(0);
    }

    private static async Task A_refused_batch_can_be_thrown(ConformanceContext c)
    {
        var batch = new AtomicBatch().When(BatchCondition.Exists(c.Key("none")));
        batch.Add(Strings.Set(c.Key("k"), "v"));
        var result = await c.Store.CommitAsync(batch, c.CancellationToken);
        await ThrowsAsync<BatchRefusedException>(() => Task.FromResult(result.EnsureCommitted()));
    }

    private static async Task Replies_of_a_refused_batch_can_not_be_read(ConformanceContext c)
    {
        await c.GivenAsync(Sets.Add(c.Key("set"), "m"));
        var batch = new AtomicBatch();
        var good = batch.Add(Strings.Increment(c.Key("k")));
        var bad = batch.Add(Strings.Increment(c.Key("set")));
        Equal(1, (await c.Store.CommitAsync(batch, c.CancellationToken)).Index);
        True(!good.IsSuccess && !bad.IsSuccess);
    }

    private static async Task A_batch_may_be_conditions_or_nothing_at_all(ConformanceContext c)
    {
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(new AtomicBatch(), c.CancellationToken)).Status);
        var holds = new AtomicBatch().When(BatchCondition.Absent(c.Key("k")));
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(holds, c.CancellationToken)).Status);
        var fails = new AtomicBatch().When(BatchCondition.Exists(c.Key("k")));
        Equal(CommitStatus.ConditionFailed, (await c.Store.CommitAsync(fails, c.CancellationToken)).Status);
    }

    private static async Task A_batch_may_be_committed_again(ConformanceContext c)
    {
        var batch = new AtomicBatch();
        var sum = batch.Add(Strings.Increment(c.Key("k")));
        for (var i = 1; i <= 3; i++)
        {
            Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
            Equal(i, sum.Value);
        }
    }

    private static async Task Thousands_of_commands_are_one_batch(ConformanceContext c)
    {
        var batch = new AtomicBatch();
        var replies = Enumerable.Range(0, 5000).Select(i => batch.Add(Hashes.Set(c.Key($"h{i % 7}"), $"f{i}", i))).ToArray();
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
        True(replies.All(reply => reply.Value));
        await c.Expect(Hashes.Length(c.Key("h0"))).AnswersAsync(715);
    }

    private static async Task A_command_may_have_thousands_of_arguments(ConformanceContext c)
    {
        var members = Enumerable.Range(0, 20_000).Select(i => (StoreValue)i).ToArray();
        var batch = new AtomicBatch();
        var added = batch.Add(Sets.Add(c.Key("s"), members));
        var set = batch.Add(Hashes.Set(c.Key("h"), [.. members.Select(member => new HashEntry(member, member))]));
        var asked = batch.Add(Sets.ContainsMany(c.Key("s"), members.AsSpan(0, 7000)));
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
        Equal(20_000, added.Value);
        Equal(20_000, set.Value);
        True(asked.Value.Length == 7000 && asked.Value.All(yes => yes));
        await c.Expect(Sets.Length(c.Key("s"))).AnswersAsync(20_000);
    }

    private static async Task A_repeated_batch_gets_the_first_ones_replies(ConformanceContext c)
    {
        var first = new AtomicBatch().RememberAs(c.Key("op"), Hour);
        var replies = Replies(first, c);
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(first, c.CancellationToken)).Status);
        CheckReplies(replies);
        await c.GivenAsync(Strings.Set(c.Key("k"), "changed since"));

        var again = new AtomicBatch().RememberAs(c.Key("op"), Hour);
        replies = Replies(again, c);
        var result = await c.Store.CommitAsync(again, c.CancellationToken);
        Equal(CommitStatus.Replayed, result.Status);
        True(result.IsCommitted);
        CheckReplies(replies);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("changed since");
        await c.Expect(Lists.Length(c.Key("l"))).AnswersAsync(2);
    }

    private static async Task A_repeated_batch_is_not_stopped_by_its_own_conditions(ConformanceContext c)
    {
        for (var i = 0; i < 2; i++)
        {
            var batch = new AtomicBatch().When(BatchCondition.Absent(c.Key("k"))).RememberAs(c.Key("op"), Hour);
            var sum = batch.Add(Strings.Increment(c.Key("k")));
            var result = await c.Store.CommitAsync(batch, c.CancellationToken);
            Equal(i == 0 ? CommitStatus.Committed : CommitStatus.Replayed, result.Status);
            Equal(1, sum.Value);
        }

        await c.Expect(Keys.TimeToLive(c.Key("op"))).AnswersAsync(ttl => ttl.Remaining > TimeSpan.Zero && ttl.Remaining <= Hour, "within the hour");
    }

    private static async Task A_refused_batch_is_not_remembered(ConformanceContext c)
    {
        var batch = new AtomicBatch().When(BatchCondition.Exists(c.Key("there"))).RememberAs(c.Key("op"), Hour);
        batch.Add(Strings.Increment(c.Key("k")));
        Equal(CommitStatus.ConditionFailed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
        await c.GivenAsync(Strings.Set(c.Key("there"), "v"), Sets.Add(c.Key("k"), "m"));
        Equal(CommitStatus.CommandFailed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
        await c.Expect(Keys.Exists(c.Key("op"))).AnswersAsync(false);
        await c.GivenAsync(Keys.Delete(c.Key("k")));
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
        Equal(CommitStatus.Replayed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
    }

    private static async Task A_memory_ends_after_its_time(ConformanceContext c)
    {
        var batch = new AtomicBatch().RememberAs(c.Key("op"), TimeSpan.FromMilliseconds(30));
        var sum = batch.Add(Strings.Increment(c.Key("k")));
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
        await c.UntilAsync(async () => !await c.SendAsync(Keys.Exists(c.Key("op"))), "the memory to end");
        Equal(CommitStatus.Committed, (await c.Store.CommitAsync(batch, c.CancellationToken)).Status);
        Equal(2, sum.Value);
    }

    private static async Task Another_idempotency_key_is_another_operation(ConformanceContext c)
    {
        foreach (var operation in (string[])["op1", "op2", "op1"])
        {
            var batch = new AtomicBatch().RememberAs(c.Key(operation), Hour);
            batch.Add(Strings.Increment(c.Key("k")));
            True((await c.Store.CommitAsync(batch, c.CancellationToken)).IsCommitted);
        }

        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync(2);
    }

    private static async Task Keys_of_several_slots_are_refused(ConformanceContext c)
    {
        var commands = new AtomicBatch();
        commands.Add(Strings.Set(c.Key("k"), "v"));
        commands.Add(Strings.Set(c.KeyOfAnotherSlot("k"), "v"));
        var condition = new AtomicBatch().When(BatchCondition.Absent(c.KeyOfAnotherSlot("k")));
        condition.Add(Strings.Set(c.Key("k"), "v"));
        var memory = new AtomicBatch().RememberAs(c.KeyOfAnotherSlot("op"), Hour);
        memory.Add(Strings.Set(c.Key("k"), "v"));
        foreach (var batch in (AtomicBatch[])[commands, condition, memory])
        {
            await ThrowsAsync<CrossSlotException>(async () => await c.Store.CommitAsync(batch, c.CancellationToken));
        }

        await c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
        await c.Expect(Keys.Exists(c.KeyOfAnotherSlot("k"))).AnswersAsync(false);
    }

    private static async Task What_can_not_be_in_a_batch_is_refused_at_once(ConformanceContext c)
    {
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(new AtomicBatch().Add(Keys.Count())));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(new AtomicBatch().Add(Channels.Publish(c.Tag, "m"))));
        await ThrowsAsync<ArgumentException>(() => Task.FromResult(new AtomicBatch().RememberAs(default, Hour)));
        await ThrowsAsync<ArgumentOutOfRangeException>(() => Task.FromResult(new AtomicBatch().RememberAs(c.Key("op"), TimeSpan.Zero)));
    }

    private static List<PendingReply> Replies(AtomicBatch batch, ConformanceContext c) =>
    [
        batch.Add(Strings.GetAndSet(c.Key("k"), "v")),
        batch.Add(Strings.Get(c.Key("k"))),
        batch.Add(Lists.RightPush(c.Key("l"), "a", "")),
        batch.Add(Strings.GetMany(c.Key("none"), c.Key("k"), c.Key("none"))),
        batch.Add(SortedSets.Add(c.Key("z"), "m", 0.1)),
        batch.Add(SortedSets.Scores(c.Key("z"), "none", "m", "none")),
        batch.Add(SortedSets.Score(c.Key("z"), "none")),
        batch.Add(SortedSets.RangeWithScores(c.Key("z"), RankRange.All)),
        batch.Add(Hashes.IncrementFloat(c.Key("h"), "f", 0.5)),
        batch.Add(Hashes.GetAll(c.Key("h"))),
        batch.Add(Strings.Increment(c.Key("n"), 9007199254740993)),
        batch.Add(Lists.Range(c.Key("none"))),
        batch.Add(Keys.Type(c.Key("z"))),
        batch.Add(Strings.Set(c.Key("k"), "w", Expiry.None, SetWhen.KeyAbsent)),
        batch.Add(Strings.Append(c.Key("bytes"), new byte[] { 0, 0xFF, (byte)'\r', (byte)'\n' })),
        batch.Add(Strings.Get(c.Key("bytes"))),
    ];

    private static void CheckReplies(List<PendingReply> replies)
    {
        Equal(StoreValue.Null, Value<StoreValue>(replies[0]));
        Equal("v", Value<StoreValue>(replies[1]));
        Equal(2, Value<long>(replies[2]));
        Equal([StoreValue.Null, "v", StoreValue.Null], Value<StoreValue[]>(replies[3]));
        Equal(true, Value<bool>(replies[4]));
        Equal([null, 0.1, null], Value<double?[]>(replies[5]));
        Equal(null, Value<double?>(replies[6]));
        Equal([new SortedSetEntry("m", 0.1)], Value<SortedSetEntry[]>(replies[7]));
        Equal(0.5, Value<double>(replies[8]));
        Equal([new HashEntry("f", "0.5")], Value<HashEntry[]>(replies[9]));
        Equal(9007199254740993, Value<long>(replies[10]));
        Equal([], Value<StoreValue[]>(replies[11]));
        Equal(DataType.SortedSet, Value<DataType>(replies[12]));
        Equal(false, Value<bool>(replies[13]));
        Equal(4, Value<long>(replies[14]));
        Equal((byte[])[0, 0xFF, (byte)'\r', (byte)'\n'], Value<StoreValue>(replies[15]));
    }

    private static T Value<T>(PendingReply reply) => ((PendingReply<T>)reply).Value;
}
