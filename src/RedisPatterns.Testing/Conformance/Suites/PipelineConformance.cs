using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about pipelines: order, an outcome for each command, nothing stops at a failure.</summary>
public sealed class PipelineConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Commands_are_carried_out_in_order),
        new(Every_reply_has_its_own_type),
        new(A_failure_does_not_stop_what_follows),
        new(The_first_failure_can_be_thrown),
        new(A_reply_is_not_there_before_the_pipeline_was_sent),
        new(An_empty_pipeline_does_nothing),
        new(A_thousand_commands_keep_their_replies),
        new(Commands_of_several_slots_go_together),
    ];

    private static async Task Commands_are_carried_out_in_order(ConformanceContext c)
    {
        var pipeline = new StorePipeline();
        var before = pipeline.Add(Strings.Get(c.Key("k")));
        pipeline.Add(Strings.Set(c.Key("k"), "1"));
        var between = pipeline.Add(Strings.Get(c.Key("k")));
        var sum = pipeline.Add(Strings.Increment(c.Key("k"), 41));
        pipeline.Add(Keys.Delete(c.Key("k")));
        var after = pipeline.Add(Strings.Get(c.Key("k")));
        await c.Store.SendAsync(pipeline, c.CancellationToken);
        Equal(StoreValue.Null, before.Value);
        Equal("1", between.Value);
        Equal(42, sum.Value);
        Equal(StoreValue.Null, after.Value);
    }

    private static async Task Every_reply_has_its_own_type(ConformanceContext c)
    {
        var pipeline = new StorePipeline();
        var number = pipeline.Add(Lists.RightPush(c.Key("l"), "a", "b"));
        var yes = pipeline.Add(Sets.Add(c.Key("s"), "m"));
        var entries = pipeline.Add(Hashes.GetAll(c.Key("h")));
        var score = pipeline.Add(SortedSets.Score(c.Key("z"), "m"));
        PendingReply untyped = pipeline.Add((StoreCommand)Lists.Range(c.Key("l")));
        await c.Store.SendAsync(pipeline, c.CancellationToken);
        Equal(5, pipeline.Count);
        Equal(2, number.Value);
        True(yes.Value);
        Equal([], entries.Value);
        Equal(null, score.Value);
        Equal(["a", "b"], ((PendingReply<StoreValue[]>)untyped).Value);
        True(pipeline.Replies.All(reply => reply is { IsCompleted: true, IsSuccess: true, Error: null }));
    }

    private static async Task A_failure_does_not_stop_what_follows(ConformanceContext c)
    {
        var pipeline = new StorePipeline();
        var set = pipeline.Add(Strings.Set(c.Key("k"), "v"));
        var wrong = pipeline.Add(Lists.RightPush(c.Key("k"), "e"));
        var number = pipeline.Add(Strings.Increment(c.Key("k")));
        var get = pipeline.Add(Strings.Get(c.Key("k")));
        await c.Store.SendAsync(pipeline, c.CancellationToken);
        True(set.Value);
        True(wrong is { IsCompleted: true, IsSuccess: false, Error: WrongTypeException });
        True(number.Error is InvalidNumberException);
        Equal("v", get.Value);
        await ThrowsAsync<WrongTypeException>(() => Task.FromResult(wrong.Value));
    }

    private static async Task The_first_failure_can_be_thrown(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        var pipeline = new StorePipeline();
        pipeline.Add(Strings.Get(c.Key("k")));
        pipeline.Add(Strings.Increment(c.Key("k")));
        pipeline.Add(Sets.Add(c.Key("k"), "m"));
        await c.Store.SendAsync(pipeline, c.CancellationToken);
        await ThrowsAsync<InvalidNumberException>(() =>
        {
            pipeline.ThrowIfAnyFailed();
            return Task.CompletedTask;
        });
    }

    private static async Task A_reply_is_not_there_before_the_pipeline_was_sent(ConformanceContext c)
    {
        var pipeline = new StorePipeline();
        var get = pipeline.Add(Strings.Get(c.Key("k")));
        True(get is { IsCompleted: false, IsSuccess: false, Error: null });
        await ThrowsAsync<InvalidOperationException>(() => Task.FromResult(get.Value));
    }

    private static async Task An_empty_pipeline_does_nothing(ConformanceContext c)
    {
        var pipeline = new StorePipeline();
        await c.Store.SendAsync(pipeline, c.CancellationToken);
        pipeline.ThrowIfAnyFailed();
    }

    private static async Task A_thousand_commands_keep_their_replies(ConformanceContext c)
    {
        var pipeline = new StorePipeline();
        var replies = Enumerable.Range(0, 1000).Select(i => pipeline.Add(Strings.GetAndSet(c.Key($"{i % 10}"), i))).ToArray();
        await c.Store.SendAsync(pipeline, c.CancellationToken);
        for (var i = 0; i < replies.Length; i++)
        {
            Equal(i < 10 ? StoreValue.Null : i - 10, replies[i].Value);
        }
    }

    private static async Task Commands_of_several_slots_go_together(ConformanceContext c)
    {
        var pipeline = new StorePipeline();
        var replies = Enumerable.Range(0, 50).Select(i => pipeline.Add(Strings.Increment($"{{{c.Tag}{i}}}", i))).ToArray();
        var wrong = pipeline.Add(Sets.Add($"{{{c.Tag}{7}}}", "m"));
        await c.Store.SendAsync(pipeline, c.CancellationToken);
        Equal(Enumerable.Range(0, 50).Select(i => (long)i), replies.Select(reply => reply.Value));
        True(wrong.Error is WrongTypeException);
    }
}
