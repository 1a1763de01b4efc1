namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>What an expert would write for the queries of this one entity. A script takes at most 8,000 arguments on its stack: lists go in pieces.</summary>
internal static class HandWrittenQueryScripts
{
    /// <summary>
    /// KEYS: dates, status set, ages, prefix of the documents. ARGV: least age, greatest age, take, and for a later page the last
    /// id and its date. Walks the order index downwards; only those of the status are asked for their age.
    /// </summary>
    public const string Walk = """
        local call = redis.call
        local least, greatest, take = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local from = 0
        if ARGV[4] then
          local rank = call('ZREVRANK', KEYS[1], ARGV[4])
          from = rank and rank + 1 or call('ZCOUNT', KEYS[1], '(' .. ARGV[5], '+inf')
        end
        local page = math.max(32, take * 10)
        local keys, found = {}, 0
        while true do
          local ids = call('ZREVRANGE', KEYS[1], from, from + page - 1)
          if #ids == 0 then break end
          from = from + page
          local is = call('SMISMEMBER', KEYS[2], unpack(ids))
          local some, n = {}, 0
          for i = 1, #ids do
            if is[i] == 1 then n = n + 1 some[n] = ids[i] end
          end
          if n > 0 then
            local ages = call('ZMSCORE', KEYS[3], unpack(some))
            for i = 1, n do
              local age = tonumber(ages[i])
              if age and age >= least and age <= greatest then
                found = found + 1
                keys[found] = KEYS[4] .. some[i]
                if found == take then return call('MGET', unpack(keys)) end
              end
            end
          end
        end
        if found == 0 then return {} end
        return call('MGET', unpack(keys))
        """;

    /// <summary>
    /// KEYS: dates, status set, ages, prefix of the documents. ARGV: least age, greatest age, take. Takes all of these ages, keeps
    /// those of the status, and sorts them by date.
    /// </summary>
    public const string Collect = """
        local call = redis.call
        local all = call('ZRANGEBYSCORE', KEYS[3], ARGV[1], ARGV[2])
        local ids, n = {}, 0
        for from = 1, #all, 4000 do
          local upto = math.min(from + 3999, #all)
          local is = call('SMISMEMBER', KEYS[2], unpack(all, from, upto))
          for i = from, upto do
            if is[i - from + 1] == 1 then n = n + 1 ids[n] = all[i] end
          end
        end
        local rows, found = {}, 0
        for from = 1, n, 4000 do
          local upto = math.min(from + 3999, n)
          local dates = call('ZMSCORE', KEYS[1], unpack(ids, from, upto))
          for i = from, upto do
            local date = dates[i - from + 1]
            if date then found = found + 1 rows[found] = { tonumber(date), ids[i] } end
          end
        end
        if found == 0 then return {} end
        table.sort(rows, function(a, b)
          if a[1] ~= b[1] then return a[1] > b[1] end
          return a[2] > b[2]
        end)
        local keys = {}
        for i = 1, math.min(tonumber(ARGV[3]), found) do keys[i] = KEYS[4] .. rows[i][2] end
        return call('MGET', unpack(keys))
        """;

    /// <summary>KEYS: a set, prefix of the documents. ARGV: take. Some members' documents, whichever.</summary>
    public const string Some = """
        local call = redis.call
        local take, cursor = tonumber(ARGV[1]), '0'
        local keys, found, seen = {}, 0, {}
        repeat
          local page = call('SSCAN', KEYS[1], cursor, 'COUNT', take)
          cursor = page[1]
          for _, id in ipairs(page[2]) do
            if found < take and not seen[id] then
              seen[id] = true
              found = found + 1
              keys[found] = KEYS[2] .. id
            end
          end
        until cursor == '0' or found == take
        if found == 0 then return {} end
        return call('MGET', unpack(keys))
        """;

    /// <summary>KEYS: claims, prefix of the documents. ARGV: email.</summary>
    public const string Find = """
        local id = redis.call('HGET', KEYS[1], ARGV[1])
        return id and redis.call('GET', KEYS[2] .. id)
        """;

    /// <summary>
    /// Before <see cref="Some"/> or <see cref="Find"/>, with the states of the indexes as KEYS[3] and the index as ARGV[2]: whether
    /// it is ready, which the library promises to look at.
    /// </summary>
    public const string Ready = """
        if redis.call('HGET', KEYS[3], ARGV[2]) ~= 'ready' then return redis.error_reply('INDEX is not ready') end

        """;

    /// <summary>KEYS: status set, ages. ARGV: least age, greatest age. How many are in both.</summary>
    public const string Count = """
        local call = redis.call
        local all, count = call('ZRANGEBYSCORE', KEYS[2], ARGV[1], ARGV[2]), 0
        for from = 1, #all, 4000 do
          local is = call('SMISMEMBER', KEYS[1], unpack(all, from, math.min(from + 3999, #all)))
          for i = 1, #is do count = count + is[i] end
        end
        return count
        """;

    /// <summary>KEYS: status set, ages. ARGV: least age, greatest age. Whether one is in both: looks at more and more at a time.</summary>
    public const string Any = """
        local call = redis.call
        local from = call('ZCOUNT', KEYS[2], '-inf', '(' .. ARGV[1])
        local stop = call('ZCOUNT', KEYS[2], '-inf', ARGV[2])
        local page = 20
        while from < stop do
          local ids = call('ZRANGE', KEYS[2], from, math.min(from + page, stop) - 1)
          if #ids == 0 then break end
          for _, is in ipairs(call('SMISMEMBER', KEYS[1], unpack(ids))) do
            if is == 1 then return 1 end
          end
          from = from + page
          page = math.min(page * 2, 1000)
        end
        return 0
        """;
}
