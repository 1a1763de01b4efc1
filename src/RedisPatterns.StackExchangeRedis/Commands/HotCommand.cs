using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>How a command is sent by a typed method of the driver, on a database, a batch or a transaction.</summary>
internal abstract class HotCommand
{
    /// <summary>Hands the command to the driver.</summary>
    public abstract Task Begin(IDatabaseAsync database, StoreCommand command, CommandFlags flags);

    /// <summary>Gives what the driver has answered to the place for it; throws what the driver failed with.</summary>
    public abstract void Complete(Task answered, PendingReply reply);
}
