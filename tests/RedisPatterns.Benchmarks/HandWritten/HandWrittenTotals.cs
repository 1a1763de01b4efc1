using System.Globalization;
using System.Text.Json;
using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;


namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Totals by hand: a script that writes a purchase, and beside it what it adds to three hashes, so that the next write can take it away.</summary>
internal sealed class HandWrittenTotals(IDatabase database, byte[] script)
{
    private const string Script = """
        local old = redis.call('HMGET', KEYS[2], 'status', 'city', 'day', 'cents')
        if old[1] ~= ARGV[2] then
          if old[1] and redis.call('HINCRBY', KEYS[3], old[1], -1) == 0 then redis.call('HDEL', KEYS[3], old[1]) end
          redis.call('HINCRBY', KEYS[3], ARGV[2], 1)
        end
        if old[2] ~= ARGV[3] then
          if old[2] and redis.call('HINCRBY', KEYS[4], old[2], -1) == 0 then redis.call('HDEL', KEYS[4], old[2]) end
          redis.call('HINCRBY', KEYS[4], ARGV[3], 1)
        end
        if old[3] ~= ARGV[4] or old[4] ~= ARGV[5] then
          if old[3] and redis.call('HINCRBY', KEYS[5], old[3], -old[4]) == 0 then redis.call('HDEL', KEYS[5], old[3]) end
          redis.call('HINCRBY', KEYS[5], ARGV[4], ARGV[5])
        end
        redis.call('HSET', KEYS[2], 'status', ARGV[2], 'city', ARGV[3], 'day', ARGV[4], 'cents', ARGV[5])
        redis.call('SET', KEYS[1], ARGV[1])
        return 1
        """;

    private static readonly RedisKey PerStatus = "{hand}:stat:purchase:per-status";
    private static readonly RedisKey PerCity = "{hand}:stat:purchase:per-city";
    private static readonly RedisKey PerDay = "{hand}:stat:purchase:per-day";

    public static async Task<HandWrittenTotals> CreateAsync(IDatabase database) => new(database, await database.Multiplexer.GetServers()[0].ScriptLoadAsync(Script));

    public async Task<bool> WriteAsync(Purchase purchase)
    {
        var reply = await database.ScriptEvaluateAsync(
            script,
            ["{hand}:purchase:" + purchase.Id, "{hand}:memo:purchase:" + purchase.Id, PerStatus, PerCity, PerDay],
            [
                JsonSerializer.SerializeToUtf8Bytes(purchase, UserJson.Default.Purchase),
                purchase.Status,
                purchase.City,
                purchase.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                purchase.Cents,
            ]).ConfigureAwait(false);
        return (long)reply == 1;
    }

    public async Task<long> CountAsync(string status) => (long)await database.HashGetAsync(PerStatus, status);
}
