using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The scripts of locks. The first key is the lock; where those who wait are served in order, the second is their queue, a sorted set by their coming, and the third until when each is waited for, a hash.</summary>
/// <remarks>
/// A lock is a text, <see cref="LockValue"/>: owner, end of the lease in milliseconds by the server's clock, the last
/// fencing token, and what others are told of the owner; no owner when it was given back. A token is the greater of the last one and one, and of the microseconds
/// since 2025: so it grows also when the key was lost, as long as the server's clock does not go back.
/// </remarks>
internal static class LockScripts
{
    /// <summary>One who does not get the lock waits for it.</summary>
    public const string Waits = "w";

    /// <summary>The field that counts those who have waited.</summary>
    public const string Came = "came";

    /// <summary>How long a key stays when its lease has ended, in milliseconds.</summary>
    public const long Kept = 86_400_000;

    /// <summary>The moment that fencing tokens are counted from: the beginning of 2025, in milliseconds since 1970.</summary>
    public const long Epoch = 1_735_689_600_000;

    private const string Clock = """
        local C=redis.call
        local t=C('TIME')
        local now=t[1]*1000+math.floor(t[2]/1000)

        """;

    private const string Read = """
        local key,me=KEYS[1],ARGV[1]
        local v,left=C('GET',key),0
        local owner,ends,last
        if v then
          owner,ends,last=string.match(v,'^([^;]*);(%d+);(%d+)')
          if owner and owner~='' and owner~=me then left=ends-now end
        end

        """;

    private const string Take = """
        local token=(t[1]-1735689600)*1000000+t[2]
        if owner==me then token=tonumber(last)
        elseif last and last-token>=0 then token=last+1 end
        C('SET',key,string.format('%s;%d;%d',me,now+ARGV[2],token)..ARGV[4],'PX',ARGV[3])
        return token
        """;

    /// <summary>Takes the lock if it is free, and nothing is kept in its place.</summary>
    /// <param name="name">The name of the script.</param>
    /// <param name="lua">Returns what is kept, as <c>v</c>.</param>
    /// <param name="isKept">The same in C#; null for never.</param>
    public static AtomicScript<LockReply> AcquireUnlessKept(string name, string lua, Func<StoreValue, bool>? isKept) => new(
        name,
        Clock + Read + lua + "if left>0 then return {0,left} end\n" + Take,
        LockReply.Read,
        context =>
        {
            if (isKept is not null && context.Call(Strings.Get(context.Keys[0])) is var kept && isKept(kept))
            {
                return StoreReply.FromValue(kept);
            }

            var (value, left) = LookAt(context);
            return left > 0 ? Refused(left) : TakeIt(context, value);
        },
        isRepeatable: true);

    /// <summary>Takes the lock if it is free. Arguments: owner, lifetime in milliseconds, how long the key is kept, and the label behind a semicolon, or nothing. Gives the token or 0, and how long it is held at most.</summary>
    public static AtomicScript<LockReply> Acquire { get; } = AcquireUnlessKept("acquire lock", "", null);

    /// <summary>
    /// Takes the lock if it is free and nobody has waited longer. Further arguments: whether one who does not get it waits, and
    /// for how long one who waits is waited for that does not ask again.
    /// </summary>
    public static AtomicScript<LockReply> AcquireFairly { get; } = new(
        "acquire lock fairly",
        Clock + Read + """
        local queue,waits=KEYS[2],KEYS[3]
        local first
        for _=1,1000 do
          first=C('ZRANGE',queue,0,0)[1]
          if not first or first==me then break end
          local patience=C('HGET',waits,first)
          if patience and tonumber(patience)>now then break end
          C('ZREM',queue,first)
          C('HDEL',waits,first)
        end
        if left>0 or (first and first~=me and owner~=me) then
          if ARGV[5]=='w' then
            if not C('ZSCORE',queue,me) then C('ZADD',queue,C('HINCRBY',waits,'came',1),me) end
            C('HSET',waits,me,string.format('%d',now+ARGV[6]))
            local at=string.format('%d',now+ARGV[6]+86400000)
            C('PEXPIREAT',waits,at)
            C('PEXPIREAT',queue,at)
          end
          return {0,left}
        end
        if first==me then
          C('ZREM',queue,me)
          C('HDEL',waits,me)
        end

        """ + Take,
        LockReply.Read,
        RunFairly,
        isRepeatable: true);

    /// <summary>Lets a lease begin its lifetime anew, if it is still the owner's. Arguments: those of <see cref="Acquire"/>.</summary>
    public static AtomicScript<bool> Renew { get; } = new(
        "renew lock",
        Clock + Read + "if owner~=me then return 0 end\n" + Take.Replace("return token", "return 1", StringComparison.Ordinal),
        Replies.Boolean,
        static context =>
        {
            var (value, _) = LookAt(context);
            if (value.Owner != context.Arguments[0].AsText())
            {
                return StoreReply.Integer(0);
            }

            TakeIt(context, value);
            return StoreReply.Integer(1);
        },
        isRepeatable: true);

