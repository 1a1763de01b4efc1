using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about cancelling: a call that is cancelled before it begins sends nothing and says so.</summary>
public sealed class CancellationConformance : ConformanceSuite
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(A_cancelled_command_is_not_sent),
        new(A_cancelled_pipeline_is_not_sent),
        new(A_cancelled_batch_is_not_sent),
        new(A_cancelled_script_is_not_sent, StoreFeatures.Scripts),
        new(A_cancelled_walk_does_not_begin),
        new(A_cancelled_subscription_does_not_begin, StoreFeatures.PubSub),
        new(The_store_works_on_after_a_cancelled_call),
    ];

    private static async Task A_cancelled_command_is_not_sent(ConformanceContext c)
    {
        await ThrowsAsync<OperationCanceledException>(async () => await c.Store.SendAsync(Strings.Set(c.Key("k"), "v"), Cancelled));
        await ThrowsAsync<OperationCanceledException>(async () => await c.Store.SendAsync(Strings.Get(c.Key("k")), Cancelled));
        await ThrowsAsync<OperationCanceledException>(async () => await c.Store.SendAsync(Lists.RightPush(c.Key("k"), "v"), Cancelled));
        await NothingIsThereAsync(c);
    }

    private static async Task A_cancelled_pipeline_is_not_sent(ConformanceContext c)
    {
        var pipeline = new StorePipeline();
        var reply = pipeline.Add(Strings.Set(c.Key("k"), "v"));
        await ThrowsAsync<OperationCanceledException>(async () => await c.Store.SendAsync(pipeline, Cancelled));
        True(!reply.IsSuccess);
        await NothingIsThereAsync(c);
    }

    private static async Task A_cancelled_batch_is_not_sent(ConformanceContext c)
    {
        var batch = new AtomicBatch();
        batch.Add(Strings.Set(c.Key("k"), "v"));
        await ThrowsAsync<OperationCanceledException>(async () => await c.Store.CommitAsync(batch, Cancelled));
        await NothingIsThereAsync(c);
    }

    private static async Task A_cancelled_script_is_not_sent(ConformanceContext c)
    {
        var script = new AtomicScript<long>(
            "incr", "return redis.call('INCR', KEYS[1])", Replies.Int64, twin: context => StoreReply.Integer(context.Call(Strings.Increment(context.Keys[0]))));
        await ThrowsAsync<OperationCanceledException>(async () => await c.Store.EvaluateAsync(script.With([c.Key("k")]), Cancelled));
        await NothingIsThereAsync(c);
    }

    private static async Task A_cancelled_walk_does_not_begin(ConformanceContext c)
    {
        await c.GivenAsync(Strings.Set(c.Key("k"), "v"));
        await ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var key in c.Store.ScanKeysAsync($"{{{c.Tag}}}*", cancellationToken: Cancelled))
            {
                throw new ConformanceFailedException($"A cancelled walk gave {key}");
            }
        });
    }

    private static async Task A_cancelled_subscription_does_not_begin(ConformanceContext c) =>
        await ThrowsAsync<OperationCanceledException>(async () => await c.Store.SubscribeAsync(c.Tag, Cancelled));

    private static async Task The_store_works_on_after_a_cancelled_call(ConformanceContext c)
    {
        for (var i = 0; i < 50; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var call = c.Store.SendAsync(Strings.Increment(c.Key("k")), cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            try
            {
                await call;
            }
            catch (OperationCanceledException)
            {
                // It may have been carried out all the same, or have been done before.
            }
        }

        await c.Expect(Strings.Set(c.Key("k"), "v")).AnswersAsync(true);
        await c.Expect(Strings.Get(c.Key("k"))).AnswersAsync("v");
    }

    private static Task NothingIsThereAsync(ConformanceContext c) => c.Expect(Keys.Exists(c.Key("k"))).AnswersAsync(false);
}
