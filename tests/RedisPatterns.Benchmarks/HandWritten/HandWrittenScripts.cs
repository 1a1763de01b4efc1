namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>What an expert would write for this one entity: as few calls as the job can be done with.</summary>
internal static class HandWrittenScripts
{
    /// <summary>
    /// KEYS: document, memo, claims, status set, city set, ages, dates. ARGV: id, document, memo, email, age, created.
    /// Existence and the unique check are made by the writes themselves, so that an insert takes seven calls.
    /// </summary>
    public const string Insert = """
        local call = redis.call
        local id = ARGV[1]
        if not call('SET', KEYS[1], ARGV[2], 'NX') then return -1 end
        if call('HSETNX', KEYS[3], ARGV[4], id) == 0 then
          call('DEL', KEYS[1])
          return -2
        end
        call('SADD', KEYS[4], id)
        call('SADD', KEYS[5], id)
        call('ZADD', KEYS[6], ARGV[5], id)
        call('ZADD', KEYS[7], ARGV[6], id)
        call('SET', KEYS[2], ARGV[3])
        return 1
        """;

    /// <summary>
    /// KEYS: document, memo, claims, prefix of the status sets, prefix of the city sets, ages, dates. ARGV: id, document,
    /// memo, expected version, email, status, city, age, created. The memo says what has changed, so that the rest is left alone.
    /// </summary>
    public const string Update = """
        local call = redis.call
        local memo = call('GET', KEYS[2])
        if not memo then return -1 end
        local version, email, status, city, age, created = string.match(memo, '^(%d+)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)$')
        if version ~= ARGV[4] then return -3 end
        local id = ARGV[1]
        if email ~= ARGV[5] then
          if call('HSETNX', KEYS[3], ARGV[5], id) == 0 then return -2 end
          call('HDEL', KEYS[3], email)
        end
        if status ~= ARGV[6] then
          call('SREM', KEYS[4] .. status, id)
          call('SADD', KEYS[4] .. ARGV[6], id)
        end
        if city ~= ARGV[7] then
          call('SREM', KEYS[5] .. city, id)
          call('SADD', KEYS[5] .. ARGV[7], id)
        end
        if age ~= ARGV[8] then call('ZADD', KEYS[6], ARGV[8], id) end
        if created ~= ARGV[9] then call('ZADD', KEYS[7], ARGV[9], id) end
        call('SET', KEYS[1], ARGV[2])
        call('SET', KEYS[2], ARGV[3])
        return 1
        """;
}
