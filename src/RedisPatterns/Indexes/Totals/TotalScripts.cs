using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The scripts that read totals and extremes, each as they are in one moment.</summary>
/// <remarks>
/// Keys: the catalogue, the schedule of expiry, then what is read. Arguments: the field of the index in the catalogue, what it
/// must be, and <c>1</c> to look whether an entity has expired that nobody has swept; then those of the script. An index that
/// is not ready is answered by 0, an entity that still counts by 1.
/// </remarks>
internal static class TotalScripts
{
    /// <summary>How many fields a page has, roughly.</summary>
    public const int PageSize = 1_000;

    private const int FirstKey = 2;
    private const int FirstArgument = 3;

    private const string Head = """
        local C=redis.call
        local state=C('HGET',KEYS[1],ARGV[1])
        if state~=ARGV[2] and (state or C('EXISTS',KEYS[1])==1) then return 0 end
        if ARGV[3]=='1' then
          local t=C('TIME')
          if C('ZCOUNT',KEYS[2],'-inf',string.format('%.0f',t[1]*1000+math.floor(t[2]/1000)))>0 then return 1 end
        end

        """;

    /// <summary>The totals of some groups, of each key in turn; null for 0. The further arguments are the groups.</summary>
    public static AtomicScript<StoreReply> Groups { get; } = new(
        "read totals",
        Head + """
        local out={}
        for k=3,#KEYS do
          for _,v in ipairs(C('HMGET',KEYS[k],unpack(ARGV,4))) do out[#out+1]=v end
        end
        return out
        """,
        Replies.Raw,
        context => Check(context) ?? StoreReply.Array([.. context.Keys.Skip(FirstKey)
            .SelectMany(key => context.Call(Hashes.GetMany(key, [.. context.Arguments.Skip(FirstArgument)])))
            .Select(StoreReply.FromValue)]),
        isReadOnly: true);

    /// <summary>A page of groups and totals. The further argument is the cursor.</summary>
    public static AtomicScript<StoreReply> Page { get; } = new(
        "list totals",
        Head + "return C('HSCAN',KEYS[3],ARGV[4],'COUNT',1000)",
        Replies.Raw,
        ReadPage,
        isReadOnly: true);

    /// <summary>How many groups there are.</summary>
    public static AtomicScript<StoreReply> Length { get; } = new(
        "count totals",
        Head + "return {C('HLEN',KEYS[3])}",
        Replies.Raw,
        context => Check(context) ?? StoreReply.Array(StoreReply.Integer(context.Call(Hashes.Length(context.Keys[FirstKey])))),
        isReadOnly: true);

    /// <summary>The first and the last member that begins with a text; null where there is none. The further argument is the text, which ends with a tab, or is empty for all.</summary>
    public static AtomicScript<StoreReply> Ends { get; } = new(
        "read extremes",
        Head + """
        local p,lo,hi=ARGV[4],'-','+'
        if p~='' then lo,hi='['..p,'('..string.sub(p,1,-2)..'\n' end
        return {C('ZRANGEBYLEX',KEYS[3],lo,hi,'LIMIT',0,1)[1] or false,C('ZREVRANGEBYLEX',KEYS[3],hi,lo,'LIMIT',0,1)[1] or false}
        """,
        Replies.Raw,
        ReadEnds,
        isReadOnly: true);

    private static StoreReply? Check(IScriptContext context)
    {
        var state = context.Call(Hashes.Get(context.Keys[0], context.Arguments[0]));
        if (state != context.Arguments[1] && (!state.IsNull || context.Call(Keys.Exists(context.Keys[0]))))
        {
            return StoreReply.Integer(0);
        }

        return context.Arguments[2].AsText() == "1" && context.Call(SortedSets.CountByScore(context.Keys[1], ScoreRange.AtMost(context.NowMilliseconds))) > 0 ? StoreReply.Integer(1) : null;
    }

    private static StoreReply ReadPage(IScriptContext context)
    {
        if (Check(context) is { } refusal)
        {
            return refusal;
        }

        var page = context.Call(Hashes.Scan(context.Keys[FirstKey], ulong.Parse(context.Arguments[FirstArgument].AsText()!, System.Globalization.CultureInfo.InvariantCulture), count: PageSize));
        return StoreReply.Array(
            StoreReply.FromValue(page.Cursor.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            StoreReply.Array([.. page.Items.SelectMany(entry => new[] { StoreReply.FromValue(entry.Field), StoreReply.FromValue(entry.Value) })]));
    }

    private static StoreReply ReadEnds(IScriptContext context)
    {
        if (Check(context) is { } refusal)
        {
            return refusal;
        }

        var range = LexRange.StartingWith(context.Arguments[FirstArgument]);
        return StoreReply.Array(
            StoreReply.FromValue(context.Call(SortedSets.RangeByLex(context.Keys[FirstKey], range, limit: RangeLimit.Take(1))).FirstOrDefault()),
            StoreReply.FromValue(context.Call(SortedSets.RangeByLex(context.Keys[FirstKey], range, Order.Descending, RangeLimit.Take(1))).FirstOrDefault()));
    }
}
