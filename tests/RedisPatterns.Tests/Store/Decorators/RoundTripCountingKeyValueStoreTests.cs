using RedisPatterns.Commands;
using RedisPatterns.InMemory;

namespace RedisPatterns.Tests.Store.Decorators;

public sealed class RoundTripCountingKeyValueStoreTests
{
    [Fact]
    public async Task Every_kind_of_call_is_one_round_trip()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var store = new RoundTripCountingKeyValueStore(new InMemoryKeyValueStore());
        await store.SendAsync(Strings.Set("k", "v"), cancellation);
        Assert.Equal((1, 1), (store.RoundTrips, store.Commands));

        var pipeline = new StorePipeline();
        for (var i = 0; i < 10; i++) pipeline.Add(Strings.Get("k"));
        await store.SendAsync(pipeline, cancellation);
        Assert.Equal((2, 11), (store.RoundTrips, store.Commands));

        var batch = new AtomicBatch().When(BatchCondition.Absent("k"));
        batch.Add(Strings.Set("k", "w"));
        await store.CommitAsync(batch, cancellation);
        Assert.Equal((3, 12), (store.RoundTrips, store.Commands));

        var script = new AtomicScript<long>("one", "return 1", Replies.Int64, _ => StoreReply.Integer(1));
        await store.EvaluateAsync(script.With(["k"]), cancellation);
        Assert.Equal((4, 13), (store.RoundTrips, store.Commands));

        await Assert.ThrowsAsync<WrongTypeException>(async () => await store.SendAsync(Sets.Add("k", "m"), cancellation));
        Assert.Equal((5, 14), (store.RoundTrips, store.Commands));

        await store.SendToPrimariesAsync(Keys.Count(), cancellationToken: cancellation);
        Assert.Equal((6, 15), (store.RoundTrips, store.Commands));
    }
}
