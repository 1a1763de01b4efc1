namespace RedisPatterns;

/// <summary>Lua that keeps counts and sums: what an entity adds to one is what its memo says, so it can be taken away again.</summary>
/// <remarks>
/// A part of a memo is the group; before it, and a slash, the period of a total that is kept by period; before these, and a
/// slash, the number of a sum. A group whose total is 0 has no field. While a recount goes on, what is added to a total is
/// added to what the recount has come to as well, if it has been through the memo's bucket: see <see cref="TotalRecount{T}"/>.
/// </remarks>
internal static class TotalLua
{
    /// <summary>The function <c>total</c>, which puts a new part in the place of an old one; no part is the empty text.</summary>
    public const string Functions = """
        local function part(kind,key,x)
          local by='1'
          if kind=='s' or kind=='S' then
            by,x=match(x,'^(%-?[1-9]%d*)/(.*)$')
            if not by or #by>17 then return nil end
          end
          if kind=='C' or kind=='S' then
            local period
            period,x=match(x,'^([^/]+)/(.*)$')
            if not period then return nil end
            key=key..':'..period
          end
          if x=='' then return nil end
          return key,x,by
        end
        local function add(key,field,by,run)
          local back=byte(by)==45 and sub(by,2) or '-'..by
          local r=C('HINCRBY',key,field,by)
          if r==0 then C('HDEL',key,field) undo('HSET',key,field,back)
          elseif r==tonumber(by) then undo('HDEL',key,field)
          else undo('HINCRBY',key,field,back) end
          if run then add(key..','..run,field,by) end
        end
        local function total(kind,key,old,new,run)
          local k,f,by=part(kind,key,old)
          local nk,nf,nby=part(kind,key,new)
          if k and k==nk and f==nf then
            if by~=nby then add(k,f,format('%.0f',nby-by),run) end
            return
          end
          if k then add(k,f,byte(by)==45 and sub(by,2) or '-'..by,run) end
          if nk then add(nk,nf,nby,run) end
        end

        """;

    /// <summary>The function <c>add</c> of the scripts that write one entity the short way: false when it could not be done.</summary>
    public const string Add = """
        local function add(key,field,by)
          local r=P('HINCRBY',key,field,by)
          if r==0 then redis.call('HDEL',key,field) end
          return type(r)=='number'
        end

        """;
}
