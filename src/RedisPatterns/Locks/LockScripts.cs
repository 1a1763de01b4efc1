using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The scripts of locks. The first key is the lock, a hash; the second the queue of those who wait, by the order of their coming.</summary>
/// <remarks>
/// Fields of the lock: <c>owner</c>, whoever holds it, gone when it is released; <c>until</c>, when the lease ends, in
/// milliseconds by the server's clock; <c>token</c>, the last fencing token that was given; <c>came</c>, how many have
/// waited; <c>w:</c> and an owner, until when one who waits is waited for. A token is the greater of the last one and one,
/// and of the microseconds since 2025: so it grows also when the key was lost, as long as the server's clock does not go back.
/// </remarks>
internal static class LockScripts
{
    /// <summary>The lock is taken by whoever asks when it is free.</summary>
    public const string Unfair = "u";

    /// <summary>It is taken if nobody has waited longer.</summary>
    public const string Fair = "f";

    /// <summary>The same, and one who does not get it waits.</summary>
    public const string FairWaiting = "w";

    // How long a key stays when its lease has ended.
    private const long Kept = 86_400_000;
    private const long Epoch = 1_735_689_600_000;
    private const string WaitingPrefix = "w:";

    private const string Clock = """
        local C,t=redis.call,redis.call('TIME')
        local now=t[1]*1000+math.floor(t[2]/1000)

        """;

    /// <summary>Takes the lock if it is free. Arguments: owner, lifetime in milliseconds, how, and for how long one who waits is waited for that does not ask again. Gives the token or 0, and how long it is held at most.</summary>
    public static AtomicScript<LockReply> Acquire { get; } = new(
        "acquire lock",
        Clock + """
        local key,queue,me=KEYS[1],KEYS[2],ARGV[1]
        local h=C('HMGET',key,'owner','until','token')
        local ends=now+ARGV[2]
        local function keep()
          local at=string.format('%.0f',math.max(ends,tonumber(h[2]) or 0,now)+86400000)
          C('PEXPIREAT',key,at)
          C('PEXPIREAT',queue,at)
        end
        if h[1]==me then
          C('HSET',key,'until',string.format('%.0f',ends))
          keep()
          return {tonumber(h[3]),0}
        end
        local left=h[1] and h[2]-now or 0
        local fair=ARGV[3]~='u'
        if fair then
          local first
          for _=1,1000 do
            first=C('ZRANGE',queue,0,0)[1]
            if not first or first==me then break end
            local waits=C('HGET',key,'w:'..first)
            if waits and tonumber(waits)>now then break end
            C('ZREM',queue,first)
            C('HDEL',key,'w:'..first)
          end
          if left>0 or (first and first~=me) then
            if ARGV[3]=='w' then
              if not C('ZSCORE',queue,me) then C('ZADD',queue,C('HINCRBY',key,'came',1),me) end
              C('HSET',key,'w:'..me,string.format('%.0f',now+ARGV[4]))
              keep()
            end
            return {0,left>0 and left or 1}
          end
          if first then
            C('ZREM',queue,me)
            C('HDEL',key,'w:'..me)
          end
        elseif left>0 then return {0,left} end
        local token=math.max((tonumber(h[3]) or 0)+1,(now-1735689600000)*1000+t[2]%1000)
        C('HSET',key,'owner',me,'until',string.format('%.0f',ends),'token',string.format('%.0f',token))
        keep()
        return {token,0}
        """,
        LockReply.Read,
        RunAcquire);

    /// <summary>Lets a lease begin its lifetime anew, if it is still the owner's. Arguments: owner, lifetime in milliseconds.</summary>
    public static AtomicScript<bool> Renew { get; } = new(
        "renew lock",
        Clock + """
        if C('HGET',KEYS[1],'owner')~=ARGV[1] then return 0 end
        C('HSET',KEYS[1],'until',string.format('%.0f',now+ARGV[2]))
        C('PEXPIREAT',KEYS[1],string.format('%.0f',now+ARGV[2]+86400000))
        return 1
        """,
        Replies.Boolean,
        static context =>
        {
            var (key, owner) = (context.Keys[0], context.Arguments[0]);
            if (context.Call(Hashes.Get(key, LockFields.Owner)) != owner)
            {
                return StoreReply.Integer(0);
            }

            var ends = context.NowMilliseconds + context.Arguments[1].AsInt64();
            context.Call(Hashes.Set(key, LockFields.Until, ends));
            context.Call(Keys.ExpireAt(key, DateTimeOffset.FromUnixTimeMilliseconds(ends + Kept)));
            return StoreReply.Integer(1);
        });

