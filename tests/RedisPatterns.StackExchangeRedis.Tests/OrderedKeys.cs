using RedisPatterns.Commands;

namespace RedisPatterns.StackExchangeRedis.Tests;

/// <summary>No server keeps its keys in order, so ranges of keys are refused in every way of sending before anything is sent.</summary>
internal static class OrderedKeys
{
    public static async Task AreRefusedAsync(IKeyValueStore store, CancellationToken cancellationToken)
    {
        var tag = RedisFixture.NewTag();
        StoreKey key = $"{tag}k";
        var range = Keys.Range($"{tag}a", $"{tag}z", 10);
        Assert.False(store.Capabilities.Has(StoreFeatures.OrderedKeys));
        Assert.False(store.Capabilities.Supports(range));

        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await store.SendAsync(range, cancellationToken));
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await store.SendToPrimariesAsync(range, cancellationToken: cancellationToken));
        var pipeline = new StorePipeline();
        var refused = pipeline.Add(range);
        var sent = pipeline.Add(Strings.Set(key, "v"));
        await store.SendAsync(pipeline, cancellationToken);
        Assert.IsType<UnsupportedCommandException>(refused.Error);
        Assert.True(sent.Value);

        var batch = new AtomicBatch();
        batch.Add(Strings.Set(key, "other"));
        batch.Add(range);
        await Assert.ThrowsAsync<UnsupportedCommandException>(async () => await store.CommitAsync(batch, cancellationToken));
        Assert.Equal("v", await store.GetAsync(key, cancellationToken));
        await store.DeleteAsync(key, cancellationToken);
    }
}
