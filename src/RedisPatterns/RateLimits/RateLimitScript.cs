using System.Collections.Concurrent;
using System.Text;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The script of limiters with rules of given kinds: first every rule is looked at, then every one is counted, or none.</summary>
/// <remarks>
/// Arguments: the permits, then for each rule its permits, its period in milliseconds and its burst. Reply: whether it is
/// allowed, what remains, after how many milliseconds to try again, and the rule that refused, counted from 1, or 0.
/// Times are the server's, in microseconds since 2025: doubles keep them to a hundredth. A bucket gives a permit up to a
/// ten-thousandth of a permit's time early, so that rounding never makes a caller wait for another millisecond.
/// </remarks>
internal sealed class RateLimitScript
{
    private const int MicrosecondsPerMillisecond = 1_000;
    private const int ArgumentsPerRule = 3;
    private const long Epoch = 1_735_689_600_000;
    private static readonly ConcurrentDictionary<string, RateLimitScript> Known = new();
    private readonly string _kinds;

    private RateLimitScript(string kinds)
    {
        _kinds = kinds;
        Instance = new($"rate limit {kinds}", Compose(kinds), Replies.Int64s, Twin);
    }

    public AtomicScript<long[]> Instance { get; }

    /// <summary>The arguments of a call, but for the permits, which come first.</summary>
    public static StoreValue[] ArgumentsOf(RateLimitRule[] rules) =>
        [StoreValue.Empty, .. rules.SelectMany(rule => (StoreValue[])[rule.Permits, rule.Milliseconds, rule.Burst])];

    public static RateLimitScript For(string kinds) => Known.GetOrAdd(kinds, static kinds => new(kinds));

    private static string Compose(string kinds)
    {
        var lua = new StringBuilder("local C,max,min,floor,ceil=redis.call,math.max,math.min,math.floor,math.ceil\nlocal p,left,wait,by=tonumber(ARGV[1]),math.huge,0,0\nlocal q=max(p,1)\n");
        if (kinds.AsSpan().ContainsAny('s', 'b'))
        {
            lua.Append("local t=C('TIME')\nlocal now=(t[1]-1735689600)*1000000+t[2]\n");
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            Append(lua, Look(kinds[i]), i);
        }

        lua.Append("if by>0 then return {0,max(left,0),ceil(wait),by} end\nif p==0 then return {1,left,0,0} end\n");
        for (var i = 0; i < kinds.Length; i++)
        {
            Append(lua, Take(kinds[i]), i);
        }

        return lua.Append("return {1,left-p,0,0}").ToString();
    }

