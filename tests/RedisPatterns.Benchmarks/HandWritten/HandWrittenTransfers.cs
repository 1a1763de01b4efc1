using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Transfers between accounts by hand: by a script, by a function, and by the driver's transaction with conditions.</summary>
internal sealed class HandWrittenTransfers(IDatabase database, byte[] script)
{
    public const string Lua = """
        local balance = tonumber(redis.call('GET', KEYS[1]) or '0')
        local amount = tonumber(ARGV[1])
        if balance < amount then return 0 end
        redis.call('DECRBY', KEYS[1], ARGV[1])
        redis.call('INCRBY', KEYS[2], ARGV[1])
        return 1
        """;

    private const string Library = $"#!lua name=byhand\nredis.register_function('byhand_transfer', function(KEYS, ARGV) {Lua}\nend)";

    public static async Task<HandWrittenTransfers> CreateAsync(IDatabase database)
    {
        var server = database.Multiplexer.GetServers()[0];
        await server.ExecuteAsync("FUNCTION", "LOAD", "REPLACE", Library);
        return new(database, await server.ScriptLoadAsync(Lua));
    }

    public async Task<bool> ByScriptAsync(RedisKey from, RedisKey to, long amount) =>
        (bool)await database.ScriptEvaluateAsync(script, [from, to], [amount]).ConfigureAwait(false);

    public async Task<bool> ByFunctionAsync(RedisKey from, RedisKey to, long amount) =>
        (bool)await database.ExecuteAsync("FCALL", ["byhand_transfer", 2, from, to, amount]).ConfigureAwait(false);

    public async Task<bool> ByConditionsAsync(RedisKey from, RedisKey to, long amount)
    {
        while (true)
        {
            var balances = await database.StringGetAsync([from, to]).ConfigureAwait(false);
            if ((long)balances[0] < amount)
            {
                return false;
            }

            var transaction = database.CreateTransaction();
            transaction.AddCondition(Condition.StringEqual(from, balances[0]));
            transaction.AddCondition(Condition.StringEqual(to, balances[1]));
            _ = transaction.StringSetAsync(from, (long)balances[0] - amount);
            _ = transaction.StringSetAsync(to, (long)balances[1] + amount);
            if (await transaction.ExecuteAsync().ConfigureAwait(false))
            {
                return true;
            }
        }
    }
}
