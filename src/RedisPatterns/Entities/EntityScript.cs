using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>
/// Composes the script that writes entities of given shapes: for each operation it checks existence, version and unique
/// values, then changes index entries, claims, memo and document; what goes wrong on the way is taken back.
/// </summary>
/// <remarks>
/// Composed once for each list of shapes, so that a server compiles it once and no work is spent on interpreting a
/// description of the model. Everything is written by <c>redis.call</c> inside one <c>pcall</c>; each write first leaves its
/// inverse on an undo list, which is played backwards when a later one is refused. The last writes can not fail for their
/// type: the document and the hashes have been read before.
/// </remarks>
internal static class EntityScript
{
    private const string Head = """
        local C=redis.call
        local match,gmatch,format,sub,unpack=string.match,string.gmatch,string.format,string.sub,unpack or table.unpack
        local U,n={},0
        local function undo(...) n=n+1 U[n]={...} end
        local function foreign(m,id,catalogue)
          local stamp,version,rest=match(m,'^(...)(%d+)(.*)$')
          local shape=stamp and C('HGET',catalogue,stamp)
          if not shape then return '0' end
          local segment=gmatch(rest,':([^:]*)')
          for kind,name in gmatch(shape,'(%a):([^|]+)') do
            local key=catalogue..':'..name
            if kind=='r' then
              local s=C('ZSCORE',key,id)
              if s then C('ZREM',key,id) undo('ZADD',key,s,id) end
            else
              local value=segment() or ''
              if kind=='u' then
                if value~='' and C('HGET',key,value)==id then C('HDEL',key,value) undo('HSET',key,value,id) end
              else
                for t in gmatch(value,'[^,]+') do
                  if C('SREM',key..':'..t,id)==1 then undo('SADD',key..':'..t,id) end
                end
              end
            end
          end
          return version
        end
        local F,KC,AC={},{},{}

        """;

    private const string Tail = """
        local bad=false
        local function run()
          local out,k,a,c={},0,1,tonumber(ARGV[1])
          for i=1,c do
            local f=tonumber(ARGV[a+1])
            local r=F[f](k,a+1,c>1)
            if type(r)=='table' then bad=true return {r[1],i-1,r[2] or 0} end
            out[i]=r k=k+KC[f] a=a+AC[f]
          end
          return out
        end
        local ok,r=pcall(run)
        if ok and not bad then return r end
        for i=n,1,-1 do C(unpack(U[i])) end
        if ok or type(r)=='table' then return r end
        return {err=r}
        """;

    private static readonly ConcurrentDictionary<string, AtomicScript<EntityWriteReply>> Scripts = new(StringComparer.Ordinal);

    /// <summary>The script for operations on entities of these shapes; an operation names its shape by its place in the list.</summary>
    public static AtomicScript<EntityWriteReply> For(IReadOnlyList<EntityShape> shapes)
    {
        var key = shapes.Count == 1 ? shapes[0].Description : string.Join('\n', shapes.Select(shape => shape.Description));
        return Scripts.TryGetValue(key, out var script)
            ? script
            : Scripts.GetOrAdd(key, _ => new("entity write", Compose(shapes), EntityWriteReply.Read, new EntityScriptTwin(shapes).Run));
    }

    /// <summary>The pattern that a memo of a shape matches: it captures the version and the segments.</summary>
    public static string MemoPattern(EntityShape shape)
    {
        var segments = string.Concat(Enumerable.Repeat(":([^:]*)", shape.Uniques.Count + shape.Tags.Count));
        return $"^{shape.Stamp.Replace("-", "%-", StringComparison.Ordinal)}(%d+){segments}$";
    }

    /// <summary>The text of the script for operations on entities of these shapes.</summary>
    public static string Compose(IReadOnlyList<EntityShape> shapes)
    {
        var lua = new StringBuilder(Head);
        for (var i = 0; i < shapes.Count; i++)
        {
            AppendShape(lua, i + 1, shapes[i]);
        }

        return lua.Append(Tail).ToString();
    }

    private static void AppendShape(StringBuilder lua, int number, EntityShape shape)
    {
        var segments = shape.Uniques.Count + shape.Tags.Count;
        var old = string.Concat(Enumerable.Range(1, segments).Select(i => $",o{i}"));
        var empty = string.Concat(Enumerable.Repeat(",''", segments));
        var matched = string.Concat(Enumerable.Range(1, segments).Select(i => $",p{i}"));
        var pattern = MemoPattern(shape);
        lua.Append(Invariant($$"""
            KC[{{number}}]={{shape.KeyCount}} AC[{{number}}]={{shape.ArgumentCount}}
            F[{{number}}]=function(k,a,multi)
            local op,id,doc,mk=ARGV[a+1],ARGV[a+2],KEYS[k+1],KEYS[k+2]
            local live=C('STRLEN',doc)>0
            local was=multi and live and C('GET',doc)
            local m=C('HGET',mk,id)
            local x=ARGV[a+4]
            if x~='' and x~=(m and '='..m or '-') then return {-9} end
            local v{{old}}='0'{{empty}}
            if m then
              local p{{matched}}=match(m,'{{pattern}}')
              if p then v{{old}}=p{{matched}} else v=foreign(m,id,KEYS[k+3]) end
            end
            if op=='I' then if live then return {-1} end elseif op=='U' and not live then return {-2} end
            local e=ARGV[a+3]
            if live and e~='' and e~=v then return {-3,tonumber(v)} end
            local w=live and format('%.0f',v+1) or '1'

            """));
        AppendChecks(lua, shape);
        AppendMemo(lua, shape);
        AppendTags(lua, shape);
        AppendRanges(lua, shape);
        AppendClaims(lua, shape);
        var documentIndex = 6 + shape.IndexCount;
        lua.Append(Invariant($$"""
            if op=='D' then
              if live then C('DEL',doc) if multi then undo('SET',doc,was) end end
              return live and v or '0'
            end
            local d,t=ARGV[a+{{documentIndex}}],ARGV[a+{{documentIndex + 1}}]
            if t~='' then d=d..w..t end
            C('SET',doc,d)
            if multi then if was then undo('SET',doc,was) else undo('DEL',doc) end end
            return w
            end

            """));
    }

