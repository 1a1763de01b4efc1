using System.Runtime.CompilerServices;
using RedisPatterns.StackExchangeRedis.Connection;
using StackExchange.Redis;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>One method of the driver, and what its answer is to the store: the only place that knows either.</summary>
internal sealed class HotCommand<TDriver, TReply>(Func<IDatabaseAsync, StoreCommand, CommandFlags, Task<TDriver>> begin, Func<TDriver, TReply> convert)
    : HotCommand<TReply>
{
    public override Task Begin(IDatabaseAsync database, StoreCommand command, CommandFlags flags) => begin(database, command, flags);

    public override void Complete(Task answered, PendingReply reply) =>
        ((PendingReply<TReply>)reply).Complete(convert(((Task<TDriver>)answered).GetAwaiter().GetResult()));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<TReply> SendAsync(RedisConnection connection, StoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var task = begin(connection.Database, command, connection.FlagsOf(command.Definition));
            return convert(await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(false));
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, command.Definition);
        }
    }
}
