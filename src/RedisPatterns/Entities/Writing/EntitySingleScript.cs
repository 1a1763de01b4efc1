using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>
/// Composes the scripts that insert or update one entity of a shape: what nearly always happens, in as few calls as it can
/// be done with, and behind it the general script of <see cref="EntityScript"/> for everything else.
/// </summary>
/// <remarks>
/// The short way looks at nothing that a write tells anyway: SET NX and HSETNX write and check in one call. When something
/// is not as usual (the entity exists, a value is claimed, an entry is there already, a key has another type) it takes back
/// what it has written so far and lets the general script decide. The answer is 1, or that of the general script.
/// </remarks>
internal static class EntitySingleScript
{
    // Lua has room for 200 variables in a function.
    private const int GreatestIndexCount = 16;

    // Errors come as tables that way, so that no step needs a function of its own around it to catch them. The loop runs
    // once: to break off is to go to the steps that take back.
    private const string Head = """
        local P,A,K=redis.pcall,ARGV,KEYS
        local id,doc,mk,p=A[1],K[1],K[2],0

        """;

    /// <summary>Whether a shape has such scripts: a whole document, remembered, that does not expire.</summary>
    public static bool Supports(EntityShape shape) =>
        shape is { Layout: LayoutKind.Document, HasMemo: true, Expires: false } && shape.IndexCount <= GreatestIndexCount;

    /// <summary>The arguments of a single script, as the general one takes them.</summary>
    public static StoreValue[] Spread(EntityShape shape, IReadOnlyList<StoreValue> arguments, WriteKind kind) =>
    [
        1, 1, ((char)kind).ToString(), arguments[0], kind == WriteKind.Update ? arguments[1] : "", "", "", shape.Schema, "",
        .. arguments.Skip(FirstEntry(kind)).Take(shape.IndexCount), 1, arguments[^1],
    ];

    /// <summary>The script for inserts. Arguments: id, an entry for each index, document.</summary>
    public static AtomicScript<EntityWriteReply> Insert(EntityShape shape) => Create("entity insert", shape, WriteKind.Insert, ComposeInsert(shape));

    /// <summary>The script for updates. Arguments: id, expected version, next version, an entry for each index, document.</summary>
    public static AtomicScript<EntityWriteReply> Update(EntityShape shape) => Create("entity update", shape, WriteKind.Update, ComposeUpdate(shape));

    /// <summary>The number of arguments before the entries.</summary>
    public static int FirstEntry(WriteKind kind) => kind == WriteKind.Insert ? 1 : 3;

    private static AtomicScript<EntityWriteReply> Create(string name, EntityShape shape, WriteKind kind, string lua) =>
        new(name, lua + EntityScript.Compose([shape], ScriptParts.Put), EntityWriteReply.Read, new EntityScriptTwin([shape], sweeps: false, kind).Run);

    private static string ComposeInsert(EntityShape shape)
    {
        var lua = new StringBuilder(Head);
        var undo = new List<string>();
        var hasMany = shape.Tags.Any(tag => tag.IsMany);
        AppendEntries(lua, shape, WriteKind.Insert);
        lua.Append(hasMany ? "local L,bad={},false\n" : "").Append("repeat\nlocal r=P('SET',doc,d,'NX')\nif not r or r.err then break end\np=1\n");
        undo.Add("if p>=1 then redis.call('DEL',doc) end");
        Step($"P('HSETNX',mk,id,'{shape.Stamp}1{shape.SchemaMark}'{Memo(shape)})", "redis.call('HDEL',mk,id)", null);
        for (var i = 1; i <= shape.IndexCount; i++)
        {
            var key = Invariant($"K[{3 + i}]");
            var filled = Invariant($"n{i}~=''");
            var tag = i - shape.Uniques.Count - 1;
            if (tag < 0)
            {
                Step($"P('HSETNX',{key},n{i},id)", $"redis.call('HDEL',{key},n{i})", filled);
            }
            else if (tag >= shape.Tags.Count)
            {
                Step($"P('ZADD',{key},'NX',n{i},id)", $"redis.call('ZREM',{key},id)", filled);
            }
            else if (!shape.Tags[tag].IsMany)
            {
                Step($"P('SADD',{key}..n{i},id)", $"redis.call('SREM',{key}..n{i},id)", filled);
            }
            else
            {
                lua.Append(Invariant($"for t in string.gmatch(n{i},'[^,]+') do\nif P('SADD',{key}..t,id)~=1 then bad=true break end\nL[#L+1]={key}..t\nend\nif bad then break end\n"));
            }
        }

        lua.Append("return 1\nuntil true\n");
        lua.Append(hasMany ? "for i=#L,1,-1 do redis.call('SREM',L[i],id) end\n" : "");
        return AppendUndo(lua, shape, undo, WriteKind.Insert);

        void Step(string write, string inverse, string? condition)
        {
            var number = undo.Count + 1;
            var step = Invariant($"if {write}~=1 then break end p={number}");
            lua.Append(condition is null ? step : $"if {condition} then {step} end").Append('\n');
            undo.Add(Invariant($"if p>={number}{(condition is null ? "" : " and " + condition)} then {inverse} end"));
        }
    }

