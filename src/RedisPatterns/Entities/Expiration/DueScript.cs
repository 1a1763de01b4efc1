using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The entities of a schedule that have expired by the server's clock: the key is the schedule, the arguments how many at most, and how many to pass over.</summary>
internal static class DueScript
{
    private const string Lua = """
        local t=redis.call('TIME')
        return redis.call('ZRANGEBYSCORE',KEYS[1],'-inf',string.format('%.0f',t[1]*1000+math.floor(t[2]/1000)),'LIMIT',ARGV[2],ARGV[1])
        """;

    public static AtomicScript<StoreValue[]> Script { get; } = new("expired entities", Lua, Replies.Values, Run, isReadOnly: true);

    private static StoreReply Run(IScriptContext context) => StoreReply.Array(
        [.. context.Call(SortedSets.RangeByScore(context.Keys[0], ScoreRange.AtMost(context.NowMilliseconds), limit: RangeLimit.Page(context.Arguments[1].AsInt64(), context.Arguments[0].AsInt64())))
            .Select(StoreReply.FromValue)]);
}
