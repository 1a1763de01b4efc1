using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Limits by hand: a script for each kind.</summary>
internal sealed class HandWrittenLimits(IDatabase database, byte[] window, byte[] bucket)
{
    private const string Window = """
        local count = tonumber(redis.call('GET', KEYS[1]) or '0')
        local limit = tonumber(ARGV[1])
        if count >= limit then return {0, 0, redis.call('PTTL', KEYS[1])} end
        count = redis.call('INCR', KEYS[1])
        if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
        return {1, limit - count, 0}
        """;

    private const string Bucket = """
        local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
        local time = redis.call('TIME')
        local now = time[1] + time[2] / 1000000
        local state = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens = tonumber(state[1]) or burst
        tokens = math.min(burst, tokens + (now - (tonumber(state[2]) or now)) * rate)
        local allowed = tokens >= 1
        if allowed then tokens = tokens - 1 end
        redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
        redis.call('EXPIRE', KEYS[1], math.ceil(burst / rate) + 1)
        return {allowed and 1 or 0, math.floor(tokens), allowed and 0 or math.ceil((1 - tokens) / rate * 1000)}
        """;

    public static async Task<HandWrittenLimits> CreateAsync(IDatabase database)
    {
        var server = database.Multiplexer.GetServers()[0];
        return new(database, await server.ScriptLoadAsync(Window), await server.ScriptLoadAsync(Bucket));
    }

    public Task<bool> WindowAsync(string subject, long limit, TimeSpan period) => AskAsync(window, "{hand}:limit:window:" + subject, limit, (long)period.TotalMilliseconds);

    public Task<bool> BucketAsync(string subject, double rate, long burst) => AskAsync(bucket, "{hand}:limit:bucket:" + subject, rate, burst);

    private async Task<bool> AskAsync(byte[] script, RedisKey key, RedisValue first, RedisValue second)
    {
        var reply = (long[])(await database.ScriptEvaluateAsync(script, [key], [first, second]).ConfigureAwait(false))!;
        return reply[0] == 1;
    }
}
