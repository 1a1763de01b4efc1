using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>
/// Composes the script that writes entities of given shapes: for each operation it checks existence, version, schema and
/// unique values, then changes memo, index entries, claims, expiry and document; what goes wrong on the way is taken back.
/// </summary>
/// <remarks>
/// Composed once for each list of shapes, so that a server compiles it once and no work is spent on interpreting a
/// description of the model. Everything is written by <c>redis.call</c> inside one <c>pcall</c>; each write first leaves its
/// inverse on an undo list, which is played backwards when a later one is refused. The last writes can not fail for their
/// type: the document and the hashes have been read before.
/// The arguments of an operation: number of the shape, verb, id, expected version, expected memo, expected state, schema,
/// description, one for each index, expiry if the shape has one, number of further arguments, these.
/// </remarks>
internal static class EntityScript
{
    /// <summary>How many expired entities a write sweeps at most.</summary>
    public const int SweptByWrite = 2;

    /// <summary>The number of arguments of an operation before those of the indexes, its shape included.</summary>
    public const int FirstEntry = 8;

    // The last keys are the locks, and the last arguments their owners, behind them how many they are. See LeaseFence.
    private const string Fences = """
        local fences=tonumber(ARGV[#ARGV])
        for i=1,fences do
          local owner,key=sub(ARGV[#ARGV-1-fences+i],2),KEYS[#KEYS-fences+i]
          local held
          if sub(ARGV[#ARGV-1-fences+i],1,1)=='+' then held=C('ZSCORE',key,owner)
          else held=sub(C('GET',key) or '',1,#owner+1)==owner..';' end
          if not held then return {-15,0,i-1} end
        end

        """;

    private const string Tail = """
        local bad,first=false,{}
        local function run()
          local out,k,a,c={},0,1,tonumber(ARGV[1])
          for i=1,c do
            local f=tonumber(ARGV[a+1])
            first[f]=first[f] or {k,a+1}
            local r,used=F[f](k,a+1,c>1)
            if type(r)=='table' then bad=true return {r[1],i-1,r[2] or 0} end
            out[i]=r k=k+KC[f] a=a+used
          end
          return out
        end
        local ok,r=pcall(run)
        if not ok or bad then
          for i=n,1,-1 do C(unpack(U[i])) end
          if ok or type(r)=='table' then return r end
          return {err=r}
        end

        """;

    private static readonly ConcurrentDictionary<(ScriptParts Parts, string Shapes), AtomicScript<EntityWriteReply>> Scripts = new();

    /// <summary>The script for operations on entities of these shapes; an operation names its shape by its place in the list.</summary>
    /// <param name="shapes">The shapes.</param>
    /// <param name="parts">What it has to do.</param>
    public static AtomicScript<EntityWriteReply> For(IReadOnlyList<EntityShape> shapes, ScriptParts parts)
    {
        var key = (parts, shapes.Count == 1 ? shapes[0].ScriptKey : string.Join('\n', shapes.Select(shape => shape.ScriptKey)));
        return Scripts.TryGetValue(key, out var script)
            ? script
            : Scripts.GetOrAdd(key, _ => new("entity write", Compose(shapes, parts), EntityWriteReply.Read, new EntityScriptTwin(shapes, parts).Run));
    }

    /// <summary>The pattern that a memo of a shape matches: it captures version, schema and the segments.</summary>
    public static string MemoPattern(EntityShape shape)
    {
        var segments = string.Concat(Enumerable.Repeat(":([^:]*)", shape.SegmentCount));
        return $"^{shape.Stamp.Replace("-", "%-", StringComparison.Ordinal)}(%d+)%.?(%d*){segments}$";
    }

