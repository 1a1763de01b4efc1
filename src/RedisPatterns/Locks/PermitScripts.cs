using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>
/// The scripts of what several hold at once, or one alone: semaphores, and locks for readers and writers. The first key is a
/// sorted set of those who hold it by the end of their leases, the second a hash with the last fencing token, how many have
/// waited, and until when each who waits is waited for; the third and fourth are the queues of those who would share it and
/// of those who want to be alone, sorted sets by their coming.
/// </summary>
/// <remarks>
/// Who has an end that is past is removed by the next one who asks. One who shares gets in when nobody is alone in it, there
/// is room for it and for those who would share it and came before, and nobody who came before waits to be alone. One who
/// wants to be alone gets in when nobody is in it and nobody who came before waits.
/// </remarks>
internal static class PermitScripts
{
    /// <summary>Begins the name of an owner that shares.</summary>
    public const string Shared = "s";

    /// <summary>Begins the name of an owner that is alone.</summary>
    public const string Alone = "a";

    /// <summary>Does not look at those who wait.</summary>
    public const string OutOfTurn = "o";

    /// <summary>Gets in after those who wait, and does not wait.</summary>
    public const string InTurn = "i";

    /// <summary>Gets in after those who wait, and waits.</summary>
    public const string Waits = "w";

    private const string Token = "token";
    private const string Came = "came";
    private const int Holders = 0;
    private const int State = 1;
    private const int SharedQueue = 2;
    private const int AloneQueue = 3;

    private const string Clock = """
        local C=redis.call
        local t=C('TIME')
        local now=t[1]*1000+math.floor(t[2]/1000)

        """;

    private const string Head = Clock + """
        local holders,state,shared,alone=KEYS[1],KEYS[2],KEYS[3],KEYS[4]
        local me,manner=ARGV[1],ARGV[4]
        local function first(queue)
          for _=1,1000 do
            local f=C('ZRANGE',queue,0,0,'WITHSCORES')
            if not f[1] or f[1]==me then return f[1],tonumber(f[2]) end
            local patience=C('HGET',state,f[1])
            if patience and tonumber(patience)>now then return f[1],tonumber(f[2]) end
            C('ZREM',queue,f[1])
            C('HDEL',state,f[1])
          end
        end
        local function before(queue,number)
          local who,his=first(queue)
          return who and who~=me and (not number or his<number)
        end
        C('ZREMRANGEBYSCORE',holders,'-inf',now)
        local count=C('ZCARD',holders)
        local mine=C('ZSCORE',holders,me)
        local free

        """;

    private const string Share = """
        local limit=tonumber(ARGV[6])
        local is=C('ZRANGE',holders,0,0)[1]
        if mine then free=true
        elseif (count==1 and string.sub(is,1,1)=='a') or count>=limit then free=false
        elseif manner=='o' then free=true
        else
          local number=tonumber(C('ZSCORE',shared,me))
          first(shared)
          local ahead=C('ZRANK',shared,me) or C('ZCARD',shared)
          free=count+ahead<limit and not before(alone,number)
        end
        local queue=shared

        """;

    private const string BeAlone = """
        local number=tonumber(C('ZSCORE',alone,me))
        free=mine or (count==0 and (manner=='o' or not (before(alone,number) or before(shared,number))))
        local queue=alone

        """;

    private const string Tail = """
        if not free then
          if manner=='w' then
            if not C('ZSCORE',queue,me) then C('ZADD',queue,C('HINCRBY',state,'came',1),me) end
            C('HSET',state,me,string.format('%d',now+ARGV[5]))
            local at=string.format('%d',now+ARGV[5]+ARGV[3])
            C('PEXPIREAT',queue,at)
            C('PEXPIREAT',state,at)
          end
          local next=C('ZRANGE',holders,0,0,'WITHSCORES')[2]
          return {0,next and next-now or 0}
        end
        if manner~='o' then
          C('ZREM',queue,me)
          C('HDEL',state,me)
        end
        local token=(t[1]-1735689600)*1000000+t[2]
        local last=C('HGET',state,'token')
        if last and last-token>=0 then token=last+1 end
        C('HSET',state,'token',string.format('%d',token))
        C('ZADD',holders,string.format('%d',now+ARGV[2]),me)
        C('PEXPIRE',holders,ARGV[3])
        C('PEXPIRE',state,ARGV[3])
        return token
        """;

