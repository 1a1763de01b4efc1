using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Notes that a shape is in use, by the server's clock, and gives for every shape how long ago it was, in milliseconds: stamp and time.</summary>
/// <remarks>The key is the hash of uses; the argument the stamp, or nothing to note none.</remarks>
internal static class UseScript
{
    private const string Lua = """
        local t=redis.call('TIME')
        local now=t[1]*1000+math.floor(t[2]/1000)
        if ARGV[1]~='' then redis.call('HSET',KEYS[1],ARGV[1],string.format('%.0f',now)) end
        local all=redis.call('HGETALL',KEYS[1])
        for i=2,#all,2 do all[i]=string.format('%.0f',now-(tonumber(all[i]) or 0)) end
        return all
        """;

    public static AtomicScript<StoreValue[]> Script { get; } = new("note use", Lua, Replies.Values, Run);

    private static StoreReply Run(IScriptContext context)
    {
        if (context.Arguments[0].AsMemory().Length > 0)
        {
            context.Call(Hashes.Set(context.Keys[0], context.Arguments[0], context.NowMilliseconds));
        }

        return StoreReply.Array([.. context.Call(Hashes.GetAll(context.Keys[0])).SelectMany(entry => new[]
        {
            StoreReply.FromValue(entry.Field),
            StoreReply.FromValue(context.NowMilliseconds - (entry.Value.TryGetInt64(out var moment) ? moment : 0)),
        })]);
    }
}