    /// <summary>The text of the script for operations on entities of these shapes.</summary>
    public static string Compose(IReadOnlyList<EntityShape> shapes, ScriptParts parts)
    {
        var lua = new StringBuilder(EntityLua.Head);
        if (shapes.Any(shape => shape.HasMemo))
        {
            var hasTotals = shapes.Any(shape => shape.Totals.Count > 0);
            lua.Append(hasTotals ? TotalLua.Functions : "").Append(EntityLua.Foreign(hasTotals)).Append(EntityLua.Keep);
            lua.Append(parts.HasFlag(ScriptParts.Register) ? EntityLua.Register : "");
            lua.Append(parts.HasFlag(ScriptParts.Reindex) ? EntityLua.Extra : "");
        }

        foreach (var layout in shapes.Select(shape => shape.Layout).Distinct())
        {
            lua.Append(LayoutLua.Of(layout, parts));
        }

        if (shapes.Any(shape => shape.GuardsSchema))
        {
            lua.Append(EntityLua.Number);
        }

        if (parts.HasFlag(ScriptParts.Expiry))
        {
            lua.Append(EntityLua.Expiry);
        }

        lua.Append(PatchLua.Of(parts));

        if (shapes.Any(shape => shape.Texts.Count > 0))
        {
            lua.Append(EntityLua.Texts);
        }

        lua.Append("local F,KC={},{}\n");
        for (var i = 0; i < shapes.Count; i++)
        {
            AppendShape(lua, i + 1, shapes[i], parts);
        }

        if (parts.HasFlag(ScriptParts.Guard))
        {
            lua.Append("if C('EXISTS',KEYS[#KEYS])==1 then return {-14,0,0} end\n");
        }

        if (parts.HasFlag(ScriptParts.Fence))
        {
            lua.Append(Fences);
        }

        lua.Append(Tail);
        if (parts.HasFlag(ScriptParts.Sweep))
        {
            lua.Append(EntityLua.SweepFunction);
            AppendSweeps(lua, shapes);
        }

        return lua.Append("return r\n").ToString();
    }

    /// <summary>Whether fields lie apart, so that a script can patch them.</summary>
    public static bool HasFields(EntityShape shape) => shape.Layout is LayoutKind.Hash or LayoutKind.Attributes;

