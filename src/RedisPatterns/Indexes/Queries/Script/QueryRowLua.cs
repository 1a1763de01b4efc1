namespace RedisPatterns;

/// <summary>Lua of queries: the answer.</summary>
internal static class QueryRowLua
{
    /// <summary>Adds rows to the answer, as many as are wanted.</summary>
    public const string Emit = """
        local function emit(ids,keep,whole)
          local from=1
          while from<=#ids and found<take do
            local to=min(from+249,#ids)
            if take<huge then to=min(to,from+take-found-1) end
            if want=='N' then found=found+to-from+1
            else
              local docs,last=want=='D' and whole and contents(ids,from,to),nil
              local first=from
              if docs and found==0 then
                first=to+1
                for i=1,to-from+1 do if not docs[i] then first=from break end end
                if first>to then rows,items,found,last={unpack(ids,from,to)},docs,to-from+1,to end
              end
              for i=first,to do
                local d
                if docs then d=docs[i-from+1] elseif want=='E' and whole then d=C('EXISTS',KEYS[1]..ids[i])==1 and '' else d='' end
                if d then
                  found=found+1
                  rows[found]=ids[i]
                  if docs then items[found]=d elseif not whole then items[found]=keep and keep[i] or '' end
                  last=i
                end
              end
              if whole and last then lastid,lastkeep=ids[last],keep and keep[last] end
            end
            from=to+1
          end
          return from>#ids
        end

        """;

    /// <summary>The answer.</summary>
    public const string Finish = """
        local function finish(plan,done,x,y,more)
          local r={plan,done and 1 or 0,touched,x or '',y or '',found,more and 1 or 0,'','',concat(rows,'\t'),items}
          if lastid and (asked=='P' or asked=='K') then
            if okind=='r' then r[8]=C('ZSCORE',okey,lastid) or ''
            elseif okind=='l' then r[8]=lastkeep or textof(lastid) or ''
            elseif okind=='g' then r[8]=text(lastkeep)
            else r[8]=tostring(bucket(lastid)) end
            r[9]=lastid
          end
          if asked=='K' and sub(plan,1,1)~='P' then
            local keys={}
            for f=1,#rows,1000 do
              local t=min(f+999,#rows)
              local k=okind=='r' and C('ZMSCORE',okey,unpack(rows,f,t)) or ranks(rows,f,t)
              for i=1,t-f+1 do keys[#keys+1]=k[i] and tostring(text(k[i])) or '' end
            end
            r[#r+1]=keys
          elseif asked=='X' then
            local e={best,oskip,walks and cost<huge and math.ceil(cost) or -1,on}
            for i=1,#conj do e[#e+1]=sizes[i] or -1 end
            r[#r+1]=e
          end
          return r
        end

        """;
}