    /// <summary>Takes one of several permits. Arguments: owner, lifetime in milliseconds, how long the keys are kept, the manner, for how long one who waits is waited for, and how many hold a permit at most. Gives the token or 0, and when the next lease ends.</summary>
    public static AtomicScript<LockReply> AcquireShared { get; } = new("acquire permit", Head + Share + Tail, LockReply.Read, static context => Acquire(context, MayShare, SharedQueue), isRepeatable: true);

    /// <summary>Takes all. Arguments: the same, but for the last.</summary>
    public static AtomicScript<LockReply> AcquireAlone { get; } = new("acquire all permits", Head + BeAlone + Tail, LockReply.Read, static context => Acquire(context, MayBeAlone, AloneQueue), isRepeatable: true);

    /// <summary>Lets a lease begin its lifetime anew, if it is still the owner's. Keys: the first two. Arguments: owner, lifetime in milliseconds, and how long the keys are kept.</summary>
    public static AtomicScript<bool> Renew { get; } = new(
        "renew permit",
        Clock + """
        if not C('ZSCORE',KEYS[1],ARGV[1]) then return 0 end
        C('ZADD',KEYS[1],string.format('%d',now+ARGV[2]),ARGV[1])
        C('PEXPIRE',KEYS[1],ARGV[3])
        C('PEXPIRE',KEYS[2],ARGV[3])
        return 1
        """,
        Replies.Boolean,
        static context =>
        {
            var (holders, me) = (context.Keys[Holders], context.Arguments[0]);
            if (context.Call(SortedSets.Score(holders, me)) is null)
            {
                return StoreReply.Integer(0);
            }

            context.Call(SortedSets.Add(holders, me, context.NowMilliseconds + context.Arguments[1].AsInt64()));
            Keep(context);
            return StoreReply.Integer(1);
        },
        isRepeatable: true);

    /// <summary>Gives a permit back, if it is the owner's, and waits no longer. Argument: the owner. Tells whether it was.</summary>
    public static AtomicScript<bool> Release { get; } = new(
        "release permit",
        """
        local C=redis.call
        C('ZREM',string.sub(ARGV[1],1,1)=='a' and KEYS[4] or KEYS[3],ARGV[1])
        C('HDEL',KEYS[2],ARGV[1])
        return C('ZREM',KEYS[1],ARGV[1])
        """,
        Replies.Boolean,
        static context =>
        {
            var me = context.Arguments[0];
            Leave(context, me.AsText()!.StartsWith(Alone, StringComparison.Ordinal) ? AloneQueue : SharedQueue, me);
            return StoreReply.Integer(context.Call(SortedSets.Remove(context.Keys[Holders], me)) ? 1 : 0);
        },
        isRepeatable: true);

    /// <summary>How many hold a permit, less than none when one is alone. Key: the first.</summary>
    public static AtomicScript<long> Count { get; } = new(
        "count permits",
        Clock + """
        local held=C('ZRANGEBYSCORE',KEYS[1],string.format('(%d',now),'+inf','LIMIT',0,1)[1]
        if held and string.sub(held,1,1)=='a' then return -1 end
        return C('ZCOUNT',KEYS[1],string.format('(%d',now),'+inf')
        """,
        Replies.Int64,
        static context =>
        {
            var held = context.Call(SortedSets.RangeByScore(context.Keys[Holders], ScoreRange.MoreThan(context.NowMilliseconds)));
            return StoreReply.Integer(held.Length > 0 && IsAlone(held[0]) ? -1 : held.Length);
        },
        isReadOnly: true);

    private static bool IsAlone(StoreValue owner) => owner.AsText()!.StartsWith(Alone, StringComparison.Ordinal);