    private static void AppendShape(StringBuilder lua, int number, EntityShape shape, ScriptParts parts)
    {
        var layout = (char)shape.Layout;
        var old = string.Concat(Enumerable.Range(1, shape.SegmentCount).Select(i => $",o{i}"));
        var empty = string.Concat(Enumerable.Repeat(",''", shape.SegmentCount));
        var place = FirstEntry + shape.IndexCount;
        lua.Append(Invariant($$"""
            KC[{{number}}]={{shape.KeyCount}}
            F[{{number}}]=function(k,a,multi)
            local op,id,doc=ARGV[a+1],ARGV[a+2],KEYS[k+1]
            local c,i=tonumber(ARGV[a+{{place + (shape.Expires ? 1 : 0)}}]),a+{{place + (shape.Expires ? 2 : 1)}}
            local used=i+c-a
            local live=live_{{layout}}(doc)
            local x=ARGV[a+5]
            if x~='' and x~=(live and redis.sha1hex(state_{{layout}}(doc)) or '-') then return {-9} end

            """));
        if (shape.IsSwept)
        {
            lua.Append("local mk,xk,swept=KEYS[k+2],KEYS[k+4],'0'\nlocal xe=match(mk,':(%d+)$')..':'..id\n");
        }
        else if (shape.HasMemo)
        {
            lua.Append("local mk=KEYS[k+2]\n");
        }

        AppendRequire(lua, shape, parts);
        if (shape.Expires)
        {
            AppendTouch(lua, shape, place);
        }

        if (shape.HasMemo)
        {
            var matched = string.Concat(Enumerable.Range(1, shape.SegmentCount).Select(i => $",p{i}"));
            lua.Append(Invariant($$"""
                local m=C('HGET',mk,id)
                x=ARGV[a+4]
                if x~='' and x~=(m and '='..m or '-') then return {-9} end
                local alien,others
                local v,sv{{old}}='0',''{{empty}}
                if m then
                  local p,q{{matched}}=match(m,'{{MemoPattern(shape)}}')
                  if p and #p<16 and #q<10 then v,sv{{old}}=match(p,'^0*(%d+)$'),q{{matched}}
                  elseif op=='M' and live then return {-8}
                  else v,sv=foreign(m,id,KEYS[k+3],mk) alien=remembered(m) and sub(m,1,3) end
                elseif op=='M' and live then return {-8} end

                """));
        }
        else
        {
            lua.Append(Invariant($"local v,sv=live and '1' or '0',{(shape.GuardsSchema ? $"live and number({StoredSchema(shape)}) or ''" : "''")}\n"));
        }

        lua.Append("""
            if op=='I' then if live then return {-1} end
            elseif not live and (op=='U' or op=='M' or op=='W') then return {-2} end
            if live and e~='' and e~=v then return {-3,tonumber(v)} end
            if live and sv~='' and op~='D' and op~='B' and tonumber(sv)>tonumber(ARGV[a+6]) then return {-10,tonumber(sv)} end
            local w=op=='W' and v or live and format('%.0f',v+1) or '1'

            """);
        if (!shape.HasMemo)
        {
            lua.Append("w='1'\n");
        }

        AppendReindex(lua, shape, parts);
        AppendPatch(lua, shape);
        if (shape.Layout == LayoutKind.Chunked)
        {
            lua.Append("if op~='D' and op~='B' then local lost=check_C(doc,i) if lost then return lost end end\n");
        }

        AppendEntries(lua, shape);
        if (shape.HasMemo)
        {
            AppendChecks(lua, shape, parts);
            AppendMemo(lua, shape);
            AppendTags(lua, shape);
            AppendTexts(lua, shape);
            AppendTotals(lua, shape);
            AppendRanges(lua, shape);
            AppendClaims(lua, shape);
        }

        if (shape.HasMemo && parts.HasFlag(ScriptParts.Reindex))
        {
            lua.Append(shape.IsSwept ? "if op=='B' then local t=C('PEXPIRETIME',doc) schedule(xk,xe,t>0 and format('%.0f',t) or '0') return w,used end\n" : "if op=='B' then return w,used end\n");
        }

        AppendDocument(lua, shape, place);
    }

    // Entries and memo are written whatever the memo says is there; of an entity that does not exist they are removed.
    private static void AppendReindex(StringBuilder lua, EntityShape shape, ScriptParts parts)
    {
        if (!shape.HasMemo || !parts.HasFlag(ScriptParts.Reindex))
        {
            return;
        }

        var kinds = string.Concat(shape.Slots.Select(slot => slot.Form switch { IndexForm.Claim => 'u', IndexForm.Member or IndexForm.Members => 't', _ => 'z' }));
        lua.Append(Invariant($$"""
            if op=='B' then
              for j=i+1,i+c-1,2 do
                local at=tonumber(ARGV[j])
                extra(sub('{{kinds}}',at,at),KEYS[k+{{shape.FirstIndexKey}}+at],ARGV[j+1],id)
              end
              if live then
                w=ARGV[i]~='' and ARGV[i] or m and v~='0' and v or '1'
                live=false
              else op='D' end
            end

            """));
    }

    // An expected version behind a plus demands that the entity exists, whatever the verb says itself.
    private static void AppendRequire(StringBuilder lua, EntityShape shape, ScriptParts parts)
    {
        lua.Append("local e=ARGV[a+3]\n");
        if (!parts.HasFlag(ScriptParts.Require))
        {
            return;
        }

        lua.Append(Invariant($$"""
            if op=='N' then
              if live then return {-1} end
              return '0',used
            end
            if byte(e)==43 then
              if not live then return {-2} end
              e=sub(e,2)
            end
            if op=='E' then
              local v={{(shape.HasMemo ? "remembered(C('HGET',mk,id) or '') or '0'" : "'1'")}}
              if e~='' and e~=v then return {-3,tonumber(v)} end
              return v,used
            end

            """));
    }

