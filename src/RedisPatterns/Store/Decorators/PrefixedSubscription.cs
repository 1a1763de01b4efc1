namespace RedisPatterns;

/// <summary>Hands on the messages of a subscription without the prefix of their channels.</summary>
internal static class PrefixedSubscription
{
    public static StoreSubscription Start(StoreSubscription inner, KeyPrefix prefix)
    {
        var relay = Task.CompletedTask;
        var outer = new StoreSubscription(async () =>
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            await relay.ConfigureAwait(false);
        });
        relay = RelayAsync(inner, outer, prefix);
        return outer;
    }

    private static async Task RelayAsync(StoreSubscription inner, StoreSubscription outer, KeyPrefix prefix)
    {
        await foreach (var message in inner.ReadAllAsync().ConfigureAwait(false))
        {
            outer.Publish(message with { Channel = prefix.Remove(message.Channel) });
        }
    }
}