    private static StoreReply Acquire(IScriptContext context, Func<IScriptContext, long, StoreValue, bool> mayEnter, int queueKey)
    {
        var (holders, queue, me, manner, now) = (context.Keys[Holders], context.Keys[queueKey], context.Arguments[0], context.Arguments[3].AsText(), context.NowMilliseconds);
        context.Call(SortedSets.RemoveRangeByScore(holders, ScoreRange.AtMost(now)));
        var held = context.Call(SortedSets.RangeWithScores(holders, new RankRange(0, 0)));
        if (context.Call(SortedSets.Score(holders, me)) is null && !mayEnter(context, context.Call(SortedSets.Length(holders)), held.Length > 0 ? held[0].Member : default))
        {
            if (manner == Waits)
            {
                Wait(context, queue, me);
            }

            return StoreReply.Array(StoreReply.Integer(0), StoreReply.Integer(held.Length > 0 ? (long)held[0].Score - now : 0));
        }

        if (manner != OutOfTurn)
        {
            Leave(context, queueKey, me);
        }

        var last = context.Call(Hashes.Get(context.Keys[State], Token));
        var token = Math.Max(last.IsNull ? 0 : last.AsInt64() + 1, (now - LockScripts.Epoch) * 1_000);
        context.Call(Hashes.Set(context.Keys[State], Token, token));
        context.Call(SortedSets.Add(holders, me, now + context.Arguments[1].AsInt64()));
        Keep(context);
        return StoreReply.Integer(token);
    }

    private static bool MayShare(IScriptContext context, long count, StoreValue held)
    {
        var (queue, me, limit) = (context.Keys[SharedQueue], context.Arguments[0], context.Arguments[5].AsInt64());
        if ((count == 1 && IsAlone(held)) || count >= limit)
        {
            return false;
        }

        if (context.Arguments[3].AsText() == OutOfTurn)
        {
            return true;
        }

        var number = context.Call(SortedSets.Score(queue, me));
        FirstOf(context, SharedQueue);
        var ahead = context.Call(SortedSets.Rank(queue, me)) ?? context.Call(SortedSets.Length(queue));
        return count + ahead < limit && !IsBefore(context, AloneQueue, number);
    }

    private static bool MayBeAlone(IScriptContext context, long count, StoreValue held)
    {
        var number = context.Call(SortedSets.Score(context.Keys[AloneQueue], context.Arguments[0]));
        return count == 0 && (context.Arguments[3].AsText() == OutOfTurn || !(IsBefore(context, AloneQueue, number) || IsBefore(context, SharedQueue, number)));
    }

    private static bool IsBefore(IScriptContext context, int queueKey, double? number) =>
        FirstOf(context, queueKey) is { } first && first.Member != context.Arguments[0] && (number is null || first.Score < number);

    private static void Wait(IScriptContext context, StoreKey queue, StoreValue me)
    {
        if (context.Call(SortedSets.Score(queue, me)) is null)
        {
            context.Call(SortedSets.Add(queue, me, context.Call(Hashes.Increment(context.Keys[State], Came, 1))));
        }

        var patience = context.NowMilliseconds + context.Arguments[4].AsInt64();
        context.Call(Hashes.Set(context.Keys[State], me, patience));
        var at = DateTimeOffset.FromUnixTimeMilliseconds(patience + context.Arguments[2].AsInt64());
        context.Call(Keys.ExpireAt(queue, at));
        context.Call(Keys.ExpireAt(context.Keys[State], at));
    }

    private static void Leave(IScriptContext context, int queueKey, StoreValue who)
    {
        context.Call(SortedSets.Remove(context.Keys[queueKey], who));
        context.Call(Hashes.Delete(context.Keys[State], who));
    }

    private static void Keep(IScriptContext context)
    {
        var kept = TimeSpan.FromMilliseconds(context.Arguments[2].AsInt64());
        context.Call(Keys.Expire(context.Keys[Holders], kept));
        context.Call(Keys.Expire(context.Keys[State], kept));
    }

    // Those who have not asked again for long are waited for no more.
    private static SortedSetEntry? FirstOf(IScriptContext context, int queueKey)
    {
        while (true)
        {
            if (context.Call(SortedSets.RangeWithScores(context.Keys[queueKey], new RankRange(0, 0))) is not [var first])
            {
                return null;
            }

            if (first.Member == context.Arguments[0]
                || (context.Call(Hashes.Get(context.Keys[State], first.Member)) is { IsNull: false } patience && long.Parse(patience.AsText()!, CultureInfo.InvariantCulture) > context.NowMilliseconds))
            {
                return first;
            }

            Leave(context, queueKey, first.Member);
        }
    }
}
