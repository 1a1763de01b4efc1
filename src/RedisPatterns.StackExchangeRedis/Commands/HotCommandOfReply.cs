using RedisPatterns.StackExchangeRedis.Connection;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>A <see cref="HotCommand"/> with a reply of a known type.</summary>
internal abstract class HotCommand<TReply> : HotCommand
{
    /// <summary>Sends the command alone.</summary>
    public abstract ValueTask<TReply> SendAsync(RedisConnection connection, StoreCommand command, CancellationToken cancellationToken);
}