    private static string ComposeUpdate(EntityShape shape)
    {
        var lua = new StringBuilder(Head);
        var undo = new List<string>();
        var segments = shape.Uniques.Count + shape.Tags.Count;
        var old = string.Concat(Enumerable.Range(1, segments).Select(i => Invariant($",o{i}")));
        var otherClaims = string.Concat(Enumerable.Range(1, shape.Uniques.Count).Select(i => Invariant($" or n{i}~=o{i}")));
        var guarded = Enumerable.Range(segments + 2, Math.Max(0, shape.Ranges.Count - 1)).ToArray();
        AppendEntries(lua, shape, WriteKind.Update);
        lua.Append(Invariant($$"""
            local e,w,m,v,sv{{old}}{{string.Concat(guarded.Select(i => Invariant($",z{i},c{i}")))}}=A[2],A[3]
            repeat
            m=P('HGET',mk,id)
            if type(m)~='string' then break end
            v,sv{{old}}=string.match(m,'{{EntityScript.MemoPattern(shape)}}')
            if not v or sv~='{{shape.SchemaMark.TrimStart('.')}}' or (e~='' and e~=v){{otherClaims}} then break end
            local r=P('STRLEN',doc)
            if r==0 or type(r)~='number' then break end

            """));
        foreach (var i in guarded)
        {
            lua.Append(Invariant($$"""
                z{{i}}=P('ZSCORE',K[{{3 + i}}],id)
                if type(z{{i}})=='table' then break end
                c{{i}}=z{{i}}~=n{{i}} and (z{{i}} or '')~=n{{i}} and tonumber(z{{i}} or '')~=tonumber(n{{i}})

                """));
        }

        // The first write is one that the memory limit refuses.
        lua.Append(Invariant($$"""
            if w=='' then w=string.format('%.0f',v+1) end
            if P('HSET',mk,id,'{{shape.Stamp}}'..w{{(shape.Schema == 1 ? "" : $"..'{shape.SchemaMark}'")}}{{Memo(shape)}})~=0 then break end
            p=1

            """));
        undo.Add("if p>=1 then redis.call('HSET',mk,id,m) end");
        for (var i = shape.Uniques.Count + 1; i <= segments; i++)
        {
            AppendTag(lua, undo, i, shape.Tags[i - shape.Uniques.Count - 1].IsMany);
        }

        foreach (var i in guarded)
        {
            var number = undo.Count + 1;
            lua.Append(Invariant($"if c{i} then\n{Score(i)}\nif r~=0 and r~=1 then break end\np={number}\nend\n"));
            undo.Add(Invariant($"if p>={number} and c{i} then if z{i} then redis.call('ZADD',K[{3 + i}],z{i},id) else redis.call('ZREM',K[{3 + i}],id) end end"));
        }

        // What can fail last needs nothing to be taken back by: the document was read, so its type is known.
        if (shape.Ranges.Count > 0)
        {
            lua.Append(Invariant($"{Score(segments + 1)}\nif r~=0 and r~=1 then break end\n"));
        }

        lua.Append("redis.call('SET',doc,d)\nreturn 1\nuntil true\n");
        return AppendUndo(lua, shape, undo, WriteKind.Update);

        static string Score(int i) => Invariant($"if n{i}=='' then r=P('ZREM',K[{3 + i}],id) else r=P('ZADD',K[{3 + i}],n{i},id) end");
    }

    private static void AppendTag(StringBuilder lua, List<string> undo, int i, bool isMany)
    {
        if (isMany)
        {
            // A change of a list of values is left to the general script.
            lua.Append(Invariant($"if n{i}~=o{i} then break end\n"));
            return;
        }

        var key = Invariant($"K[{3 + i}]");
        var (added, removed) = (undo.Count + 1, undo.Count + 2);
        lua.Append(Invariant($$"""
            if n{{i}}~=o{{i}} then
              if n{{i}}~='' then if P('SADD',{{key}}..n{{i}},id)~=1 then break end p={{added}} end
              if o{{i}}~='' then if P('SREM',{{key}}..o{{i}},id)~=1 then break end p={{removed}} end
            end

            """));
        undo.Add(Invariant($"if p>={added} and n{i}~=o{i} and n{i}~='' then redis.call('SREM',{key}..n{i},id) end"));
        undo.Add(Invariant($"if p>={removed} and n{i}~=o{i} and o{i}~='' then redis.call('SADD',{key}..o{i},id) end"));
    }

    private static void AppendEntries(StringBuilder lua, EntityShape shape, WriteKind kind)
    {
        var first = FirstEntry(kind);
        var names = string.Join(',', Enumerable.Range(1, shape.IndexCount).Select(i => Invariant($"n{i}")).Append("d"));
        var values = string.Join(',', Enumerable.Range(first + 1, shape.IndexCount + 1).Select(i => Invariant($"A[{i}]")));
        lua.Append(Invariant($"local {names}={values}\n"));
    }

    // Behind it comes the general script, to which the arguments are given as it wants them.
    private static string AppendUndo(StringBuilder lua, EntityShape shape, List<string> undo, WriteKind kind)
    {
        foreach (var step in Enumerable.Reverse(undo))
        {
            lua.Append(step).Append('\n');
        }

        var entries = string.Concat(Enumerable.Range(1, shape.IndexCount).Select(i => Invariant($",n{i}")));
        return lua.Append(Invariant($"local ARGV={{'1','1','{(char)kind}',id,{(kind == WriteKind.Insert ? "''" : "e")},'','','{shape.Schema}',''{entries},'1',d}}\n")).ToString();
    }

    private static string Memo(EntityShape shape) =>
        string.Concat(Enumerable.Range(1, shape.Uniques.Count + shape.Tags.Count).Select(i => Invariant($"..':'..n{i}")));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
