namespace RedisPatterns;

/// <summary>Lua of queries: where entries come from, block by block in order, and how to go on behind an entry.</summary>
internal static class QuerySourceLua
{
    /// <summary>Sorted sets by score.</summary>
    public const string Scores = """
        local function behind(key,down,s,id)
          local have=C('ZSCORE',key,id)
          if have and N(have)==N(s) then return C(down and 'ZREVRANK' or 'ZRANK',key,id)+1 end
          local card=C('ZCARD',key)
          local lo=card-(down and C('ZCOUNT',key,'-inf',s) or C('ZCOUNT',key,s,'+inf'))
          local hi=lo+C('ZCOUNT',key,s,s)
          while lo<hi do
            local mid=floor((lo+hi)/2)
            local m=C(down and 'ZREVRANGE' or 'ZRANGE',key,mid,mid)[1]
            local passed
            if down then passed=before(id,m) else passed=before(m,id) end
            if passed then lo=mid+1 else hi=mid end
          end
          return lo
        end
        local function scores(key,a,b,down,s,id)
          local rank,stop,last
          local done,taken=false,0
          local function locate()
            rank,stop=0,C('ZCARD',key)
            if a~='-inf' or b~='+inf' then
              rank=stop-(down and C('ZCOUNT',key,'-inf',b) or C('ZCOUNT',key,a,'+inf'))
              stop=rank+C('ZCOUNT',key,a,b)
            end
          end
          if id then
            locate()
            rank=max(rank,behind(key,down,s,id))
          elseif key==okey and a=='-inf' and b=='+inf' then rank,stop=0,on end
          return {
            next=function(n)
              if done then return nil end
              local ids
              if not rank and taken<1000 then
                if down then ids=C('ZREVRANGEBYSCORE',key,b,a,'LIMIT',taken,n) else ids=C('ZRANGEBYSCORE',key,a,b,'LIMIT',taken,n) end
                taken=taken+#ids
                done=#ids<n
              else
                if not rank then
                  locate()
                  rank=C(down and 'ZREVRANK' or 'ZRANK',key,last)+1
                end
                if rank>=stop then done=true return nil end
                ids=C(down and 'ZREVRANGE' or 'ZRANGE',key,rank,min(rank+n,stop)-1)
                rank=rank+#ids
                done=rank>=stop
              end
              if #ids==0 then return nil end
              last=ids[#ids]
              return ids
            end,
            more=function() return not done and (not rank or rank<stop) end,
            mark=function() return last and C('ZSCORE',key,last) or s or '',last or id or '' end}
        end

        """;

    /// <summary>Sorted sets of texts.</summary>
    public const string Texts = """
        local function texts(key,lo,hi,down,member,ranked)
          if member then if down then hi='('..member else lo='('..member end end
          local last,done=member or '',false
          return {
            next=function(n)
              if done then return nil end
              local ms=down and C('ZREVRANGEBYLEX',key,hi,lo,'LIMIT',0,n) or C('ZRANGEBYLEX',key,lo,hi,'LIMIT',0,n)
              if #ms<n then done=true end
              if #ms==0 then return nil end
              last=ms[#ms]
              if down then hi='('..last else lo='('..last end
              local ids={}
              for i=1,#ms do ids[i]=idof(ms[i]) end
              return ids,ranked and ms or nil
            end,
            more=function() return not done end,
            mark=function() return last,'' end}
        end

        """;

    /// <summary>Sets.</summary>
    public const string Members = """
        local function members(nd,at,cursor)
          return {
            next=function(n)
              if at>#nd then return nil end
              local r=C('SSCAN',nd[at],cursor,'COUNT',n)
              cursor=r[1]
              if cursor=='0' then at=at+1 end
              return r[2]
            end,
            more=function() return at<=#nd end,
            mark=function() return tostring(at),cursor end}
        end

        """;

    /// <summary>The memos, which are the list of all entities.</summary>
    public const string Entities = """
        local function entities(at,id)
          local last=id or ''
          return {
            next=function(n)
              local ids={}
              while at<4096 and #ids<n do
                for _,e in ipairs(C('HKEYS',KEYS[2]..at)) do
                  if not id or before(id,e) then ids[#ids+1]=e end
                end
                id=nil at=at+1
              end
              if #ids==0 then return nil end
              return ids
            end,
            more=function() return at<4096 end,
            mark=function() return tostring(at),'' end}
        end

        """;

    /// <summary>Places near another.</summary>
    public const string Places = """
        local function places(nd,at,cursor)
          local source
          return {
            next=function(n)
              while at<=#nd do
                if not source then
                  local s,id=match(cursor or '','^([^:]*):(.*)$')
                  source=scores(nd.k,nd[at][1],nd[at][2],false,s,id)
                  cursor=nil
                end
                local ids=source.next(n)
                if ids then
                  touched=touched+#ids
                  local d=distances(nd.k,nd.lon,nd.lat,ids)
                  local a,b={},{}
                  for i=1,#ids do if d[i] and d[i]<=nd.m then a[#a+1]=ids[i] b[#b+1]=d[i] end end
                  return a,b,true
                end
                source=nil at=at+1
              end
              return nil
            end,
            more=function() return at<=#nd end,
            mark=function()
              if not source then return tostring(at),'' end
              local s,id=source.mark()
              return tostring(at),s..':'..id
            end}
        end

        """;
}
