using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The scripts of operations that are run once. The key holds a <see cref="LockValue"/> while one runs, and <see cref="KeptResult"/> when it has ended.</summary>
internal static class OperationScripts
{
    /// <summary>Takes the operation as a lock is taken, or gives what is kept of it. Arguments: those of <see cref="LockScripts.Acquire"/>.</summary>
    public static AtomicScript<LockReply> Begin { get; } = LockScripts.AcquireUnlessKept(
        "begin operation",
        "if v and string.sub(v,1,1)=='=' then return v end\n",
        KeptResult.IsKept);

    /// <summary>Keeps the result, if the operation is still the owner's or the same result is there. Arguments: owner, result, and how long it is kept in milliseconds. Tells whether it is kept.</summary>
    public static AtomicScript<bool> Complete { get; } = new(
        "complete operation",
        """
        local v=redis.call('GET',KEYS[1])
        if v==ARGV[2] then return 1 end
        if not v or string.sub(v,1,#ARGV[1]+1)~=ARGV[1]..';' then return 0 end
        redis.call('SET',KEYS[1],ARGV[2],'PX',ARGV[3])
        return 1
        """,
        Replies.Boolean,
        static context =>
        {
            var (key, value) = (context.Keys[0], context.Call(Strings.Get(context.Keys[0])));
            if (value == context.Arguments[1])
            {
                return StoreReply.Integer(1);
            }

            if (!LockValue.IsOf(value, context.Arguments[0].AsText()!))
            {
                return StoreReply.Integer(0);
            }

            context.Call(Strings.Set(key, context.Arguments[1], Expiry.After(TimeSpan.FromMilliseconds(context.Arguments[2].AsInt64()))));
            return StoreReply.Integer(1);
        },
        isRepeatable: true);

    /// <summary>Forgets what is kept, unless the operation runs. Tells whether something was kept.</summary>
    public static AtomicScript<bool> Forget { get; } = new(
        "forget operation",
        """
        local v=redis.call('GET',KEYS[1])
        if not v or string.sub(v,1,1)~='=' then return 0 end
        return redis.call('DEL',KEYS[1])
        """,
        Replies.Boolean,
        static context => StoreReply.Integer(
            KeptResult.IsKept(context.Call(Strings.Get(context.Keys[0]))) && context.Call(Keys.Delete(context.Keys[0])) ? 1 : 0),
        isRepeatable: true);
}
