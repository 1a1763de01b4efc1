using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Documentation;

// snippet: script
internal static class TakeToken
{
    public static AtomicScript<long> Script { get; } = new(
        "take token",
        """
        local taken = redis.call('INCR', KEYS[1])
        if taken == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        local left = tonumber(ARGV[1]) - taken
        if left < 0 then return -1 end
        return left
        """,
        Replies.Int64,
        Twin);

    // The same in C#: it runs in memory, alone, and what it wrote is undone if it throws.
    private static StoreReply Twin(IScriptContext script)
    {
        var taken = script.Call(Strings.Increment(script.Keys[0]));
        if (taken == 1)
        {
            script.Call(Keys.Expire(script.Keys[0], TimeSpan.FromMilliseconds(script.Arguments[1].AsInt64())));
        }

        return StoreReply.Integer(Math.Max(script.Arguments[0].AsInt64() - taken, -1));
    }
}

// end-snippet
