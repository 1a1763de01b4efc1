using RedisPatterns.Commands;
using RedisPatterns.StackExchangeRedis.Conversion;
using StackExchange.Redis;
using HashEntry = RedisPatterns.Commands.HashEntry;

namespace RedisPatterns.StackExchangeRedis.Commands;

/// <summary>
/// The commands that services send all day, singly and in pipelines, through the driver's typed methods: no boxed arguments,
/// no tree of replies. One is known by its row and by the reader of its reply.
/// </summary>
internal static class HotCommands
{
    private static readonly ReplyReader<HashEntry[]> ReadEntries = Hashes.GetAll("any").Reader;

    private static readonly HotCommand<RedisValue, StoreValue> Get = new(
        static (database, command, flags) => database.StringGetAsync(DriverValues.ToKey(command[0]), flags), DriverValues.FromValue);

    private static readonly HotCommand<RedisValue, StoreValue> HGet = new(
        static (database, command, flags) => database.HashGetAsync(DriverValues.ToKey(command[0]), DriverValues.ToValue(command[1]), flags), DriverValues.FromValue);

    private static readonly HotCommand<global::StackExchange.Redis.HashEntry[], HashEntry[]> HGetAll = new(
        static (database, command, flags) => database.HashGetAllAsync(DriverValues.ToKey(command[0]), flags), DriverValues.FromEntries);

    private static readonly HotCommand<RedisValue[], StoreValue[]> HMGet = new(
        static (database, command, flags) => database.HashGetAsync(DriverValues.ToKey(command[0]), DriverValues.ToValues(command, from: 1), flags), DriverValues.FromValues);

    private static readonly HotCommand<RedisValue[], StoreValue[]> MGet = new(
        static (database, command, flags) => database.StringGetAsync(DriverValues.ToKeys(command), flags), DriverValues.FromValues);

    private static readonly HotCommand<bool, bool> Exists = new(
        static (database, command, flags) => database.KeyExistsAsync(DriverValues.ToKey(command[0]), flags), static answer => answer);

    private static readonly HotCommand<bool, bool> Set = new(
        static (database, command, flags) => database.StringSetAsync(
            DriverValues.ToKey(command[0]), DriverValues.ToValue(command[1]), expiry: null, keepTtl: false, WhenOf(command)!.Value, flags),
        static answer => answer);

    private static readonly HotCommand<bool, bool> MSetNx = new(
        static (database, command, flags) => database.StringSetAsync(DriverValues.ToPairs(command), When.NotExists, flags), static answer => answer);

    private static readonly HotCommand<long, long> IncrBy = new(
        static (database, command, flags) => database.StringIncrementAsync(DriverValues.ToKey(command[0]), command[1].AsInt64(), flags), static answer => answer);

    private static readonly HotCommand<long, long> Append = new(
        static (database, command, flags) => database.StringAppendAsync(DriverValues.ToKey(command[0]), DriverValues.ToValue(command[1]), flags), static answer => answer);

    /// <summary>How a command is sent if it is a hot one; else null.</summary>
    public static HotCommand<TReply>? Find<TReply>(StoreCommand<TReply> command) => Find((StoreCommand)command) as HotCommand<TReply>;

    /// <summary>How a command is sent if it is a hot one; else null.</summary>
    public static HotCommand? Find(StoreCommand command)
    {
        var row = command.Definition;
        return command switch
        {
            StoreCommand<StoreValue> one when ReferenceEquals(one.Reader, Replies.Value) =>
                ReferenceEquals(row, CommandTable.Get) ? Get : ReferenceEquals(row, CommandTable.HGet) ? HGet : null,
            StoreCommand<HashEntry[]> entries when ReferenceEquals(entries.Reader, ReadEntries) =>
                ReferenceEquals(row, CommandTable.HGetAll) ? HGetAll : null,
            StoreCommand<StoreValue[]> some when ReferenceEquals(some.Reader, Replies.Values) =>
                ReferenceEquals(row, CommandTable.MGet) ? MGet : ReferenceEquals(row, CommandTable.HMGet) ? HMGet : null,
            StoreCommand<bool> done when ReferenceEquals(done.Reader, Replies.Ok) =>
                ReferenceEquals(row, CommandTable.Set) && WhenOf(command) is not null ? Set : null,
            StoreCommand<bool> answer when ReferenceEquals(answer.Reader, Replies.Boolean) =>
                ReferenceEquals(row, CommandTable.Exists) ? Exists : ReferenceEquals(row, CommandTable.MSetNx) ? MSetNx : null,
            StoreCommand<long> number when ReferenceEquals(number.Reader, Replies.Int64) =>
                ReferenceEquals(row, CommandTable.Append) ? Append : ReferenceEquals(row, CommandTable.IncrBy) && command[1].IsInteger && command[1].AsInt64() > long.MinValue ? IncrBy : null,
            _ => null,
        };
    }

    // Null for a SET with other options.
    private static When? WhenOf(StoreCommand command) => command.ArgumentCount switch
    {
        2 => When.Always,
        3 when command[2].TryGetText(out var word) => word switch { "NX" => When.NotExists, "XX" => When.Exists, _ => null },
        _ => null,
    };
}
