using RedisPatterns.Commands;

namespace RedisPatterns.Tests.Documentation;

// snippet: script
internal sealed record TakeToken(StoreKey Tokens, int Limit, TimeSpan Period)
{
    public static AtomicScript<TakeToken, long> Script { get; } = new(
        "take token",
        """
        local taken = redis.call('INCR', tokens)
        if taken == 1 then redis.call('PEXPIRE', tokens, period) end
        local left = tonumber(limit) - taken
        if left < 0 then return -1 end
        return left
        """,
        new ScriptSignature<TakeToken>()
            .Key("tokens", take => take.Tokens)
            .Argument("limit", take => take.Limit)
            .Argument("period", take => (long)take.Period.TotalMilliseconds),
        Replies.Int64,
        Twin);

    // The same in C#: it runs in memory, alone, and what it wrote is undone if it throws.
    private static StoreReply Twin(NamedScriptContext script)
    {
        var taken = script.Call(Strings.Increment(script.Key("tokens")));
        if (taken == 1)
        {
            script.Call(Keys.Expire(script.Key("tokens"), TimeSpan.FromMilliseconds(script.Argument("period").AsInt64())));
        }

        return StoreReply.Integer(Math.Max(script.Argument("limit").AsInt64() - taken, -1));
    }
}

// end-snippet