    private static void AppendChecks(StringBuilder lua, EntityShape shape)
    {
        for (var i = 1; i <= shape.Uniques.Count + shape.Tags.Count; i++)
        {
            lua.Append(Invariant($"local n{i}=ARGV[a+{5 + i}]\n"));
        }

        for (var i = 1; i <= shape.Uniques.Count; i++)
        {
            lua.Append(Invariant($$"""
                local h{{i}}=false
                if n{{i}}~='' and (n{{i}}~=o{{i}} or not live) then
                  h{{i}}=C('HGET',KEYS[k+{{3 + i}}],n{{i}})
                  if h{{i}} and h{{i}}~=id and C('EXISTS',sub(doc,1,#doc-#id)..h{{i}})==1 then return {-4,{{i - 1}}} end
                end

                """));
        }

        lua.Append(Invariant($$"""
            local s=ARGV[a+5]
            if s~='' then
              if C('HSETNX',KEYS[k+3],'{{shape.Stamp}}',s)==1 then undo('HDEL',KEYS[k+3],'{{shape.Stamp}}')
              elseif C('HGET',KEYS[k+3],'{{shape.Stamp}}')~=s then return {-5} end
            end

            """));
    }

    // First of all writes and one that grows, so that a server at its memory limit refuses the operation before it has begun.
    private static void AppendMemo(StringBuilder lua, EntityShape shape)
    {
        var segments = string.Concat(Enumerable.Range(1, shape.Uniques.Count + shape.Tags.Count).Select(i => $"..':'..n{i}"));
        lua.Append(Invariant($$"""
            if op=='D' then
              if m then C('HDEL',mk,id) undo('HSET',mk,id,m) end
            else
              C('HSET',mk,id,'{{shape.Stamp}}'..w{{segments}})
              if m then undo('HSET',mk,id,m) else undo('HDEL',mk,id) end
            end

            """));
    }

    private static void AppendTags(StringBuilder lua, EntityShape shape)
    {
        for (var i = 0; i < shape.Tags.Count; i++)
        {
            var s = shape.Uniques.Count + i + 1;
            var key = Invariant($"KEYS[k+{3 + s}]");
            lua.Append(shape.Tags[i].IsMany
                ? Invariant($$"""
                    if n{{s}}~=o{{s}} or not live then
                      local new,old={},{}
                      for t in gmatch(o{{s}},'[^,]+') do old[t]=true end
                      for t in gmatch(n{{s}},'[^,]+') do
                        new[t]=true
                        if not (live and old[t]) and C('SADD',{{key}}..t,id)==1 then undo('SREM',{{key}}..t,id) end
                      end
                      for t in pairs(old) do
                        if not new[t] and C('SREM',{{key}}..t,id)==1 then undo('SADD',{{key}}..t,id) end
                      end
                    end

                    """)
                : Invariant($$"""
                    if n{{s}}~=o{{s}} or not live then
                      if n{{s}}~='' and C('SADD',{{key}}..n{{s}},id)==1 then undo('SREM',{{key}}..n{{s}},id) end
                      if o{{s}}~='' and o{{s}}~=n{{s}} and C('SREM',{{key}}..o{{s}},id)==1 then undo('SADD',{{key}}..o{{s}},id) end
                    end

                    """));
        }
    }

    private static void AppendRanges(StringBuilder lua, EntityShape shape)
    {
        for (var i = 0; i < shape.Ranges.Count; i++)
        {
            var place = shape.Uniques.Count + shape.Tags.Count + i + 1;
            var key = Invariant($"KEYS[k+{3 + place}]");
            lua.Append(Invariant($$"""
                s=ARGV[a+{{5 + place}}]
                if m or (s~='' and C('ZADD',{{key}},'NX',s,id)==0) then
                  local z=C('ZSCORE',{{key}},id)
                  if s=='' then
                    if z then C('ZREM',{{key}},id) undo('ZADD',{{key}},z,id) end
                  elseif not z or (tonumber(z) or z)~=(tonumber(s) or s) then
                    C('ZADD',{{key}},s,id)
                    if z then undo('ZADD',{{key}},z,id) else undo('ZREM',{{key}},id) end
                  end
                elseif s~='' then undo('ZREM',{{key}},id) end

                """));
        }
    }

    private static void AppendClaims(StringBuilder lua, EntityShape shape)
    {
        for (var i = 1; i <= shape.Uniques.Count; i++)
        {
            var key = Invariant($"KEYS[k+{3 + i}]");
            lua.Append(Invariant($$"""
                if n{{i}}~='' and (n{{i}}~=o{{i}} or not live) and h{{i}}~=id then
                  C('HSET',{{key}},n{{i}},id)
                  if h{{i}} then undo('HSET',{{key}},n{{i}},h{{i}}) else undo('HDEL',{{key}},n{{i}}) end
                end
                if o{{i}}~='' and o{{i}}~=n{{i}} and C('HGET',{{key}},o{{i}})==id then
                  C('HDEL',{{key}},o{{i}}) undo('HSET',{{key}},o{{i}},id)
                end

                """));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
