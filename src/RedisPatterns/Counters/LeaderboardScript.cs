using System.Globalization;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The scripts that read leaderboards: entries in a row, with the position and the rank of the first.</summary>
internal static class LeaderboardScript
{
    /// <summary>The first argument where the highest score is the best; the empty text where the lowest is.</summary>
    public const string HighestFirst = "H";

    private const string Head = """
        local C,key,high=redis.call,KEYS[1],ARGV[1]=='H'
        local function read(from,to)
          local rows=C(high and 'ZREVRANGE' or 'ZRANGE',key,from,to,'WITHSCORES')
          if #rows==0 then return {} end
          local s=rows[2]
          local better=0
          if s~=(high and 'inf' or '-inf') then better=high and C('ZCOUNT',key,'('..s,'+inf') or C('ZCOUNT',key,'-inf','('..s) end
          local out={string.format('%.0f',from),string.format('%.0f',better+1)}
          for i=1,#rows do out[i+2]=rows[i] end
          return out
        end

        """;

    /// <summary>The best. Further arguments: how many are left out, how many come, how many more may come that have the score of the last.</summary>
    public static AtomicScript<StoreValue[]> Top { get; } = new(
        "leaderboard top",
        Head + """
        local from,count,ties=tonumber(ARGV[2]),tonumber(ARGV[3]),tonumber(ARGV[4])
        local to=from+count-1
        if ties>0 then
          local last=C(high and 'ZREVRANGE' or 'ZRANGE',key,to,to,'WITHSCORES')
          if last[2] then
            local s=last[2]
            local upto=high and C('ZCOUNT',key,s,'+inf') or C('ZCOUNT',key,'-inf',s)
            to=math.min(upto-1,to+ties)
          end
        end
        return read(from,to)
        """,
        Replies.Values,
        RunTop,
        isReadOnly: true);

    /// <summary>A member and those beside it. Further arguments: the member, and how many on each side.</summary>
    public static AtomicScript<StoreValue[]> Around { get; } = new(
        "leaderboard around",
        Head + """
        local at=C(high and 'ZREVRANK' or 'ZRANK',key,ARGV[2])
        if not at then return {} end
        return read(math.max(0,at-ARGV[3]),at+ARGV[3])
        """,
        Replies.Values,
        RunAround,
        isReadOnly: true);

    private static Order OrderOf(IScriptContext context) => context.Arguments[0].AsText() == HighestFirst ? Order.Descending : Order.Ascending;

    private static StoreReply RunTop(IScriptContext context)
    {
        var (from, count, ties) = (context.Arguments[1].AsInt64(), context.Arguments[2].AsInt64(), context.Arguments[3].AsInt64());
        var to = from + count - 1;
        if (ties > 0 && context.Call(SortedSets.RangeWithScores(context.Keys[0], new RankRange(to, to), OrderOf(context))) is [var last])
        {
            var upTo = context.Call(SortedSets.CountByScore(context.Keys[0], OrderOf(context) == Order.Descending ? ScoreRange.AtLeast(last.Score) : ScoreRange.AtMost(last.Score)));
            to = Math.Min(upTo - 1, to + ties);
        }

        return Read(context, from, to);
    }

    private static StoreReply RunAround(IScriptContext context)
    {
        var count = context.Arguments[2].AsInt64();
        return context.Call(SortedSets.Rank(context.Keys[0], context.Arguments[1], OrderOf(context))) is { } at ? Read(context, Math.Max(0, at - count), at + count) : StoreReply.Array();
    }

    private static StoreReply Read(IScriptContext context, long from, long to)
    {
        var (key, order) = (context.Keys[0], OrderOf(context));
        var rows = context.Call(SortedSets.RangeWithScores(key, new RankRange(from, to), order));
        if (rows.Length == 0)
        {
            return StoreReply.Array();
        }

        var better = context.Call(SortedSets.CountByScore(key, order == Order.Descending ? ScoreRange.MoreThan(rows[0].Score) : ScoreRange.LessThan(rows[0].Score)));
        return StoreReply.Array(
        [
            StoreReply.FromValue(from.ToString(CultureInfo.InvariantCulture)),
            StoreReply.FromValue((better + 1).ToString(CultureInfo.InvariantCulture)),
            .. rows.SelectMany(row => new[] { StoreReply.FromValue(row.Member), StoreReply.FromValue(row.Score) }),
        ]);
    }
}
