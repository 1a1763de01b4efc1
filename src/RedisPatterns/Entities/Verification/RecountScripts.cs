using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>The steps of a <see cref="TotalRecount{T}"/>. The first key is always the hash that tells which recount goes on.</summary>
internal static class RecountScripts
{
    /// <summary>The field with the name of the recount; the others are the buckets that it has been through.</summary>
    public const string Run = "run";

    /// <summary>Another recount has taken the place of this one, or it was brought to its end by somebody else.</summary>
    public const int Over = -1;

    /// <summary>Begins a recount of the name that is the argument, or tells the name of one that goes on.</summary>
    public static AtomicScript<StoreValue> Begin { get; } = new(
        "begin recount",
        "redis.call('HSETNX',KEYS[1],'run',ARGV[1]) return redis.call('HGET',KEYS[1],'run')",
        Replies.Value,
        static context =>
        {
            context.Call(Hashes.SetIfAbsent(context.Keys[0], Run, context.Arguments[0]));
            return StoreReply.FromValue(context.Call(Hashes.Get(context.Keys[0], Run)));
        });

    /// <summary>
    /// Counts what the memos of a bucket add to totals, and from then on every write of them is counted too. Keys: the bucket
    /// and the catalogue; arguments: the name of the recount and the number of the bucket. Gives how many memos there are, 0
    /// for a bucket that has been counted.
    /// </summary>
    public static AtomicScript<long> Count { get; } = new(
        "count bucket",
        EntityLua.Head + TotalLua.Functions + EntityLua.Foreign(hasTotals: true) + """
        if C('HGET',KEYS[1],'run')~=ARGV[1] then return -1 end
        if C('HEXISTS',KEYS[1],ARGV[2])==1 then return 0 end
        local top,model=match(KEYS[3],'^(.*):idx:([^:]*)$')
        local shapes,all={},C('HGETALL',KEYS[2])
        local function run()
          C('HSET',KEYS[1],ARGV[2],ARGV[1])
          undo('HDEL',KEYS[1],ARGV[2])
          for i=2,#all,2 do
            local _,_,stamp,rest=remembered(all[i])
            if stamp then
              local totals=shapes[stamp]
              if not totals then
                local at=0
                totals={}
                for kind,name in gmatch(C('HGET',KEYS[3],stamp) or '','(%a):([^|=]+)') do
                  if kind~='r' then
                    at=at+1
                    if find('cCsS',kind,1,true) then totals[at]={kind,top..':stat:'..model..':'..name} end
                  end
                end
                shapes[stamp]=totals
              end
              if next(totals) then
                local at=0
                for x in gmatch(rest,':([^:]*)') do
                  at=at+1
                  local t=totals[at]
                  if t then
                    local key,field,by=part(t[1],t[2],x)
                    if key then add(key..','..ARGV[1],field,by) end
                  end
                end
              end
            end
          end
        end
        local ok,e=pcall(run)
        if ok then return #all/2 end
        for i=n,1,-1 do C(unpack(U[i])) end
        if type(e)=='table' then return e end
        return {err=e}
        """,
        Replies.Int64,
        CountBucket);

    /// <summary>
    /// Compares groups of a total with what the recount has come to, and on demand puts the total right. The key is the
    /// total; arguments: the name of the recount, <c>1</c> to put it right, and the groups. Gives group, what is stored and
    /// what was counted of each that differs, empty for none; or an integer when the recount is over.
    /// </summary>
    public static AtomicScript<StoreReply> Compare { get; } = new(
        "compare total",
        """
        local C=redis.call
        if C('HGET',KEYS[1],'run')~=ARGV[1] then return -1 end
        local out,counted={},KEYS[2]..','..ARGV[1]
        for i=3,#ARGV do
          local f=ARGV[i]
          local a,b=C('HGET',KEYS[2],f),C('HGET',counted,f)
          if a~=b then
            out[#out+1]=f out[#out+1]=a or '' out[#out+1]=b or ''
            if ARGV[2]=='1' then
              if b then C('HSET',KEYS[2],f,b) else C('HDEL',KEYS[2],f) end
            end
          end
        end
        return out
        """,
        Replies.Raw,
        CompareGroups);

