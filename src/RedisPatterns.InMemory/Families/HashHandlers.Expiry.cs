namespace RedisPatterns.InMemory;

/// <summary>Hashes: the time to live of single fields, as Redis 7.4 has it.</summary>
internal static partial class HashHandlers
{
    private const long GreatestMoment = 0x0000FFFFFFFFFFFE;
    private const int NoSuchField = -2;
    private const int NoExpiry = -1;

    private static StoreReply HPExpire(CommandContext context, StoreCommand command) => Expire(context, command, context.Now);

    private static StoreReply HPExpireAt(CommandContext context, StoreCommand command) => Expire(context, command, 0);

    private static StoreReply HPTtl(CommandContext context, StoreCommand command) => ForEachField(context, command, 1, (data, field) =>
    {
        var moment = ReadExpiry(data, field);
        return moment < 0 ? moment : moment - context.Now;
    });

    private static StoreReply HPExpireTime(CommandContext context, StoreCommand command) => ForEachField(context, command, 1, ReadExpiry);

    private static StoreReply HPersist(CommandContext context, StoreCommand command)
    {
        var entry = context.Database.Find(command.Key(0));
        return ForEachField(context, command, 1, (data, field) =>
        {
            var moment = ReadExpiry(data, field);
            if (moment < 0)
            {
                return moment;
            }

            context.Database.RecordReschedule(entry!);
            data.SetExpiry(field, Database.Never);
            return 1;
        });
    }

    private static StoreReply Expire(CommandContext context, StoreCommand command, long from)
    {
        var moment = command.Int64(1);
        if (moment < 0 || moment > GreatestMoment - from)
        {
            throw ServerErrors.InvalidExpire(context.CommandName);
        }

        moment += from;
        var condition = ExpireArguments.ReadCondition(command, 2);
        var fieldsAt = condition == ExpireArguments.Conditions.None ? 2 : 3;
        var key = command.Key(0);
        var entry = context.Database.Find(key);
        var reply = ForEachField(context, command, fieldsAt, (data, field) =>
        {
            if (!data.TryGet(field, out var found))
            {
                return NoSuchField;
            }

            if (!condition.Allow(found.ExpiresAt, moment))
            {
                return 0;
            }

            if (moment <= context.Now)
            {
                data.Remove(field);
                return 2;
            }

            context.Database.RecordReschedule(entry!);
            data.SetExpiry(field, moment);
            return 1;
        });
        if (entry is not null)
        {
            context.Database.Reschedule(entry);
            context.RemoveIfEmpty(key, entry.Data);
        }

        return reply;
    }

    private static long ReadExpiry(HashData data, StoreValue field) =>
        !data.TryGet(field, out var found) ? NoSuchField : found.ExpiresAt == Database.Never ? NoExpiry : found.ExpiresAt;

    // The arguments from an index on: FIELDS, their number, and the fields.
    private static StoreReply ForEachField(CommandContext context, StoreCommand command, int index, Func<HashData, StoreValue, long> act)
    {
        if (!command.IsWord(index, "FIELDS"))
        {
            throw StoreErrors.FromServer("ERR Mandatory argument FIELDS is missing or not at the right position", context.CommandName);
        }

        var count = command.Int64(index + 1);
        if (count < 1 || count != command.ArgumentCount - index - 2)
        {
            throw StoreErrors.FromServer("ERR The `numfields` parameter must match the number of arguments", context.CommandName);
        }

        var data = context.Get<HashData>(command.Key(0));
        var replies = new StoreReply[count];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = StoreReply.Integer(data is null ? NoSuchField : act(data, command.Value(index + 2 + i)));
        }

        return StoreReply.Array(replies);
    }
}