    private static void Append(StringBuilder lua, string part, int rule) => lua.Append(part
        .Replace("#", (rule + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("@limit", $"tonumber(ARGV[{2 + (rule * ArgumentsPerRule)}])", StringComparison.Ordinal)
        .Replace("@period", $"ARGV[{3 + (rule * ArgumentsPerRule)}]", StringComparison.Ordinal)
        .Replace("@burst", $"tonumber(ARGV[{4 + (rule * ArgumentsPerRule)}])", StringComparison.Ordinal));

    // Each sets what is left, and when it is too little, the wait in milliseconds.
    private static string Look(char kind) => kind switch
    {
        'f' => """
            local n#=tonumber(C('GET',KEYS[#]) or '0')
            left=min(left,@limit-n#)
            if n#+q>@limit then
              local w=max(C('PTTL',KEYS[#]),1)
              if w>wait then wait,by=w,# end
            end

            """,
        's' => """
            C('ZREMRANGEBYSCORE',KEYS[#],'-inf',string.format('%.0f',now-@period*1000))
            local n#=C('ZCARD',KEYS[#])
            left=min(left,@limit-n#)
            if n#+q>@limit then
              local at=n#+q-@limit-1
              local w=max((C('ZRANGE',KEYS[#],at,at,'WITHSCORES')[2]+@period*1000-now)/1000,1)
              if w>wait then wait,by=w,# end
            end

            """,
        _ => """
            local step#=@period*1000/@limit
            local full#=max(tonumber(C('GET',KEYS[#]) or now),now)
            local early#=step#*1e-4+0.05
            local room#=@burst*step#-(full#-now)
            left=min(left,floor((room#+early#)/step#))
            if q*step#>room#+early# then
              local w=max((q*step#-room#-early#/2)/1000,1)
              if w>wait then wait,by=w,# end
            end

            """,
    };

    private static string Take(char kind) => kind switch
    {
        'f' => """
            if n#==0 then C('SET',KEYS[#],p,'PX',@period) else C('INCRBY',KEYS[#],p) end

            """,
        's' => """
            local at=string.format('%.0f',now)
            for i=1,p do C('ZADD',KEYS[#],at,at..'-'..n#+i) end
            C('PEXPIRE',KEYS[#],@period)

            """,
        _ => """
            full#=full#+p*step#
            C('SET',KEYS[#],string.format('%.3f',full#),'PX',ceil((full#-now)/1000)+1)

            """,
    };

    private StoreReply Twin(IScriptContext script)
    {
        var permits = script.Arguments[0].AsInt64();
        var now = (double)(script.NowMilliseconds - Epoch) * MicrosecondsPerMillisecond;
        var (left, wait, by) = (double.PositiveInfinity, 0.0, 0);
        var takes = new Action[_kinds.Length];
        for (var i = 0; i < _kinds.Length; i++)
        {
            var at = 1 + (i * ArgumentsPerRule);
            var rule = new Rule(
                script, script.Keys[i], now, Math.Max(permits, 1),
                script.Arguments[at].AsInt64(), script.Arguments[at + 1].AsInt64(), script.Arguments[at + 2].AsInt64());
            var (remains, waits, take) = _kinds[i] switch
            {
                'f' => rule.FixedWindow(),
                's' => rule.SlidingWindow(),
                _ => rule.TokenBucket(),
            };
            takes[i] = take;
            left = Math.Min(left, remains);
            if (waits > wait)
            {
                (wait, by) = (waits, i + 1);
            }
        }

        if (by > 0)
        {
            return Reply(0, Math.Max(left, 0), Math.Ceiling(wait), by);
        }

        if (permits == 0)
        {
            return Reply(1, left, 0, 0);
        }

        foreach (var take in takes)
        {
            take();
        }

        return Reply(1, left - permits, 0, 0);
    }

    private static StoreReply Reply(long allowed, double left, double wait, long by) =>
        StoreReply.Array(StoreReply.Integer(allowed), StoreReply.Integer((long)left), StoreReply.Integer((long)wait), StoreReply.Integer(by));

    private sealed class Rule(IScriptContext script, StoreKey key, double now, long permits, long limit, long period, long burst)
    {
        private const double EarlyPart = 1e-4;
        private const double EarlyMicroseconds = 0.05;

        public (double Left, double Wait, Action Take) FixedWindow()
        {
            var stored = script.Call(Strings.Get(key));
            var count = stored.IsNull ? 0 : stored.AsInt64();
            var wait = count + permits > limit ? Math.Max(script.Call(Keys.TimeToLive(key)).Remaining?.TotalMilliseconds ?? 0, 1) : 0;
            return (limit - count, wait, () =>
            {
                if (count == 0)
                {
                    script.Call(Strings.Set(key, permits, TimeSpan.FromMilliseconds(period)));
                }
                else
                {
                    script.Call(Strings.Increment(key, permits));
                }
            }
            );
        }

        public (double Left, double Wait, Action Take) SlidingWindow()
        {
            var span = (double)period * MicrosecondsPerMillisecond;
            script.Call(SortedSets.RemoveRangeByScore(key, new ScoreRange(double.NegativeInfinity, now - span)));
            var count = script.Call(SortedSets.Length(key));
            var wait = 0.0;
            if (count + permits > limit)
            {
                var at = count + permits - limit - 1;
                var oldest = script.Call(SortedSets.RangeWithScores(key, new RankRange(at, at)))[0].Score;
                wait = Math.Max((oldest + span - now) / MicrosecondsPerMillisecond, 1);
            }

            return (limit - count, wait, () =>
            {
                for (var i = 1; i <= permits; i++)
                {
                    script.Call(SortedSets.Add(key, FormattableString.Invariant($"{now:F0}-{count + i}"), now));
                }

                script.Call(Keys.Expire(key, TimeSpan.FromMilliseconds(period)));
            }
            );
        }

        public (double Left, double Wait, Action Take) TokenBucket()
        {
            var step = (double)period * MicrosecondsPerMillisecond / limit;
            var stored = script.Call(Strings.Get(key));
            var full = Math.Max(stored.IsNull ? now : stored.AsDouble(), now);
            var early = (step * EarlyPart) + EarlyMicroseconds;
            var room = (burst * step) - (full - now);
            var wait = permits * step > room + early ? Math.Max(((permits * step) - room - (early / 2)) / MicrosecondsPerMillisecond, 1) : 0;
            return (Math.Floor((room + early) / step), wait, () =>
            {
                var next = full + (permits * step);
                var life = Math.Ceiling((next - now) / MicrosecondsPerMillisecond) + 1;
                script.Call(Strings.Set(key, next.ToString("F3", System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(life)));
            }
            );
        }
    }
}
