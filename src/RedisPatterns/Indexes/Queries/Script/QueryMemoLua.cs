namespace RedisPatterns;

/// <summary>Lua of queries: what a memo says of an entity.</summary>
internal static class QueryMemoLua
{
    /// <summary>The bucket of an id, found as <see cref="KeyGrammar.MemoBucket"/> does.</summary>
    public const string Bucket = """
        local bxor=bit.bxor
        local function bucket(id)
          local h=3525
          if not find(id,'[\128-\255]') then
            for i=1,#id do h=bxor(h,byte(id,i))*403%4096 end
            return floor(h)
          end
          local i=1
          while i<=#id do
            local b=byte(id,i)
            local u
            if b<128 then u=b i=i+1
            elseif b<224 then u=b%32*64+byte(id,i+1)%64 i=i+2
            elseif b<240 then u=b%16*4096+byte(id,i+1)%64*64+byte(id,i+2)%64 i=i+3
            else u=b%8*262144+byte(id,i+1)%64*4096+byte(id,i+2)%64*64+byte(id,i+3)%64 i=i+4 end
            if u>65535 then
              u=u-65536
              h=bxor(h,55296+floor(u/1024))*403%4096
              u=56320+u%1024
            end
            h=bxor(h,u)*403%4096
          end
          return floor(h)
        end

        """;

    /// <summary>The segment of an index in the memo of an entity.</summary>
    public const string Segment = """
        local known={}
        local function place(m,s,n)
          local own=sub(m,1,3)
          if own==stamp then return s end
          local key=own..n
          if known[key]==nil then
            local at,shape=0,C('HGET',KEYS[3],own)
            known[key]=false
            for kind,name in gmatch(shape or '','(%a):([^|]+)') do
              if kind~='r' then
                at=at+1
                if kind..':'..name==n then known[key]=at end
              end
            end
          end
          return known[key]
        end
        local function segment(id,s,n)
          local m=C('HGET',KEYS[2]..bucket(id),id)
          local k=m and place(m,s,n)
          if not k then return '' end
          local at=0
          for _=1,k do
            at=find(m,':',at+1,true)
            if not at then return '' end
          end
          return sub(m,at+1,(find(m,':',at+1,true) or 0)-1)
        end

        """;
}
