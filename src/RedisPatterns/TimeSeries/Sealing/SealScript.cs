using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Puts other bytes in the place of what a bucket began with, if it still does; what writers have appended since stays behind them.</summary>
/// <remarks>
/// So sealing stands in nobody's way: appends come in between, and another that seals or deletes makes it do nothing. Key: the bucket.
/// Arguments: the bytes that were read, the new ones. Tells whether it was done. To send what was read costs less than to digest it on the server.
/// </remarks>
internal static class SealScript
{
    private const string Lua = """
        local v=redis.call('GET',KEYS[1])
        local n=#ARGV[1]
        if not v or string.sub(v,1,n)~=ARGV[1] then return 0 end
        local w=ARGV[2]..string.sub(v,n+1)
        if w=='' then redis.call('DEL',KEYS[1]) else redis.call('SET',KEYS[1],w) end
        return 1
        """;

    /// <summary>The script.</summary>
    public static AtomicScript<bool> Instance { get; } = new("seal series", Lua, Replies.Boolean, Twin);

    private static StoreReply Twin(IScriptContext context)
    {
        var (key, read) = (context.Keys[0], context.Arguments[0].AsMemory());
        var value = context.Call(Strings.Get(key));
        if (value.IsNull || !value.AsMemory().Span.StartsWith(read.Span))
        {
            return StoreReply.Integer(0);
        }

        byte[] written = [.. context.Arguments[1].AsMemory().Span, .. value.AsMemory().Span[read.Length..]];
        if (written.Length == 0)
        {
            context.Call(Keys.Delete(key));
        }
        else
        {
            context.Call(Strings.Set(key, written));
        }

        return StoreReply.Integer(1);
    }
}
