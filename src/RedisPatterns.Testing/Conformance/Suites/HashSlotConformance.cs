using RedisPatterns.Commands;

namespace RedisPatterns.Testing;

/// <summary>What every store promises about hash slots: the same ones as Redis Cluster, whether or not there is a cluster.</summary>
public sealed class HashSlotConformance : ConformanceSuite
{
    /// <inheritdoc/>
    public override IReadOnlyList<ConformanceTest> Tests { get; } =
    [
        new(Slots_are_those_of_the_specification),
        new(Tags_are_those_of_the_specification),
        new(Keys_of_one_slot_without_a_tag_may_be_in_one_batch),
        new(Every_slot_can_be_written_and_read),
        new(A_command_over_several_slots_is_refused_in_a_cluster, StoreFeatures.Cluster),
    ];

    private static Task Slots_are_those_of_the_specification(ConformanceContext c)
    {
        Equal(12739, HashSlot.Of("123456789"));
        Equal(12182, HashSlot.Of("foo"));
        Equal(0, HashSlot.Of(""));
        Equal(HashSlot.Of("é"), HashSlot.Of("é"u8.ToArray()));
        return Task.CompletedTask;
    }

    private static Task Tags_are_those_of_the_specification(ConformanceContext c)
    {
        Equal(HashSlot.Of("user1000"), HashSlot.Of("{user1000}.following"));
        Equal(HashSlot.Of("bar"), HashSlot.Of("foo{bar}{zap}"));
        Equal(HashSlot.Of("{bar"), HashSlot.Of("foo{{bar}}zap"));
        True(HashSlot.Of("foo{}{bar}") != HashSlot.Of("bar"), "an empty tag is no tag");
        True(HashSlot.Of("foo{bar") != HashSlot.Of("bar"), "a tag that is not closed is no tag");
        return Task.CompletedTask;
    }

    private static async Task Keys_of_one_slot_without_a_tag_may_be_in_one_batch(ConformanceContext c)
    {
        StoreKey[] keys = [c.Tag, .. Enumerable.Range(0, int.MaxValue).Select(i => (StoreKey)$"{c.Tag}-{i}").Where(key => HashSlot.Of(key) == HashSlot.Of(c.Tag)).Take(1)];
        var batch = new AtomicBatch();
        batch.Add(Strings.Set(keys[0], 1));
        batch.Add(Strings.Set(keys[1], 2));
        await c.Store.CommitAsync(batch, c.CancellationToken);
        await c.Expect(Strings.GetMany(keys)).AnswersAsync([1, 2]);
    }

    private static async Task Every_slot_can_be_written_and_read(ConformanceContext c)
    {
        var keys = Enumerable.Range(0, 2000).Select(i => (StoreKey)$"{{{c.Tag}/{i}}}").ToArray();
        await c.GivenAsync([.. keys.Select((key, i) => Strings.Set(key, i))]);
        var pipeline = new StorePipeline();
        var replies = keys.Select(key => pipeline.Add(Strings.GetAndDelete(key))).ToArray();
        await c.Store.SendAsync(pipeline, c.CancellationToken);
        Equal(Enumerable.Range(0, keys.Length).Select(i => (StoreValue)i), replies.Select(reply => reply.Value));
    }

    private static async Task A_command_over_several_slots_is_refused_in_a_cluster(ConformanceContext c)
    {
        await c.Expect(Strings.GetMany(c.Key("a"), c.KeyOfAnotherSlot("b"))).FailsAsync<CrossSlotException>();
        var pipeline = new StorePipeline();
        var wrong = pipeline.Add(Keys.Delete(c.Key("a"), c.KeyOfAnotherSlot("b")));
        var right = pipeline.Add(Strings.Set(c.Key("a"), "v"));
        await c.Store.SendAsync(pipeline, c.CancellationToken);
        True(wrong.Error is CrossSlotException && right.IsSuccess);
    }
}
