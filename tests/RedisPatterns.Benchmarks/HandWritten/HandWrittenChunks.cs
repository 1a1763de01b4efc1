using System.Security.Cryptography;
using System.Text.Json;
using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Users as one part and a manifest by hand: the manifest names the part, so that a reader sees the old value or the new one.</summary>
internal sealed class HandWrittenChunks(IDatabase database, byte[] insert, byte[] update, byte[] replace, byte[] read)
{
    public const string Manifests = "{hand}:c:";

    // A replaced part stays for those that have just read its manifest.
    private const string Write = "redis.call('SET',KEYS[2],ARGV[2]) redis.call('SET',KEYS[1],ARGV[1]) if old then redis.call('PEXPIRE',KEYS[1]..':'..old,30000) end return 1";

    public static async Task<HandWrittenChunks> CreateAsync(IConnectionMultiplexer connection)
    {
        var server = connection.GetServers()[0];
        return new(
            connection.GetDatabase(),
            await server.ScriptLoadAsync("local old=false if redis.call('EXISTS',KEYS[1])==1 then return 0 end " + Write),
            await server.ScriptLoadAsync("local old=redis.call('GET',KEYS[1]) if not old then return 0 end " + Write),
            await server.ScriptLoadAsync("local old=redis.call('GET',KEYS[1]) if old~=ARGV[3] then return 0 end " + Write),
            await server.ScriptLoadAsync("local m=redis.call('GET',KEYS[1]) if not m then return false end return {m,redis.call('GET',KEYS[1]..':'..m)}"));
    }

    public Task InsertAsync(User user) => WriteAsync(insert, user);

    public Task UpdateAsync(User user) => WriteAsync(update, user);

    /// <summary>Reads, changes and writes, only if nothing has changed meanwhile.</summary>
    public async Task PatchAsync(string id, int by, string status)
    {
        var stored = (RedisResult[])(await database.ScriptEvaluateAsync(read, [Manifests + id]).ConfigureAwait(false))!;
        var user = Read((RedisValue)stored[1]);
        await WriteAsync(replace, user with { Age = user.Age + by, Status = status }, (RedisValue)stored[0]).ConfigureAwait(false);
    }

    public async Task<User?> GetAsync(string id) => Read(await database.ScriptEvaluateAsync(read, [Manifests + id]).ConfigureAwait(false));

    public async Task<User?[]> GetManyAsync(string[] ids)
    {
        var batch = database.CreateBatch();
        var reads = Array.ConvertAll(ids, id => batch.ScriptEvaluateAsync(read, [Manifests + id]));
        batch.Execute();
        return Array.ConvertAll(await Task.WhenAll(reads).ConfigureAwait(false), Read);
    }

    private static User? Read(RedisResult stored) => stored.IsNull ? null : Read((RedisValue)stored[1]);

    private static User Read(RedisValue part) => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)part).Span, UserJson.Default.User)!;

    private async Task WriteAsync(byte[] script, User user, RedisValue expected = default)
    {
        var generation = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));
        RedisKey[] keys = [Manifests + user.Id, $"{Manifests}{user.Id}:{generation}"];
        RedisValue[] values = expected.IsNull ? [generation, HandWrittenUsers.Serialize(user)] : [generation, HandWrittenUsers.Serialize(user), expected];
        if ((int)await database.ScriptEvaluateAsync(script, keys, values).ConfigureAwait(false) != 1) throw new InvalidOperationException("The write was refused.");
    }
}