    /// <summary>Gives the lock back, if it is the owner's, and leaves the queue. Argument: the owner. Tells whether it was.</summary>
    public static AtomicScript<bool> Release { get; } = new(
        "release lock",
        """
        local C=redis.call
        C('ZREM',KEYS[2],ARGV[1])
        C('HDEL',KEYS[1],'w:'..ARGV[1])
        if C('HGET',KEYS[1],'owner')~=ARGV[1] then return 0 end
        return C('HDEL',KEYS[1],'owner','until')>0 and 1 or 0
        """,
        Replies.Boolean,
        static context =>
        {
            var (key, owner) = (context.Keys[0], context.Arguments[0]);
            context.Call(SortedSets.Remove(context.Keys[1], owner));
            context.Call(Hashes.Delete(key, WaitingPrefix + owner.AsText()));
            return StoreReply.Integer(context.Call(Hashes.Get(key, LockFields.Owner)) == owner && context.Call(Hashes.Delete(key, [LockFields.Owner, LockFields.Until])) > 0 ? 1 : 0);
        });

    /// <summary>Whether somebody holds the lock.</summary>
    public static AtomicScript<bool> Look { get; } = new(
        "look at lock",
        Clock + """
        local h=C('HMGET',KEYS[1],'owner','until')
        return h[1] and tonumber(h[2])>now and 1 or 0
        """,
        Replies.Boolean,
        static context =>
        {
            var fields = context.Call(Hashes.GetMany(context.Keys[0], LockFields.Owner, LockFields.Until));
            return StoreReply.Integer(!fields[0].IsNull && fields[1].AsInt64() > context.NowMilliseconds ? 1 : 0);
        },
        isReadOnly: true);

    private static StoreReply RunAcquire(IScriptContext context)
    {
        var (key, queue, me, how) = (context.Keys[0], context.Keys[1], context.Arguments[0], context.Arguments[2].AsText());
        var (now, fields) = (context.NowMilliseconds, context.Call(Hashes.GetMany(key, LockFields.Owner, LockFields.Until, LockFields.Token)));
        var (until, ends) = (fields[1].IsNull ? 0 : fields[1].AsInt64(), now + context.Arguments[1].AsInt64());
        var last = fields[2].IsNull ? 0 : fields[2].AsInt64();
        if (fields[0] == me)
        {
            context.Call(Hashes.Set(key, LockFields.Until, ends));
            Keep();
            return Answer(last, 0);
        }

        var left = fields[0].IsNull ? 0 : until - now;
        if (how == Unfair)
        {
            if (left > 0)
            {
                return Answer(0, left);
            }
        }
        else
        {
            var first = First();
            if (left > 0 || (!first.IsNull && first != me))
            {
                if (how == FairWaiting)
                {
                    if (context.Call(SortedSets.Score(queue, me)) is null)
                    {
                        context.Call(SortedSets.Add(queue, me, context.Call(Hashes.Increment(key, LockFields.Came, 1))));
                    }

                    context.Call(Hashes.Set(key, WaitingPrefix + me.AsText(), now + context.Arguments[3].AsInt64()));
                    Keep();
                }

                return Answer(0, Math.Max(left, 1));
            }

            if (!first.IsNull)
            {
                Leave(me);
            }
        }

        var token = Math.Max(last + 1, (now - Epoch) * 1_000);
        context.Call(Hashes.Set(key, new HashEntry(LockFields.Owner, me), new HashEntry(LockFields.Until, ends), new HashEntry(LockFields.Token, token)));
        Keep();
        return Answer(token, 0);

        static StoreReply Answer(long token, long left) => StoreReply.Array(StoreReply.Integer(token), StoreReply.Integer(left));

        void Keep()
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(Math.Max(ends, until), now) + Kept);
            context.Call(Keys.ExpireAt(key, at));
            context.Call(Keys.ExpireAt(queue, at));
        }

        void Leave(StoreValue waiter)
        {
            context.Call(SortedSets.Remove(queue, waiter));
            context.Call(Hashes.Delete(key, WaitingPrefix + waiter.AsText()));
        }

        // Those who have not asked again for long are waited for no more.
        StoreValue First()
        {
            while (true)
            {
                var first = context.Call(SortedSets.Range(queue, new RankRange(0, 0))).FirstOrDefault();
                if (first.IsNull || first == me || (context.Call(Hashes.Get(key, WaitingPrefix + first.AsText())) is { IsNull: false } waits && waits.AsInt64() > now))
                {
                    return first;
                }

                Leave(first);
            }
        }
    }
}
