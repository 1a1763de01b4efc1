namespace RedisPatterns.InMemory;

/// <summary>The time to live of keys.</summary>
internal static partial class KeyHandlers
{
    private static StoreReply PExpire(CommandContext context, StoreCommand command) => Expire(context, command, context.Now);

    private static StoreReply PExpireAt(CommandContext context, StoreCommand command) => Expire(context, command, 0);

    private static StoreReply Expire(CommandContext context, StoreCommand command, long from)
    {
        var conditions = ExpireArguments.Conditions.None;
        for (var i = 2; i < command.ArgumentCount; i++)
        {
            var condition = ExpireArguments.ReadCondition(command, i);
            conditions |= condition != ExpireArguments.Conditions.None
                ? condition
                : throw StoreErrors.FromServer("ERR Unsupported option", context.CommandName);
        }

        conditions.Checked(command);
        var moment = ExpireArguments.ReadMoment(command, 1, from);
        if (context.Database.Find(command.Key(0)) is not { } entry || !conditions.Allow(entry.ExpiresAt, moment))
        {
            return StoreReply.Integer(0);
        }

        if (moment <= context.Now)
        {
            context.Database.Remove(entry.Key);
        }
        else
        {
            context.Database.SetExpiry(entry, moment);
        }

        return StoreReply.Integer(1);
    }

    private static StoreReply PTtl(CommandContext context, StoreCommand command) => StoreReply.Integer(
        context.Database.Find(command.Key(0)) is not { } entry ? -2 : entry.ExpiresAt == Database.Never ? -1 : entry.ExpiresAt - context.Now);

    private static StoreReply PExpireTime(CommandContext context, StoreCommand command) => StoreReply.Integer(
        context.Database.Find(command.Key(0)) is not { } entry ? -2 : entry.ExpiresAt == Database.Never ? -1 : entry.ExpiresAt);

    private static StoreReply Persist(CommandContext context, StoreCommand command)
    {
        if (context.Database.Find(command.Key(0)) is not { } entry || entry.ExpiresAt == Database.Never)
        {
            return StoreReply.Integer(0);
        }

        context.Database.SetExpiry(entry, Database.Never);
        return StoreReply.Integer(1);
    }
}