    private const string GiveBack = """
        local v=redis.call('GET',KEYS[1])
        if not v or string.sub(v,1,#ARGV[1]+1)~=ARGV[1]..';' then return 0 end
        redis.call('SET',KEYS[1],';0'..string.match(v,';%d+(;%d+)'),'KEEPTTL')
        return 1
        """;

    /// <summary>Gives the lock back, if it is the owner's. Argument: the owner. Tells whether it was.</summary>
    public static AtomicScript<bool> Release { get; } = new("release lock", GiveBack, Replies.Boolean, RunRelease, isRepeatable: true);

    /// <summary>The same, and the owner waits no longer.</summary>
    public static AtomicScript<bool> ReleaseFairly { get; } = new(
        "release lock fairly",
        "redis.call('ZREM',KEYS[2],ARGV[1])\nredis.call('HDEL',KEYS[3],ARGV[1])\n" + GiveBack,
        Replies.Boolean,
        static context =>
        {
            Leave(context, context.Arguments[0]);
            return RunRelease(context);
        },
        isRepeatable: true);

    /// <summary>What is told of who holds the lock; null when nobody does.</summary>
    public static AtomicScript<string?> Look { get; } = new(
        "look at lock",
        Clock + """
        local owner,ends,label=string.match(C('GET',KEYS[1]) or '','^([^;]*);(%d+);%d+;?(.*)$')
        return owner and owner~='' and tonumber(ends)>now and label
        """,
        static reply => Replies.ToValue(reply).AsText(),
        static context =>
        {
            var value = LockValue.Parse(context.Call(Strings.Get(context.Keys[0])));
            return value.Owner.Length > 0 && value.Until > context.NowMilliseconds ? StoreReply.FromValue(value.Label) : default;
        },
        isReadOnly: true);

    private static StoreReply Refused(long left) => StoreReply.Array(StoreReply.Integer(0), StoreReply.Integer(left));

    private static (LockValue Value, long Left) LookAt(IScriptContext context)
    {
        var value = LockValue.Parse(context.Call(Strings.Get(context.Keys[0])));
        return (value, value.Owner.Length == 0 || value.Owner == context.Arguments[0].AsText() ? 0 : value.Until - context.NowMilliseconds);
    }

    private static StoreReply TakeIt(IScriptContext context, LockValue value)
    {
        var (owner, label, now) = (context.Arguments[0].AsText()!, context.Arguments[3].AsText()!, context.NowMilliseconds);
        var token = value.Owner == owner ? value.Token : Math.Max(value.Token + 1, (now - Epoch) * 1_000);
        var ends = now + context.Arguments[1].AsInt64();
        context.Call(Strings.Set(context.Keys[0], new LockValue(owner, ends, token, label.Length == 0 ? "" : label[1..]).ToString(), Expiry.After(TimeSpan.FromMilliseconds(context.Arguments[2].AsInt64()))));
        return StoreReply.Integer(token);
    }

    private static StoreReply RunRelease(IScriptContext context)
    {
        var value = LockValue.Parse(context.Call(Strings.Get(context.Keys[0])));
        if (value.Owner != context.Arguments[0].AsText())
        {
            return StoreReply.Integer(0);
        }

        context.Call(Strings.Set(context.Keys[0], new LockValue("", 0, value.Token, "").ToString(), Expiry.Keep));
        return StoreReply.Integer(1);
    }

    private static void Leave(IScriptContext context, StoreValue waiter)
    {
        context.Call(SortedSets.Remove(context.Keys[1], waiter));
        context.Call(Hashes.Delete(context.Keys[2], waiter));
    }

    private static StoreReply RunFairly(IScriptContext context)
    {
        var (queue, waits, me, now) = (context.Keys[1], context.Keys[2], context.Arguments[0], context.NowMilliseconds);
        var (value, left) = LookAt(context);
        var first = FirstOf(context);
        if (left > 0 || (!first.IsNull && first != me && value.Owner != me.AsText()))
        {
            if (context.Arguments[4].AsText() == Waits)
            {
                if (context.Call(SortedSets.Score(queue, me)) is null)
                {
                    context.Call(SortedSets.Add(queue, me, context.Call(Hashes.Increment(waits, Came, 1))));
                }

                var patience = now + context.Arguments[5].AsInt64();
                context.Call(Hashes.Set(waits, me, patience));
                var at = DateTimeOffset.FromUnixTimeMilliseconds(patience + Kept);
                context.Call(Keys.ExpireAt(waits, at));
                context.Call(Keys.ExpireAt(queue, at));
            }

            return Refused(left);
        }

        if (first == me)
        {
            Leave(context, me);
        }

        return TakeIt(context, value);
    }

    // Those who have not asked again for long are waited for no more.
    private static StoreValue FirstOf(IScriptContext context)
    {
        while (true)
        {
            var first = context.Call(SortedSets.Range(context.Keys[1], new RankRange(0, 0))).FirstOrDefault();
            if (first.IsNull
                || first == context.Arguments[0]
                || (context.Call(Hashes.Get(context.Keys[2], first)) is { IsNull: false } patience && long.Parse(patience.AsText()!, CultureInfo.InvariantCulture) > context.NowMilliseconds))
            {
                return first;
            }

            Leave(context, first);
        }
    }
}
