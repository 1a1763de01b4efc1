namespace RedisPatterns;

/// <summary>The Lua that all scripts about entities share.</summary>
internal static class EntityLua
{
    /// <summary>Short names and the undo list.</summary>
    public const string Head = """
        local C=redis.call
        local match,gmatch,find,format,sub,rep,byte,char=string.match,string.gmatch,string.find,string.format,string.sub,string.rep,string.byte,string.char
        local concat,unpack,min,max,huge=table.concat,unpack or table.unpack,math.min,math.max,math.huge
        local U,n={},0
        local function undo(...) n=n+1 U[n]={...} end
        local function ends(key)
          local t=C('PEXPIRETIME',key)
          if t>0 then undo('PEXPIREAT',key,t) end
        end

        """;

    private const string ForeignHead = """
        local function remembered(m)
          local stamp,version,schema,rest=match(m,'^([%w_-][%w_-][%w_-])(%d+)%.?(%d*)(.*)$')
          if not stamp or #version>15 or #schema>9 or (rest~='' and byte(rest)~=58) then return nil end
          return match(version,'^0*(%d+)$'),schema,stamp,rest
        end
        local function foreign(m,id,catalogue,bucket)
          local version,schema,stamp,rest=remembered(m)
          if not version then return '0','' end
          local shape=C('HGET',catalogue,stamp)
          if not shape then return version,schema end
          local segment=gmatch(rest,':([^:]*)')
          for kind,name in gmatch(shape,'(%a):([^|=]+)') do
            local key=catalogue..':'..name
            if kind=='r' then
              local s=C('ZSCORE',key,id)
              if s then C('ZREM',key,id) undo('ZADD',key,s,id) end
            else
              local value=segment() or ''
              if kind=='u' then
                if value~='' and C('HGET',key,value)==id then C('HDEL',key,value) undo('HSET',key,value,id) end
              elseif kind=='l' or kind=='L' then
                for t in gmatch(value,'[^,]+') do
                  if C('ZREM',key,t..'\t'..id)==1 then undo('ZADD',key,0,t..'\t'..id) end
                end
              elseif not find('cCsS',kind,1,true) then
                for t in gmatch(value,'[^,]+') do
                  if C('SREM',key..':'..t,id)==1 then undo('SADD',key..':'..t,id) end
                end
              elseif value~='' then

        """;

    private const string ForeignTail = """
                local top,model=match(catalogue,'^(.*):idx:([^:]*)$')
                total(kind,top..':stat:'..model..':'..name,value,'',C('HGET',top..':meta:'..model..':recount',match(bucket,':(%d+)$')))
              end
            end
          end
          return version,schema
        end

        """;

    // A function in a script costs time whenever it runs: those of totals are within the branch that few need.
    private static readonly string ForeignAlone = ForeignHead + TotalLua.Functions + ForeignTail;

    /// <summary>Removes what a memo of another shape names.</summary>
    /// <param name="hasTotals">Whether <see cref="TotalLua.Functions"/> stand before it.</param>
    public static string Foreign(bool hasTotals) => hasTotals ? ForeignHead + ForeignTail : ForeignAlone;

    /// <summary>
    /// Remembers the indexes that an entity is no longer in, since code that does not declare them has written it, and forgets
    /// those that it is in again: see <see cref="IndexCatalogue"/>.
    /// </summary>
    public const string Keep = """
        local function keep(catalogue,id,stamp,own,others)
          local top,model=match(catalogue,'^(.*):idx:([^:]*)$')
          local pending=top..':meta:'..model..':pending'
          local function lose(name)
            local f=C('HGET',catalogue,'#'..name)
            if not f or byte(f)==100 then return end
            local e=name..'\t'..id
            if C('ZADD',pending,0,e)==1 then undo('ZREM',pending,e) end
            if byte(f)==114 then C('HSET',catalogue,'#'..name,'p'..sub(f,2)) undo('HSET',catalogue,'#'..name,f) end
          end
          for part in gmatch(stamp and C('HGET',catalogue,stamp) or '','[^|]+') do
            local name=match(part,'^%a:([^=]+)')
            if name and not find(own,'|'..part..'|',1,true) then lose(name) end
          end
          for part in gmatch(own,'[^|]+') do
            local e=match(part,'^%a:([^=]*)')..'\t'..id
            if C('ZREM',pending,e)==1 then undo('ZADD',pending,0,e) end
          end
          for _,name in ipairs(others or {}) do lose(name) end
        end

        """;

