using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Whether members of a schedule have expired by the server's clock: the key is the schedule, the arguments the members; 1 for each that has.</summary>
internal static class ExpiredScript
{
    private const string Lua = """
        local t=redis.call('TIME')
        local now,out=t[1]*1000+math.floor(t[2]/1000),{}
        for i=1,#ARGV do
          local s=redis.call('ZSCORE',KEYS[1],ARGV[i])
          out[i]=s and tonumber(s)<=now and '1' or '0'
        end
        return out
        """;

    public static AtomicScript<StoreValue[]> Script { get; } = new("expired members", Lua, Replies.Values, Run, isReadOnly: true);

    private static StoreReply Run(IScriptContext context) => StoreReply.Array(
        [.. context.Arguments.Select(member => StoreReply.FromValue(context.Call(SortedSets.Score(context.Keys[0], member)) <= context.NowMilliseconds ? "1" : "0"))]);
}
