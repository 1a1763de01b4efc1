using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The steps by which a unique value is claimed in the partition that the value gives, and looked for in that of its holder.</summary>
internal static class ClaimScripts
{
    private const string ClaimLua = """
        local r=redis.call('HGET',KEYS[1],ARGV[1])
        if r then return r end
        redis.call('HSET',KEYS[1],ARGV[1],ARGV[2])
        return false
        """;

    private const string ReleaseLua = """
        if redis.call('HGET',KEYS[1],ARGV[1])~=ARGV[2] then return 0 end
        return redis.call('HDEL',KEYS[1],ARGV[1])
        """;

    private const string HoldsLua = """
        if redis.call('HGET',KEYS[1],ARGV[1])==ARGV[2] and redis.call('EXISTS',KEYS[2])==1 then return 1 end
        if ARGV[3]~='' then redis.call('SET',KEYS[3],'','PX',ARGV[3]) end
        return 0
        """;

    private static readonly AtomicScript<StoreValue> ClaimScript = new("claim", ClaimLua, Replies.Value, RunClaim);
    private static readonly AtomicScript<bool> ReleaseScript = new("release claim", ReleaseLua, Replies.Boolean, RunRelease);
    private static readonly AtomicScript<bool> HoldsScript = new("look for holder", HoldsLua, Replies.Boolean, RunHolds);

    /// <summary>
    /// Claims a value that nobody claims; else gives the record that there is. Another attempt of the same entity is another:
    /// to put a record in its place would leave it without anybody who could revoke it.
    /// </summary>
    public static ScriptCall<StoreValue> Claim(StoreKey claims, string value, ClaimRecord record) => ClaimScript.With([claims], [value, record.Text]);

    /// <summary>Removes a claim if its record is still the same.</summary>
    public static ScriptCall<bool> Release(StoreKey claims, string value, ClaimRecord record) => ReleaseScript.With([claims], [value, record.Text]);

    /// <summary>Whether an entity exists and has the value, in its own partition; if not, the attempt to give it the value is revoked in the same step, unless the time is null.</summary>
    public static ScriptCall<bool> Holds(StoreKey unique, StoreKey entity, StoreKey revoked, string value, string holder, TimeSpan? revokedFor) =>
        HoldsScript.With([unique, entity, revoked], [value, holder, revokedFor is { } time ? (StoreValue)(long)time.TotalMilliseconds : ""]);

    private static StoreReply RunClaim(IScriptContext context)
    {
        var record = context.Call(Hashes.Get(context.Keys[0], context.Arguments[0]));
        if (!record.IsNull)
        {
            return StoreReply.FromValue(record);
        }

        context.Call(Hashes.Set(context.Keys[0], context.Arguments[0], context.Arguments[1]));
        return StoreReply.Null;
    }

    private static StoreReply RunRelease(IScriptContext context) =>
        StoreReply.Integer(context.Call(Hashes.Get(context.Keys[0], context.Arguments[0])) == context.Arguments[1] && context.Call(Hashes.Delete(context.Keys[0], context.Arguments[0])) ? 1 : 0);

    private static StoreReply RunHolds(IScriptContext context)
    {
        if (context.Call(Hashes.Get(context.Keys[0], context.Arguments[0])) == context.Arguments[1] && context.Call(Keys.Exists(context.Keys[1])))
        {
            return StoreReply.Integer(1);
        }

        if (context.Arguments[2].TryGetInt64(out var milliseconds))
        {
            context.Call(Strings.Set(context.Keys[2], StoreValue.Empty, Expiry.After(TimeSpan.FromMilliseconds(milliseconds))));
        }

        return StoreReply.Integer(0);
    }
}
