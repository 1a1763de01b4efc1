namespace RedisPatterns;

/// <summary>Lua of queries for some of one set, in any order: there is nothing to choose, to test or to sort.</summary>
internal static class QuerySetLua
{
    /// <summary>Goes through the set in pieces until there are enough. What it leaves is for the script of all other queries.</summary>
    public const string Text = """
        local n,all,cursor=take,true,'0'
        repeat
          local page=C('SSCAN',KEYS[4],cursor,'COUNT',min(n,1000,budget-touched))
          cursor=page[1]
          touched=touched+#page[2]
          all=emit(page[2],nil,true) and all
          n=n*2
        until cursor=='0' or found>=take or touched>=budget
        local more=cursor~='0'
        local done=not more or found>=take
        return {'P1',done and 1 or 0,touched,done and '' or '1',done and '' or cursor,found,(more or not all) and 1 or 0,'','',concat(rows,'\t'),items}
        """;
}