    /// <summary>Writes shape and indexes of the model into the catalogue; gives the refusal, or the names of indexes that the model does not declare.</summary>
    /// <remarks>A catalogue without states was written before there were any: what all its shapes name is ready.</remarks>
    public const string Register = """
        local function register(catalogue,stamp,s)
          local flag,shape,defs,left=match(s,'^(%u)([^\n]*)\n([^\n]*)\n?(.*)$')
          local all,known=C('HGETALL',catalogue),{}
          local fresh=(#all==0 and flag~='B') and 'r ' or 'b0 '
          for i=1,#all,2 do known[all[i]]=all[i+1] end
          if known[stamp] and known[stamp]~=shape then return {-5} end
          local mine,others,place={},{},-1
          for part in gmatch('m:|'..defs,'[^|]+') do
            local f='#'..match(part,'^%a:([^=]*)')
            if known[f] and sub(known[f],(find(known[f],' ',1,true) or 0)+1)~=part then return {-11,place} end
            mine[f]=true place=place+1
          end
          for i=1,#all,2 do
            if byte(all[i])==35 and not mine[all[i]] and byte(all[i+1])~=100 then others[#others+1]=sub(all[i],2) end
          end
          if flag=='R' and #others>0 then return {-12} end
          if flag=='C' and #others==0 then return {-13} end
          if not known[stamp] then C('HSET',catalogue,stamp,shape) undo('HDEL',catalogue,stamp) end
          local first=#all>0 and not known['#'] and not known['@plain'] and flag~='B'
          for part in gmatch('m:|'..defs,'[^|]+') do
            local name=match(part,'^%a:([^=]*)')
            local f='#'..name
            if not known[f] then
              local state=fresh
              if first then
                state='r '
                for i=2,#all,2 do
                  if name~='' and not find('|'..all[i]..'|','|%a:'..string.gsub(name,'%p','%%%0')..'[=|]') then state=fresh end
                end
              end
              C('HSET',catalogue,f,state..part) undo('HDEL',catalogue,f)
            end
          end
          if flag=='P' then
            others={}
            for name in gmatch(left,'[^|]+') do others[#others+1]=name end
          elseif flag~='C' then others=nil end
          return nil,others
        end

        """;

    /// <summary>Removes an entry that an entity may have beside those that its memo names.</summary>
    public const string Extra = """
        local function extra(kind,key,t,id)
          if kind=='u' then
            if C('HGET',key,t)==id then C('HDEL',key,t) undo('HSET',key,t,id) end
          elseif kind=='t' then
            if C('SREM',key..t,id)==1 then undo('SADD',key..t,id) end
          else
            local z=C('ZSCORE',key,t)
            if z then C('ZREM',key,t) undo('ZADD',key,z,t) end
          end
        end

        """;

    /// <summary>Adds and removes values of indexes that are held as text in order.</summary>
    public const string Texts = """
        local function add_text(key,t,id)
          local e=t..'\t'..id
          if C('ZADD',key,0,e)==1 then undo('ZREM',key,e) end
        end
        local function remove_text(key,t,id)
          local e=t..'\t'..id
          if C('ZREM',key,e)==1 then undo('ZADD',key,0,e) end
        end

        """;

    /// <summary>A schema version as text; 1 for what is none.</summary>
    public const string Number = """
        local function number(x)
          x=x and match(x,'^%d+$')
          return x and #x<10 and x or '1'
        end

        """;

    /// <summary>When an entity ends, by the codes of <see cref="ExpiryRule{T}"/>, and how that is written down.</summary>
    public const string Expiry = """
        local moment
        local function clock()
          if not moment then
            local t=C('TIME')
            moment=t[1]*1000+math.floor(t[2]/1000)
          end
          return moment
        end
        local function ending(code,live,doc)
          local kind,ms=sub(code,1,1),tonumber(sub(code,2))
          if kind=='I' then kind=live and 'K' or 'A' end
          if kind=='K' and live then return nil end
          if kind=='K' or kind=='N' then return '0' end
          if kind=='T' then return format('%.0f',ms) end
          local at=min(clock()+ms,253402300799999)
          if kind=='S' and live then
            local t=C('PEXPIRETIME',doc)
            if t<0 or t>at then return nil end
          end
          return format('%.0f',at)
        end
        local function schedule(key,member,at)
          if not key then return end
          local z=C('ZSCORE',key,member)
          if at=='0' then
            if z then C('ZREM',key,member) undo('ZADD',key,z,member) end
          else
            C('ZADD',key,at,member)
            if z then undo('ZADD',key,z,member) else undo('ZREM',key,member) end
          end
        end
        local function expire(keys,at)
          for _,key in ipairs(keys) do
            if at=='0' then C('PERSIST',key) elseif tonumber(at)<=clock() then C('DEL',key) else C('PEXPIREAT',key,at) end
          end
        end

        """;

    /// <summary>Removes what expired entities have left; what fails is put off for a minute, so that it stops nobody else.</summary>
    public const string SweepFunction = """
        local function sweep(key,catalogue,memos,docs,most)
          local due,gone=C('ZRANGEBYSCORE',key,'-inf',clock(),'LIMIT',0,most),0
          for _,e in ipairs(due) do
            local bucket,id=match(e,'^(%d+):(.*)$')
            local t=bucket and C('PEXPIRETIME',docs..id) or -1
            if t==-1 then C('ZREM',key,e)
            elseif t>clock() then C('ZADD',key,t,e)
            else
              local first=n
              local ok=pcall(function()
                local m=C('HGET',memos..bucket,id)
                if m then foreign(m,id,catalogue,memos..bucket) C('HDEL',memos..bucket,id) undo('HSET',memos..bucket,id,m) end
                C('ZREM',key,e)
              end)
              if ok then gone=gone+1 else
                for j=n,first+1,-1 do C(unpack(U[j])) end
                C('ZADD',key,clock()+60000,e)
              end
              n=first
            end
          end
          return {gone,#due}
        end

        """;
}
