namespace RedisPatterns;

/// <summary>Lua of queries for some of one set, in any order: there is nothing to choose, to test or to sort.</summary>
internal static class QuerySetLua
{
    /// <summary>The greatest number of rows: their keys go into one command.</summary>
    public const int GreatestTake = 1_000;

    /// <summary>Short names. A name that is not used costs as much as one that is.</summary>
    public const string Head = """
        local C,unpack,min=redis.call,unpack or table.unpack,math.min
        local take,budget=tonumber(ARGV[1]),tonumber(ARGV[2])

        """;

    /// <summary>Goes through the set in pieces until there are as many ids as rows are missing.</summary>
    public const string Begin = """
        local rows,items,found,touched,cursor,size,whole={},{},0,0,'0',take,true
        repeat
          local ids,have,missing=nil,0,take-found
          repeat
            local page=C('SSCAN',KEYS[4],cursor,'COUNT',min(size,1000,budget-touched))
            cursor=page[1]
            page=page[2]
            touched=touched+#page
            if ids then for i=1,#page do ids[have+i]=page[i] end else ids=page end
            have=#ids
            size=have<missing and have>0 and 2*(missing-have)+8 or 2*size
          until cursor=='0' or have>=missing or touched>=budget
          local from=1
          while from<=have and found<take do
            local to=min(have,from+take-found-1)

        """;

    /// <summary>Reads documents.</summary>
    public const string Documents = """
            local keys,prefix={},KEYS[1]
            for i=from,to do keys[i-from+1]=prefix..ids[i] end
            local docs=C('MGET',unpack(keys))

        """;

    /// <summary>Reads entities of another layout.</summary>
    public const string Contents = """
            local docs=contents(ids,from,to)

        """;

    /// <summary>Finds out which entities exist.</summary>
    public const string Existing = """
            local docs={}
            for i=from,to do docs[i-from+1]=C('EXISTS',KEYS[1]..ids[i])==1 end

        """;

    /// <summary>Takes all for entities.</summary>
    public const string Ids = """
            local docs=ids

        """;

    /// <summary>Keeps what was found. What it leaves is for the script of all other queries.</summary>
    public const string End = """
            local full=found==0
            for i=1,full and to or 0 do
              if not docs[i] then full=false break end
            end
            if full then
              for i=have,to+1,-1 do ids[i]=nil end
              rows,items,found=ids,docs,to
            else
              for i=from,to do
                local d=docs[i-from+1]
                if d then
                  found=found+1
                  rows[found],items[found]=ids[i],d
                end
              end
            end
            from=to+1
          end
          whole=from>have
        until cursor=='0' or found>=take or touched>=budget
        local more=cursor~='0'
        local done=not more or found>=take
        return {'P1',done and 1 or 0,touched,done and '' or '1',done and '' or cursor,found,(more or not whole) and 1 or 0,'','',table.concat(rows,'\t'),
        """;
}
