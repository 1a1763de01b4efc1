namespace RedisPatterns;

/// <summary>
/// The Lua functions by which scripts handle an entity in its layout; each ends in the layout's letter.
/// </summary>
/// <remarks>
/// <c>live</c> whether it exists; <c>state</c> its content, to be compared; <c>save</c> leaves on the undo list what brings
/// it back; <c>put</c> writes it whole; <c>del</c> deletes it; <c>keys</c> all its keys. Where fields are apart: <c>get</c>
/// a field, <c>schema</c> the version of its schema, <c>patch</c> changes fields. The twins are in <see cref="LayoutTwin"/>.
/// </remarks>
internal static class LayoutLua
{
    // Each function with what a script must do for it to be there; nothing stands for always.
    private static readonly (ScriptParts Parts, string Lua)[] Document =
    [
        (ScriptParts.None, """
            local function live_D(doc) return C('STRLEN',doc)>0 end

            """),
        (ScriptParts.State, """
            local function state_D(doc) return C('GET',doc) end

            """),
        (ScriptParts.Several, """
            local function save_D(doc)
              local was=C('GET',doc)
              if was then ends(doc) undo('SET',doc,was) else undo('DEL',doc) end
            end

            """),
        (ScriptParts.Put, """
            local function put_D(doc,live,w,i,c,keep)
              local d=ARGV[i]
              if c>1 then d=d..w..ARGV[i+1] end
              if keep and live then C('SET',doc,d,'KEEPTTL') else C('SET',doc,d) end
            end

            """),
        (ScriptParts.Delete, """
            local function del_D(doc) C('DEL',doc) end

            """),
        (ScriptParts.Expiry, """
            local function keys_D(doc) return {doc} end

            """),
    ];

    private static readonly (ScriptParts Parts, string Lua)[] Hash =
    [
        (ScriptParts.None, """
            local function live_H(doc) return C('HLEN',doc)>0 end

            """),
        (ScriptParts.State, """
            local function state_H(doc) return concat(C('HGETALL',doc),'\0') end

            """),
        (ScriptParts.Several, """
            local function save_H(doc)
              local all=C('HGETALL',doc)
              if #all>0 then ends(doc) end
              for j=1,#all,2000 do undo('HSET',doc,unpack(all,j,min(j+1999,#all))) end
              undo('DEL',doc)
            end

            """),
        (ScriptParts.Put | ScriptParts.Patch, """
            local function set_H(doc,t) for j=1,#t,2000 do C('HSET',doc,unpack(t,j,min(j+1999,#t))) end end

            """),
        (ScriptParts.Put | ScriptParts.Patch, """
            local function unset_H(doc,t) for j=1,#t,2000 do C('HDEL',doc,unpack(t,j,min(j+1999,#t))) end end

            """),
        (ScriptParts.Put, """
            local function put_H(doc,live,w,i,c)
              local vf,t,new=ARGV[i],{},{}
              for j=i+2,i+c-1,2 do
                local f=ARGV[j]
                new[f]=true t[#t+1]=f t[#t+1]=f==vf and f~='' and w or ARGV[j+1]
              end
              set_H(doc,t)
              if live and C('HLEN',doc)>#t/2 then
                local gone={}
                for _,f in ipairs(C('HKEYS',doc)) do if not new[f] then gone[#gone+1]=f end end
                unset_H(doc,gone)
              end
            end

            """),
        (ScriptParts.Delete, """
            local function del_H(doc) C('DEL',doc) end

            """),
        (ScriptParts.Expiry, """
            local function keys_H(doc) return {doc} end

            """),
        (ScriptParts.Patch, """
            local function get_H(doc,f) return C('HGET',doc,f) end

            """),
        (ScriptParts.Patch, """
            local function schema_H(doc) return C('HGET',doc,'$v') or '1' end

            """),
        (ScriptParts.Patch, """
            local function patch_H(doc,sets,names,w,vf)
              local t,gone={},{}
              for _,f in ipairs(names) do
                if sets[f] then t[#t+1]=f t[#t+1]=sets[f] else gone[#gone+1]=f end
              end
              if vf~='' then t[#t+1]=vf t[#t+1]=w end
              if #gone>0 then C('HSETNX',doc,'$v','1') end
              set_H(doc,t) unset_H(doc,gone)
            end

            """),
    ];