    /// <summary>Ends a recount. The argument is its name.</summary>
    public static AtomicScript<long> End { get; } = new(
        "end recount",
        "if redis.call('HGET',KEYS[1],'run')~=ARGV[1] then return 0 end return redis.call('DEL',KEYS[1])",
        Replies.Int64,
        static context => StoreReply.Integer(
            context.Call(Hashes.Get(context.Keys[0], Run)) == context.Arguments[0] ? context.Call(Keys.Delete(context.Keys[0])) ? 1 : 0 : 0));

    /// <summary>Removes what a recount has come to, if it does not go on. The key is that; the argument the name of the recount.</summary>
    public static AtomicScript<long> Forget { get; } = new(
        "forget recount",
        "if redis.call('HGET',KEYS[1],'run')==ARGV[1] then return 0 end return redis.call('UNLINK',KEYS[2])",
        Replies.Int64,
        static context => StoreReply.Integer(
            context.Call(Hashes.Get(context.Keys[0], Run)) == context.Arguments[0] ? 0 : context.Call(Keys.Unlink(context.Keys[1])) ? 1 : 0));

    private static StoreReply CountBucket(IScriptContext context)
    {
        var (recount, bucket, catalogue) = (context.Keys[0], context.Keys[1], context.Keys[2]);
        var (run, number) = (context.Arguments[0].AsText()!, context.Arguments[1]);
        if (context.Call(Hashes.Get(recount, Run)).AsText() != run)
        {
            return StoreReply.Integer(Over);
        }

        if (context.Call(Hashes.Exists(recount, number)))
        {
            return StoreReply.Integer(0);
        }

        context.Call(Hashes.Set(recount, number, run));
        var text = catalogue.ToString();
        var at = text.LastIndexOf(":idx:", StringComparison.Ordinal);
        var shapes = new Dictionary<string, (int Place, IndexForm Form, StoreKey Key)[]>(StringComparer.Ordinal);
        var memos = context.Call(Hashes.GetAll(bucket));
        foreach (var entry in memos)
        {
            if (!Memo.TryParse(entry.Value.AsText() ?? "", out var memo))
            {
                continue;
            }

            if (!shapes.TryGetValue(memo.Value.Stamp, out var totals))
            {
                var slots = IndexField.SlotsOf(context.Call(Hashes.Get(catalogue, memo.Value.Stamp)).AsText() ?? "").Where(slot => slot.Form != IndexForm.Score);
                totals = [.. slots.Select((slot, place) => (Place: place, slot.Form, Key: (StoreKey)KeyGrammar.Total(text[..at], text[(at + 5)..], slot.Name)))
                    .Where(slot => IndexForms.AreTogether(slot.Form, IndexForm.Count))];
                shapes[memo.Value.Stamp] = totals;
            }

            foreach (var total in totals)
            {
                if (total.Place < memo.Value.Segments.Length && TotalTwin.PartOf(total.Form, total.Key, memo.Value.Segments[total.Place]) is { } part)
                {
                    TotalTwin.AddTo(context, KeyGrammar.Recounted(part.Key.ToString(), run), part.Field, part.Number);
                }
            }
        }

        return StoreReply.Integer(memos.Length);
    }

    private static StoreReply CompareGroups(IScriptContext context)
    {
        var run = context.Arguments[0];
        if (context.Call(Hashes.Get(context.Keys[0], Run)) != run)
        {
            return StoreReply.Integer(Over);
        }

        var (key, differences) = (context.Keys[1], new List<StoreReply>());
        foreach (var field in context.Arguments.Skip(2))
        {
            var stored = context.Call(Hashes.Get(key, field));
            var counted = context.Call(Hashes.Get(KeyGrammar.Recounted(key.ToString(), run.AsText()!), field));
            if (stored == counted)
            {
                continue;
            }

            differences.AddRange([StoreReply.FromValue(field), StoreReply.FromValue(stored.IsNull ? "" : stored), StoreReply.FromValue(counted.IsNull ? "" : counted)]);
            if (context.Arguments[1].AsText() != "1")
            {
                continue;
            }

            if (counted.IsNull)
            {
                context.Call(Hashes.Delete(key, field));
            }
            else
            {
                context.Call(Hashes.Set(key, field, counted));
            }
        }

        return StoreReply.Array([.. differences]);
    }
}
