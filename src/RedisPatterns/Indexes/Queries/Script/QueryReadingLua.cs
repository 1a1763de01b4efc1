namespace RedisPatterns;

/// <summary>Lua of queries and finds: entities as their layout has them.</summary>
internal static class QueryReadingLua
{
    /// <summary>Reads some entities.</summary>
    public const string Contents = $$"""
        local function contents(ids,from,to)
          local out={}
          if layout=='D' then
            local keys,prefix,n={},KEYS[1],1-from
            for i=from,to do keys[i+n]=prefix..ids[i] end
            return C('MGET',unpack(keys))
          end
          for i=from,to do
            local doc,r=KEYS[1]..ids[i],false
            if layout=='H' then
              if #names==0 then
                r=C('HGETALL',doc)
                if #r==0 then r=false end
              elseif C('EXISTS',doc)==1 then r=C('HMGET',doc,unpack(names)) end
            elseif layout=='A' then
              local keys={doc}
              for j=1,#names do keys[j+1]=doc..':'..names[j] end
              r=C('MGET',unpack(keys))
              if not r[1] then r=false end
            else
              local m=C('GET',doc)
              if m then
                r={m}
                local _,_,c,g,n=match(m,'{{ChunkManifest.LuaPattern}}')
                if c and tonumber(c)<=16 and tonumber(n)<=65536 then
                  for j=0,c-1 do
                    local part=redis.pcall('GET',doc..':'..g..':'..j)
                    r[j+2]=type(part)=='table' and '' or part
                  end
                end
              end
            end
            out[#out+1]=r
          end
          return out
        end

        """;
}