    // Where nothing is remembered, the document itself says its schema.
    private static string StoredSchema(EntityShape shape) => shape.Layout switch
    {
        LayoutKind.Hash => "C('HGET',doc,'$v')",
        LayoutKind.Attributes => "match(C('GET',doc),'^(%d+):')",
        LayoutKind.Chunked => "match(C('GETRANGE',doc,0,63),'^chunks/1;v=%d+;schema=(%d+);')",
        _ => shape.IsJson ? "match(C('GETRANGE',doc,0,15),'^{\"%$v\":(%d+)[,}]')" : "match(C('GETRANGE',doc,0,32),'^%zRP(%d+);')",
    };

    private static void AppendTouch(StringBuilder lua, EntityShape shape, int place)
    {
        var layout = (char)shape.Layout;
        var (key, member) = shape.IsSwept ? ("xk", "xe") : ("nil", "nil");

        // Parts are not saved, so one of several writes leaves them to expire: a later one may be refused.
        var expire = shape.Layout == LayoutKind.Chunked
            ? """
                if multi and at~='0' and tonumber(at)<=clock() then
                  for _,part in ipairs(parts_C(doc,C('GET',doc))) do C('PEXPIRE',part,1000) end
                  C('DEL',doc)
                else expire(keys_C(doc),at) end
                """
            : Invariant($"expire(keys_{layout}(doc),at)");
        lua.Append(Invariant($$"""
            if op=='T' then
              local at=live and ending(ARGV[a+{{place}}],live,doc)
              if at then
                if multi then save_{{layout}}(doc{{(shape.Layout == LayoutKind.Attributes ? ",{}" : "")}}) end
                schedule({{key}},{{member}},at)
                {{expire}}
              end
              return live and '1' or '0',used
            end

            """));
        if (shape.IsSwept)
        {
            lua.Append("""
                if op=='X' then
                  if live then
                    local t=C('PEXPIRETIME',doc)
                    schedule(xk,xe,t>0 and t or '0')
                    return '0',used
                  end
                  op,swept='D','1'
                end

                """);
        }
    }

    private static void AppendPatch(StringBuilder lua, EntityShape shape)
    {
        var layout = (char)shape.Layout;
        lua.Append(HasFields(shape)
            ? Invariant($$"""
                local refused,sets,res,names
                if op=='M' then
                  if schema_{{layout}}(doc)~=ARGV[i+1] then return {-8} end
                  refused,sets,res,names=plan(get_{{layout}},doc,i+2,c-2)
                  if refused then return refused end
                end

                """)
            : "");
    }

    private static void AppendEntries(StringBuilder lua, EntityShape shape)
    {
        for (var i = 1; i <= shape.IndexCount; i++)
        {
            lua.Append(Invariant($"local n{i}=ARGV[a+{FirstEntry - 1 + i}]\n"));
        }

        if (!HasFields(shape) || shape.IndexCount == 0)
        {
            return;
        }

        lua.Append("if op=='M' then\n");
        for (var i = 1; i <= shape.IndexCount; i++)
        {
            lua.Append(i <= shape.SegmentCount
                ? Invariant($"n{i}=entry(n{i},o{i},res)\n")
                : Invariant($"if byte(n{i})==2 then n{i}=entry(n{i},'',res) if #n{i}>15 then return {{-8}} end end\n"));
        }

        lua.Append("end\n");
    }

