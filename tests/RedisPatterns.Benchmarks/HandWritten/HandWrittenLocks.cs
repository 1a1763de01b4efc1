using System.Globalization;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Locks by hand: a pair of scripts with a fencing token, and the common SET with a comparing delete.</summary>
internal sealed class HandWrittenLocks(IDatabase database, byte[] acquire, byte[] release)
{
    private const string Acquire = """
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        local token = redis.call('INCR', KEYS[2])
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return token
        """;

    private const string Release = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        return redis.call('DEL', KEYS[1])
        """;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public static async Task<HandWrittenLocks> CreateAsync(IDatabase database)
    {
        var server = database.Multiplexer.GetServers()[0];
        return new(database, await server.ScriptLoadAsync(Acquire), await server.ScriptLoadAsync(Release));
    }

    public async Task<bool> ByScriptsAsync(string resource)
    {
        RedisKey key = "{hand}:lock:" + resource;
        RedisValue owner = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var token = (long)await database.ScriptEvaluateAsync(acquire, [key, "{hand}:token:" + resource], [owner, (long)Lifetime.TotalMilliseconds]).ConfigureAwait(false);
        return token > 0 && (long)await database.ScriptEvaluateAsync(release, [key], [owner]).ConfigureAwait(false) == 1;
    }

    public async Task<bool> BySetAsync(string resource)
    {
        RedisKey key = "{hand}:set:" + resource;
        RedisValue owner = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        return await database.StringSetAsync(key, owner, Lifetime, When.NotExists).ConfigureAwait(false)
            && (long)await database.ScriptEvaluateAsync(release, [key], [owner]).ConfigureAwait(false) == 1;
    }
}