    private static readonly (ScriptParts Parts, string Lua)[] Attributes =
    [
        (ScriptParts.None, """
            local function names_A(m)
              local t={}
              for f in gmatch(m and match(m,':(.*)$') or '','[^,]+') do t[#t+1]=f end
              return t
            end

            """),
        (ScriptParts.None, """
            local function live_A(doc) return C('STRLEN',doc)>0 end

            """),
        (ScriptParts.None, """
            local function keys_A(doc)
              local t={doc}
              for _,f in ipairs(names_A(C('GET',doc))) do t[#t+1]=doc..':'..f end
              return t
            end

            """),
        (ScriptParts.State, """
            local function state_A(doc)
              local keys,t=keys_A(doc),{}
              for j=1,#keys,1000 do
                for _,v in ipairs(C('MGET',unpack(keys,j,min(j+999,#keys)))) do t[#t+1]=v or '' end
              end
              return concat(t,'\0')
            end

            """),
        (ScriptParts.Several, """
            local function save_A(doc,fresh)
              local keys=keys_A(doc)
              for _,f in ipairs(fresh) do keys[#keys+1]=doc..':'..f end
              for _,key in ipairs(keys) do
                local was=C('GET',key)
                if was then ends(key) undo('SET',key,was) else undo('DEL',key) end
              end
            end

            """),
        (ScriptParts.Put, """
            local function put_A(doc,live,w,i,c,keep)
              local vf,new,old,px=ARGV[i],{},{},-1
              if live then old=names_A(C('GET',doc)) px=keep and C('PEXPIRETIME',doc) or -1 end
              local t={doc,ARGV[i+1]}
              for j=i+2,i+c-1,2 do
                local f=ARGV[j]
                new[f]=true
                t[#t+1]=doc..':'..f t[#t+1]=f==vf and f~='' and w or ARGV[j+1]
              end
              for j=1,#t,2000 do C('MSET',unpack(t,j,min(j+1999,#t))) end
              for _,f in ipairs(old) do if not new[f] then C('DEL',doc..':'..f) end end
              if px>0 then for _,key in ipairs(keys_A(doc)) do C('PEXPIREAT',key,px) end end
            end

            """),
        (ScriptParts.Delete, """
            local function del_A(doc) for _,key in ipairs(keys_A(doc)) do C('DEL',key) end end

            """),
        (ScriptParts.Patch, """
            local function get_A(doc,f) return C('GET',doc..':'..f) end

            """),
        (ScriptParts.Patch, """
            local function schema_A(doc) return match(C('GET',doc),'^(%d+):') end

            """),
        (ScriptParts.Patch, """
            local function patch_A(doc,sets,names,w,vf)
              local px,m=C('PEXPIRETIME',doc),C('GET',doc)
              local list,has,out=names_A(m),{},{}
              for _,f in ipairs(list) do has[f]=true end
              local function set(f,v)
                C('SET',doc..':'..f,v)
                if px>0 then C('PEXPIREAT',doc..':'..f,px) end
                if not has[f] then has[f]=true list[#list+1]=f end
              end
              for _,f in ipairs(names) do
                if sets[f] then set(f,sets[f]) else C('DEL',doc..':'..f) has[f]=nil end
              end
              if vf~='' then set(vf,w) end
              for _,f in ipairs(list) do if has[f] then out[#out+1]=f end end
              C('SET',doc,match(m,'^%d+')..':'..concat(out,','),'KEEPTTL')
            end

            """),
    ];

    private static readonly (ScriptParts Parts, string Lua)[] Chunked =
    [
        (ScriptParts.None, """
            local function parts_C(doc,m)
              local t={}
              local _,_,count,generation=match(m or '','PARTS')
              count=tonumber(count) or 0
              if count>4096 then return t end
              for j=0,count-1 do t[#t+1]=doc..':'..generation..':'..format('%d',j) end
              return t
            end

            """),
        (ScriptParts.None, """
            local function live_C(doc) return C('STRLEN',doc)>0 end

            """),
        (ScriptParts.State, """
            local function state_C(doc) return C('GET',doc) end

            """),
        (ScriptParts.None, """
            local function keys_C(doc)
              local t=parts_C(doc,C('GET',doc))
              t[#t+1]=doc
              return t
            end

            """),
        (ScriptParts.Put, """
            local function check_C(doc,i)
              for _,key in ipairs(parts_C(doc,ARGV[i]..'0'..ARGV[i+1])) do
                if C('EXISTS',key)==0 then return {-6} end
              end
            end

            """),
        (ScriptParts.Several, """
            local function save_C(doc,i)
              local was=C('GET',doc)
              if was then
                ends(doc) undo('SET',doc,was)
                for _,key in ipairs(parts_C(doc,was)) do
                  local t=C('PEXPIRETIME',key)
                  if t>0 then undo('PEXPIREAT',key,t) else undo('PERSIST',key) end
                end
              else undo('DEL',doc) end
              if i then for _,key in ipairs(parts_C(doc,ARGV[i]..'0'..ARGV[i+1])) do ends(key) end end
            end

            """),
        (ScriptParts.Put, """
            local function put_C(doc,live,w,i,c,keep,grace)
              local m,old,px=ARGV[i]..w..ARGV[i+1],false,-1
              if live then old=C('GET',doc) px=keep and C('PEXPIRETIME',doc) or -1 end
              C('SET',doc,m)
              if px>0 then C('PEXPIREAT',doc,px) end
              for _,key in ipairs(parts_C(doc,m)) do
                if px>0 then C('PEXPIREAT',key,px) else C('PERSIST',key) end
              end
              if old then for _,key in ipairs(parts_C(doc,old)) do C('PEXPIRE',key,grace) end end
            end

            """),
        (ScriptParts.Delete, """
            local function del_C(doc,multi)
              for _,key in ipairs(parts_C(doc,C('GET',doc))) do
                if multi then C('PEXPIRE',key,1000) else C('DEL',key) end
              end
              C('DEL',doc)
            end

            """),
    ];

    /// <summary>The functions of a layout that a script needs.</summary>
    public static string Of(LayoutKind layout, ScriptParts parts)
    {
        var functions = layout switch
        {
            LayoutKind.Hash => Hash,
            LayoutKind.Attributes => Attributes,
            LayoutKind.Chunked => Chunked,
            _ => Document,
        };
        return string.Concat(functions.Where(function => function.Parts == ScriptParts.None || (function.Parts & parts) != 0).Select(function => function.Lua))
            .Replace("PARTS", ChunkManifest.LuaPattern, StringComparison.Ordinal);
    }
}