    private static void AppendChecks(StringBuilder lua, EntityShape shape, ScriptParts parts)
    {
        for (var i = 1; i <= shape.Uniques.Count; i++)
        {
            lua.Append(Invariant($$"""
                local h{{i}}=false
                if n{{i}}~='' and (n{{i}}~=o{{i}} or not live) then
                  h{{i}}=C('HGET',KEYS[k+{{shape.FirstIndexKey + i}}],n{{i}})
                  if h{{i}} and h{{i}}~=id and C('EXISTS',sub(doc,1,#doc-#id)..h{{i}})==1 then return {-4,{{i - 1}}} end
                end

                """));
        }

        lua.Append("local s\n");
        if (parts.HasFlag(ScriptParts.Register))
        {
            lua.Append(Invariant($$"""
                s=ARGV[a+7]
                if s~='' then
                  local bad
                  bad,others=register(KEYS[k+3],'{{shape.Stamp}}',s)
                  if bad then return bad end
                end

                """));
        }
    }

    // First of all writes and one that grows, so that a server at its memory limit refuses the operation before it has begun.
    private static void AppendMemo(StringBuilder lua, EntityShape shape)
    {
        var segments = string.Concat(Enumerable.Range(1, shape.SegmentCount).Select(i => $"..':'..n{i}"));
        lua.Append(Invariant($$"""
            if op=='D' then
              if m then C('HDEL',mk,id) undo('HSET',mk,id,m) end
              if others then keep(KEYS[k+3],id,nil,'|{{shape.Description}}|') end
            else
              local schema=ARGV[a+6]
              C('HSET',mk,id,'{{shape.Stamp}}'..w..(schema=='1' and '' or '.'..schema){{segments}})
              if m then undo('HSET',mk,id,m) else undo('HDEL',mk,id) end
              if alien or others then keep(KEYS[k+3],id,alien,'|{{shape.Description}}|',others) end
            end

            """));
    }

    private static void AppendTags(StringBuilder lua, EntityShape shape)
    {
        for (var i = 0; i < shape.Tags.Count; i++)
        {
            var s = shape.Uniques.Count + i + 1;
            var key = Invariant($"KEYS[k+{shape.FirstIndexKey + s}]");
            AppendSegment(
                lua,
                s,
                shape.Tags[i].IsMany,
                value => $"if C('SADD',{key}..{value},id)==1 then undo('SREM',{key}..{value},id) end",
                value => $"if C('SREM',{key}..{value},id)==1 then undo('SADD',{key}..{value},id) end");
        }
    }

    private static void AppendTexts(StringBuilder lua, EntityShape shape)
    {
        for (var i = 0; i < shape.Texts.Count; i++)
        {
            var s = shape.Uniques.Count + shape.Tags.Count + i + 1;
            var key = Invariant($"KEYS[k+{shape.FirstIndexKey + s}]");
            AppendSegment(lua, s, shape.Texts[i].IsMany, value => $"add_text({key},{value},id)", value => $"remove_text({key},{value},id)");
        }
    }

    // Adds the new values of a segment, one or several, and removes the old ones; of those that are both nothing is touched.
    private static void AppendSegment(StringBuilder lua, int segment, bool isMany, Func<string, string> add, Func<string, string> remove) => lua.Append(isMany
        ? Invariant($$"""
            if n{{segment}}~=o{{segment}} or not live then
              local new,old={},{}
              for t in gmatch(o{{segment}},'[^,]+') do old[t]=true end
              for t in gmatch(n{{segment}},'[^,]+') do
                new[t]=true
                if not (live and old[t]) then {{add("t")}} end
              end
              for t in pairs(old) do
                if not new[t] then {{remove("t")}} end
              end
            end

            """)
        : Invariant($$"""
            if n{{segment}}~=o{{segment}} or not live then
              if n{{segment}}~='' then {{add($"n{segment}")}} end
              if o{{segment}}~='' and o{{segment}}~=n{{segment}} then {{remove($"o{segment}")}} end
            end

            """));

