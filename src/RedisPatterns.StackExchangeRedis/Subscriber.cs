using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis;

/// <summary>Listens to channels.</summary>
internal sealed class Subscriber(RedisConnection connection)
{
    public async ValueTask<StoreSubscription> SubscribeAsync(StoreChannel channel, CancellationToken cancellationToken)
    {
        if (channel.Name.IsNull)
        {
            throw new ArgumentException("The channel has no name.", nameof(channel));
        }

        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = channel.Name.ToArray()!;
            var task = connection.Multiplexer.GetSubscriber()
                .SubscribeAsync(channel.IsPattern ? RedisChannel.Pattern(name) : RedisChannel.Literal(name));
            var queue = await WaitAsync(task, cancellationToken).ConfigureAwait(false);
            var subscription = new StoreSubscription(() => new ValueTask(EndAsync(queue)));
            queue.OnMessage(message => subscription.Publish(
                new StoreMessage((byte[]?)message.Channel, DriverValues.FromValue(message.Message))));
            return subscription;
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, "SUBSCRIBE");
        }
    }

    private static async Task<ChannelMessageQueue> WaitAsync(Task<ChannelMessageQueue> task, CancellationToken cancellationToken)
    {
        try
        {
            return await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody waits any more: what still comes of it is ended.
            _ = task.ContinueWith(
                static late => late.IsCompletedSuccessfully ? EndAsync(late.GetAwaiter().GetResult()) : Task.CompletedTask,
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
            throw;
        }
    }

    private static async Task EndAsync(ChannelMessageQueue queue)
    {
        try
        {
            await queue.UnsubscribeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException or ObjectDisposedException)
        {
            // The connection is gone, and the subscription with it.
        }
    }
}
