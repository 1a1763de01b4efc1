using System.Runtime.CompilerServices;
using RedisPatterns.Commands;
using RedisPatterns.StackExchangeRedis.Connection;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;
using HashEntry = RedisPatterns.Commands.HashEntry;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>
/// The commands that services send all day, through the driver's typed methods: no boxed arguments, no tree of replies.
/// Which method serves is decided by the reply type, which the JIT knows, and then by the row and reader of the command.
/// </summary>
internal sealed class HotCommands(RedisConnection connection)
{
    private static readonly ReplyReader<HashEntry[]> ReadEntries = Hashes.GetAll("any").Reader;
    private readonly IDatabase _database = connection.Database;
    private readonly CommandFlags _read = connection.ReadFlags;

    /// <summary>Sends the command if it is a hot one.</summary>
    public bool TrySend<TReply>(StoreCommand<TReply> command, CancellationToken cancellationToken, out ValueTask<TReply> answer)
    {
        var row = command.Definition;
        if (typeof(TReply) == typeof(StoreValue) && ReferenceEquals(command.Reader, Replies.Value))
        {
            if (ReferenceEquals(row, CommandTable.Get))
            {
                answer = Cast<StoreValue, TReply>(GetAsync(command, cancellationToken));
                return true;
            }

            if (ReferenceEquals(row, CommandTable.HGet))
            {
                answer = Cast<StoreValue, TReply>(GetFieldAsync(command, cancellationToken));
                return true;
            }
        }
        else if (typeof(TReply) == typeof(bool) && ReferenceEquals(command.Reader, Replies.Ok))
        {
            if (ReferenceEquals(row, CommandTable.Set) && WhenOf(command) is { } when)
            {
                answer = Cast<bool, TReply>(SetAsync(command, when, cancellationToken));
                return true;
            }
        }
        else if (typeof(TReply) == typeof(long) && ReferenceEquals(command.Reader, Replies.Int64))
        {
            if (ReferenceEquals(row, CommandTable.IncrBy) && command[1].IsInteger && command[1].AsInt64() > long.MinValue)
            {
                answer = Cast<long, TReply>(IncrementAsync(command, cancellationToken));
                return true;
            }
        }
        else if (typeof(TReply) == typeof(HashEntry[]) && ReferenceEquals(row, CommandTable.HGetAll))
        {
            if (ReferenceEquals(command.Reader, ReadEntries))
            {
                answer = Cast<HashEntry[], TReply>(GetAllAsync(command, cancellationToken));
                return true;
            }
        }
        else if (typeof(TReply) == typeof(StoreValue[]) && ReferenceEquals(command.Reader, Replies.Values))
        {
            if (ReferenceEquals(row, CommandTable.MGet))
            {
                answer = Cast<StoreValue[], TReply>(GetManyAsync(command, cancellationToken));
                return true;
            }
        }

        answer = default;
        return false;
    }

    // Null for a SET with other options.
    private static When? WhenOf(StoreCommand command) => command.ArgumentCount switch
    {
        2 => When.Always,
        3 when command[2].TryGetText(out var word) => word switch { "NX" => When.NotExists, "XX" => When.Exists, _ => null },
        _ => null,
    };

    private static ValueTask<TReply> Cast<T, TReply>(ValueTask<T> task) => Unsafe.As<ValueTask<T>, ValueTask<TReply>>(ref task);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<StoreValue> GetAsync(StoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var task = _database.StringGetAsync(DriverValues.ToKey(command[0]), _read);
            return DriverValues.FromValue(await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(false));
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, command.Definition);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<StoreValue> GetFieldAsync(StoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var task = _database.HashGetAsync(DriverValues.ToKey(command[0]), DriverValues.ToValue(command[1]), _read);
            return DriverValues.FromValue(await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(false));
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, command.Definition);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HashEntry[]> GetAllAsync(StoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var task = _database.HashGetAllAsync(DriverValues.ToKey(command[0]), _read);
            return DriverValues.FromEntries(await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(false));
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, command.Definition);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<StoreValue[]> GetManyAsync(StoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var keys = new RedisKey[command.ArgumentCount];
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = DriverValues.ToKey(command[i]);
            }

            var task = _database.StringGetAsync(keys, _read);
            return DriverValues.FromValues(await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(false));
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, command.Definition);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> SetAsync(StoreCommand command, When when, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var task = _database.StringSetAsync(
                DriverValues.ToKey(command[0]), DriverValues.ToValue(command[1]), expiry: null, keepTtl: false, when, RedisConnection.WriteFlags);
            return await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(false);
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, command.Definition);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<long> IncrementAsync(StoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var task = _database.StringIncrementAsync(DriverValues.ToKey(command[0]), command[1].AsInt64(), RedisConnection.WriteFlags);
            return await (cancellationToken.CanBeCanceled ? task.WaitAsync(cancellationToken) : task).ConfigureAwait(false);
        }
        catch (Exception exception) when (DriverErrors.IsDriver(exception, cancellationToken))
        {
            throw connection.Translate(exception, command.Definition);
        }
    }
}
