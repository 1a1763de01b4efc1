namespace RedisPatterns.InMemory;

/// <summary>Hashes.</summary>
internal static partial class HashHandlers
{
    public static void Register(HandlerTable table)
    {
        table.Add("HGET", HGet);
        table.Add("HMGET", HMGet);
        table.Add("HSET", HSet);
        table.Add("HSETNX", HSetNx);
        table.Add("HDEL", HDel);
        table.Add("HEXISTS", HExists);
        table.Add("HGETALL", HGetAll);
        table.Add("HKEYS", HKeys);
        table.Add("HVALS", HVals);
        table.Add("HLEN", HLen);
        table.Add("HSTRLEN", HStrLen);
        table.Add("HINCRBY", HIncrBy);
        table.Add("HINCRBYFLOAT", HIncrByFloat);
        table.Add("HRANDFIELD", HRandField);
        table.Add("HSCAN", HScan);
        table.Add("HPEXPIRE", HPExpire);
        table.Add("HPEXPIREAT", HPExpireAt);
        table.Add("HPTTL", HPTtl);
        table.Add("HPEXPIRETIME", HPExpireTime);
        table.Add("HPERSIST", HPersist);
    }

    private static StoreReply HGet(CommandContext context, StoreCommand command) =>
        StoreReply.FromValue(context.Get<HashData>(command.Key(0))?.Get(command.Value(1)) ?? default);

    private static StoreReply HMGet(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var data = context.Get<HashData>(command.Key(0));
        var replies = new StoreReply[command.ArgumentCount - 1];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = StoreReply.FromValue(data?.Get(command.Value(i + 1)) ?? default);
        }

        return StoreReply.Array(replies);
    }

    private static StoreReply HSet(CommandContext context, StoreCommand command)
    {
        if (command.ArgumentCount < 3 || command.ArgumentCount % 2 == 0)
        {
            throw ServerErrors.ArgumentCount(context.CommandName);
        }

        var data = context.GetOrAdd<HashData>(command.Key(0));
        var count = 0;
        for (var i = 1; i < command.ArgumentCount; i += 2)
        {
            count += data.Set(command.Value(i), command.Value(i + 1)) ? 1 : 0;
        }

        return StoreReply.Integer(count);
    }

    private static StoreReply HSetNx(CommandContext context, StoreCommand command)
    {
        var (field, value) = (command.Value(1), command.Value(2));
        var data = context.GetOrAdd<HashData>(command.Key(0));
        return StoreReply.Integer(!data.Contains(field) && data.Set(field, value) ? 1 : 0);
    }

    private static StoreReply HDel(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var key = command.Key(0);
        if (context.Get<HashData>(key) is not { } data)
        {
            return StoreReply.Integer(0);
        }

        var count = 0;
        for (var i = 1; i < command.ArgumentCount; i++)
        {
            count += data.Remove(command.Value(i)) ? 1 : 0;
        }

        context.RemoveIfEmpty(key, data);
        return StoreReply.Integer(count);
    }

    private static StoreReply HExists(CommandContext context, StoreCommand command) =>
        StoreReply.Integer(context.Get<HashData>(command.Key(0))?.Contains(command.Value(1)) == true ? 1 : 0);

    private static StoreReply HLen(CommandContext context, StoreCommand command) =>
        StoreReply.Integer(context.Get<HashData>(command.Key(0))?.Count ?? 0);

    private static StoreReply HStrLen(CommandContext context, StoreCommand command) =>
        StoreReply.Integer(context.Get<HashData>(command.Key(0))?.Get(command.Value(1)).GetByteCount() ?? 0);

    private static StoreReply HIncrBy(CommandContext context, StoreCommand command)
    {
        var (key, field, increment) = (command.Key(0), command.Value(1), command.Int64(2));
        var old = context.Get<HashData>(key)?.Get(field) ?? default;
        var sum = StringHandlers.AddInteger(old.IsNull ? 0 : old, increment, context.CommandName);
        context.GetOrAdd<HashData>(key).Set(field, sum, keepExpiry: true);
        return StoreReply.Integer(sum);
    }

    private static StoreReply HIncrByFloat(CommandContext context, StoreCommand command)
    {
        var (key, field, increment) = (command.Key(0), command.Value(1), command.Value(2));
        if (!ExtendedFloat.TryParse(increment, out var addend))
        {
            throw ServerErrors.NotAFloat(context.CommandName);
        }

        if (!addend.IsFinite)
        {
            throw ServerErrors.NotFinite(context.CommandName);
        }

        var old = context.Get<HashData>(key)?.Get(field) ?? default;
        StoreValue sum = StringHandlers.AddFloat(old.IsNull ? 0 : old, increment, context.CommandName);
        context.GetOrAdd<HashData>(key).Set(field, sum, keepExpiry: true);
        return StoreReply.FromValue(sum);
    }
}