    // Whatever becomes of the entity, the memo says what of it is in the totals.
    private static void AppendTotals(StringBuilder lua, EntityShape shape)
    {
        if (shape.Totals.Count == 0)
        {
            return;
        }

        lua.Append(Invariant($"s=C('HGET',KEYS[k+{shape.FirstIndexKey}],match(mk,':(%d+)$'))\n"));
        for (var i = 0; i < shape.Totals.Count; i++)
        {
            var place = shape.FirstTotal + i + 1;
            lua.Append(Invariant($"if n{place}~=o{place} then total('{(char)shape.Totals[i].Form}',KEYS[k+{shape.FirstIndexKey + place}],o{place},n{place},s) end\n"));
        }
    }

    private static void AppendRanges(StringBuilder lua, EntityShape shape)
    {
        for (var i = 0; i < shape.Ranges.Count; i++)
        {
            var place = shape.SegmentCount + i + 1;
            var key = Invariant($"KEYS[k+{shape.FirstIndexKey + place}]");
            lua.Append(Invariant($$"""
                s=n{{place}}
                if s=='\1' then
                elseif m or op=='B' or (s~='' and C('ZADD',{{key}},'NX',s,id)==0) then
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
            var key = Invariant($"KEYS[k+{shape.FirstIndexKey + i}]");
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

    private static void AppendDocument(StringBuilder lua, EntityShape shape, int place)
    {
        var layout = (char)shape.Layout;
        var fresh = shape.Layout switch
        {
            LayoutKind.Attributes => ",fresh",
            LayoutKind.Chunked => ",op~='D' and i or nil",
            _ => "",
        };
        var (key, member) = shape.IsSwept ? ("xk", "xe") : ("nil", "nil");
        var patch = HasFields(shape) ? Invariant($"if op=='M' then patch_{layout}(doc,sets,names,w,ARGV[i]) else ") : "";
        lua.Append(shape.Expires
            ? Invariant($$"""
                local at
                if op=='D' then at='0' else at=ending(ARGV[a+{{place}}],live,doc) end
                if at then schedule({{key}},{{member}},at) end

                """)
            : "local at\n");
        if (shape.Layout == LayoutKind.Attributes)
        {
            lua.Append("""
                if multi then
                  local fresh={}
                  if op=='M' then
                    for j=1,#names do fresh[j]=names[j] end
                    if ARGV[i]~='' then fresh[#fresh+1]=ARGV[i] end
                  elseif op~='D' then for j=i+2,i+c-1,2 do fresh[#fresh+1]=ARGV[j] end end
                  save_A(doc,fresh)
                end

                """);
        }
        else
        {
            lua.Append(Invariant($"if multi then save_{layout}(doc{fresh}) end\n"));
        }

        lua.Append(Invariant($$"""
            if op=='D' then
              if live then del_{{layout}}(doc,multi) end
              return live and v or {{(shape.IsSwept ? "swept" : "'0'")}},used
            end
            {{patch}}put_{{layout}}(doc,live,w,i,c,{{(shape.Expires ? "not at" : "false")}},{{shape.Grace}}){{(patch.Length > 0 ? " end" : "")}}
            {{(shape.Expires ? $"if at and (live or at~='0') then expire(keys_{layout}(doc),at) end" : "")}}
            return w,used
            end

            """));
    }

    // Each shape's expired entities by the keys of its first operation. What fails is left for the next, and fails nothing.
    private static void AppendSweeps(StringBuilder lua, IReadOnlyList<EntityShape> shapes)
    {
        for (var i = 0; i < shapes.Count; i++)
        {
            if (shapes[i].IsSwept)
            {
                lua.Append(Invariant($$"""
                    if first[{{i + 1}}] then
                      local k,a=unpack(first[{{i + 1}}])
                      local doc,id=KEYS[k+1],ARGV[a+2]
                      pcall(sweep,KEYS[k+4],KEYS[k+3],match(KEYS[k+2],'^(.*:)%d+$'),sub(doc,1,#doc-#id),{{SweptByWrite}})
                    end

                    """));
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
