namespace RedisPatterns;

/// <summary>Lua of queries: the order of what is found.</summary>
internal static class QueryOrderLua
{
    /// <summary>The text that an entity is ordered by.</summary>
    public const string TextOf = """
        local function textof(id)
          local s=segment(id,oseg,oname)
          return s~='' and s..'\t'..id or nil
        end

        """;

    /// <summary>The keys of entities in the order.</summary>
    public const string Ranks = """
        local function ranks(ids,from,to)
          if okind=='r' then
            local r,k=C('ZMSCORE',okey,unpack(ids,from,to)),{}
            for i=1,#r do k[i]=r[i] and N(r[i]) end
            return k
          end
          local k={}
          if okind=='g' then return distances(okey,olon,olat,{unpack(ids,from,to)}) end
          for i=from,to do
            if okind=='l' then k[i-from+1]=textof(ids[i]) or false else k[i-from+1]=bucket(ids[i]) end
          end
          return k
        end

        """;

    /// <summary>The order of keys that are numbers.</summary>
    public const string Ascends = """
        local function ascends(k,id,k2,id2)
          if k~=k2 then return k<k2 end
          return before(id,id2)
        end

        """;

    /// <summary>The order of keys that are texts.</summary>
    public const string Textually = """
        local function textually(k,id,k2) return before(k,k2) end

        """;

    /// <summary>The order that is asked for.</summary>
    public const string Precedes = """
        local precedes=okind=='l' and textually or ascends
        if desc then
          local up=precedes
          precedes=function(k,id,k2,id2) return up(k2,id2,k,id) end
        end

        """;

    /// <summary>The first in the order, and those behind the place where the query goes on.</summary>
    public const string Arrange = """
        local function arrange(ids,keys,need)
          local a,b,n={},{},0
          if need<=200 and need*4<#ids then
            for i=1,#ids do
              local k,id=keys[i],ids[i]
              if n<need or precedes(k,id,b[n],a[n]) then
                if n<need then n=n+1 end
                local j=n
                while j>1 and precedes(k,id,b[j-1],a[j-1]) do a[j],b[j]=a[j-1],b[j-1] j=j-1 end
                a[j],b[j]=id,k
              end
            end
            return a,b,true
          end
          local all={}
          for i=1,#ids do all[i]={keys[i],ids[i]} end
          table.sort(all,function(x,y) return precedes(x[1],x[2],y[1],y[2]) end)
          for i=1,#all do a[i],b[i]=all[i][2],all[i][1] end
          return a,b,false
        end
        local function keyed(ids,keep)
          local a,b={},{}
          local from=a1~='' and (okind=='l' and a1 or N(a1)) or nil
          for f=1,#ids,1000 do
            local t=min(f+999,#ids)
            local k=not keep and ranks(ids,f,t)
            for i=f,t do
              local key
              if keep then key=keep[i] else key=k[i-f+1] end
              if key and (not from or precedes(from,a2,key,ids[i])) then a[#a+1]=ids[i] b[#b+1]=key end
            end
          end
          return a,b
        end

        """;

    /// <summary>A key as text.</summary>
    public const string Text = """
        local function text(k) return type(k)=='number' and format('%.17g',k) or k end

        """;
}
