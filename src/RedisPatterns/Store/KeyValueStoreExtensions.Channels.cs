using RedisPatterns.Commands;

namespace RedisPatterns;

public static partial class KeyValueStoreExtensions
{
    /// <inheritdoc cref="Channels.Publish(StoreValue, StoreValue)"/>
    public static ValueTask<long> PublishAsync(
        this IKeyValueStore store, StoreValue channel, StoreValue message, CancellationToken cancellationToken = default) =>
        store.SendAsync(Channels.Publish(channel, message), cancellationToken);
}
