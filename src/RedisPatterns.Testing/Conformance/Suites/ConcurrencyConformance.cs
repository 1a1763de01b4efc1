using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises when many use it at the same time: nothing is lost, nothing is mixed up, one wins.</summary>
public sealed class ConcurrencyConformance : ConformanceSuite
{
    private const int Workers = 16;

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(No_increment_is_lost),
        new(Every_caller_gets_its_own_reply),
        new(Pipelines_do_not_mix),
        new(One_of_many_creates),
        new(One_of_many_batches_commits),
        new(Compare_and_set_loses_nothing),
        new(A_batch_is_seen_whole_or_not_at_all),
        new(A_repeated_batch_is_applied_once_however_many_repeat_it),
    ];

    private static async Task No_increment_is_lost(ConformanceContext c)
    {
        await TogetherAsync(c, async _ =>
        {
            for (var i = 0; i < 50; i++)
            {
                await c.Store.SendAsync(Strings.Increment(c.Key("n")), c.CancellationToken);
            }
        });
        await c.Expect(Strings.Get(c.Key("n"))).AnswersAsync(Workers * 50);
    }

    private static async Task Every_caller_gets_its_own_reply(ConformanceContext c)
    {
        await TogetherAsync(c, async worker =>
        {
            for (var i = 0; i < 50; i++)
            {
                StoreValue value = $"{worker}/{i}";
                await c.Store.SendAsync(Strings.Set(c.Key($"k{worker}"), value), c.CancellationToken);
                Equal(value, await c.Store.SendAsync(Strings.Get(c.Key($"k{worker}")), c.CancellationToken));
                Equal([value, StoreValue.Null], await c.Store.SendAsync(Strings.GetMany(c.Key($"k{worker}"), c.Key("none")), c.CancellationToken));
            }
        });
    }

    private static async Task Pipelines_do_not_mix(ConformanceContext c)
    {
        await TogetherAsync(c, async worker =>
        {
            for (var round = 0; round < 5; round++)
            {
                var pipeline = new StorePipeline();
                pipeline.Add(Keys.Delete(c.Key($"l{worker}")));
                var lengths = Enumerable.Range(0, 30).Select(i => pipeline.Add(Lists.RightPush(c.Key($"l{worker}"), i))).ToArray();
                await c.Store.SendAsync(pipeline, c.CancellationToken);
                Equal(Enumerable.Range(1, 30).Select(i => (long)i), lengths.Select(length => length.Value));
            }
        });
    }

    private static async Task One_of_many_creates(ConformanceContext c)
    {
        var won = 0;
        await TogetherAsync(c, async worker =>
        {
            if (await c.Store.SendAsync(Strings.Set(c.Key("k"), worker, Expiry.None, SetWhen.KeyAbsent), c.CancellationToken))
            {
                Interlocked.Increment(ref won);
            }
        });
        Equal(1, won);
    }

    private static async Task One_of_many_batches_commits(ConformanceContext c)
    {
        var won = 0;
        await TogetherAsync(c, async worker =>
        {
            var batch = new AtomicBatch().When(BatchCondition.Absent(c.Key("owner")));
            batch.Add(Strings.Set(c.Key("owner"), worker));
            batch.Add(Sets.Add(c.Key("winners"), worker));
            if ((await c.Store.CommitAsync(batch, c.CancellationToken)).IsCommitted)
            {
                Interlocked.Increment(ref won);
            }
        });
        Equal(1, won);
        await c.Expect(Sets.Length(c.Key("winners"))).AnswersAsync(1);
    }

    private static async Task Compare_and_set_loses_nothing(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("n"), 0));
        await TogetherAsync(c, async _ =>
        {
            for (var i = 0; i < 5;)
            {
                var seen = await c.Store.SendAsync(Strings.Get(c.Key("n")), c.CancellationToken);
                var batch = new AtomicBatch().When(BatchCondition.StringEquals(c.Key("n"), seen));
                batch.Add(Strings.Set(c.Key("n"), seen.AsInt64() + 1));
                i += (await c.Store.CommitAsync(batch, c.CancellationToken)).IsCommitted ? 1 : 0;
            }
        });
        await c.Expect(Strings.Get(c.Key("n"))).AnswersAsync(Workers * 5);
    }

    private static async Task A_batch_is_seen_whole_or_not_at_all(ConformanceContext c)
    {
        await TogetherAsync(c, async worker =>
        {
            for (var i = 0; i < 20; i++)
            {
                if (worker % 2 == 0)
                {
                    StoreValue value = $"{worker}/{i}";
                    var batch = new AtomicBatch();
                    batch.Add(Strings.Set(c.Key("a"), value));
                    batch.Add(Strings.Set(c.Key("b"), value));
                    await c.Store.CommitAsync(batch, c.CancellationToken);
                }
                else
                {
                    var both = await c.Store.SendAsync(Strings.GetMany(c.Key("a"), c.Key("b")), c.CancellationToken);
                    Equal(both[0], both[1]);
                }
            }
        });
    }

    private static async Task A_repeated_batch_is_applied_once_however_many_repeat_it(ConformanceContext c)
    {
        var statuses = new CommitStatus[Workers];
        await TogetherAsync(c, async worker =>
        {
            var batch = new AtomicBatch().RememberAs(c.Key("op"), TimeSpan.FromHours(1));
            var sum = batch.Add(Strings.Increment(c.Key("n")));
            statuses[worker] = (await c.Store.CommitAsync(batch, c.CancellationToken)).Status;
            Equal(1, sum.Value);
        });
        Equal(1, statuses.Count(status => status == CommitStatus.Committed));
        Equal(Workers - 1, statuses.Count(status => status == CommitStatus.Replayed));
        await c.Expect(Strings.Get(c.Key("n"))).AnswersAsync(1);
    }

    private static Task TogetherAsync(ConformanceContext c, Func<int, Task> work) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => work(worker), c.CancellationToken)));
}
