using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Puts a member of a schedule off for a minute, so that it stops nobody else: the key is the schedule, the argument the member.</summary>
internal static class PutOffScript
{
    public const long Milliseconds = 60_000;

    private const string Lua = """
        local t=redis.call('TIME')
        return redis.call('ZADD',KEYS[1],'XX',string.format('%.0f',t[1]*1000+math.floor(t[2]/1000)+60000),ARGV[1])
        """;

    public static AtomicScript<long> Script { get; } = new("expiry put off", Lua, Replies.ToInt64, Run);

    private static StoreReply Run(IScriptContext context)
    {
        if (context.Call(SortedSets.Score(context.Keys[0], context.Arguments[0])) is not null)
        {
            context.Call(SortedSets.Add(context.Keys[0], context.Arguments[0], context.NowMilliseconds + Milliseconds));
        }

        return StoreReply.Integer(0);
    }
}
