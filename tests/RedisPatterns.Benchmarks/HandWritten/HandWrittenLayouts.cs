using System.Globalization;
using System.Text.Json;
using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Users in the layouts by hand: no index, no version, as a careful program would write them.</summary>
internal sealed class HandWrittenLayouts(IDatabase database, byte[] replace, byte[] insertHash, byte[] updateHash, byte[] patchHash, byte[] updateKeys, byte[] patchKeys)
{
    public const string Documents = "{hand}:d:";
    public const string Hashes = "{hand}:h:";
    public const string Keys = "{hand}:a:";

    private static readonly string[] Names = ["id", "email", "status", "city", "age", "created", "version", "firstName", "lastName", "phone", "street", "about"];

    public static async Task<HandWrittenLayouts> CreateAsync(IConnectionMultiplexer connection)
    {
        var server = connection.GetServers()[0];
        return new(
            connection.GetDatabase(),
            await server.ScriptLoadAsync("if redis.call('GET',KEYS[1])~=ARGV[1] then return 0 end redis.call('SET',KEYS[1],ARGV[2]) return 1"),
            await server.ScriptLoadAsync("if redis.call('EXISTS',KEYS[1])==1 then return 0 end redis.call('HSET',KEYS[1],unpack(ARGV)) return 1"),
            await server.ScriptLoadAsync("if redis.call('EXISTS',KEYS[1])==0 then return 0 end redis.call('DEL',KEYS[1]) redis.call('HSET',KEYS[1],unpack(ARGV)) return 1"),
            await server.ScriptLoadAsync("if redis.call('EXISTS',KEYS[1])==0 then return 0 end redis.call('HINCRBY',KEYS[1],'age',ARGV[1]) redis.call('HSET',KEYS[1],'status',ARGV[2]) return 1"),
            await server.ScriptLoadAsync("if redis.call('EXISTS',KEYS[1])==0 then return 0 end local t={} for i=1,#KEYS do t[2*i-1]=KEYS[i] t[2*i]=ARGV[i] end redis.call('MSET',unpack(t)) return 1"),
            await server.ScriptLoadAsync("if redis.call('EXISTS',KEYS[1])==0 then return 0 end redis.call('INCRBY',KEYS[2],ARGV[1]) redis.call('SET',KEYS[3],ARGV[2]) return 1"));
    }

    public Task<bool> InsertDocumentAsync(User user) => database.StringSetAsync(Documents + user.Id, HandWrittenUsers.Serialize(user), null, When.NotExists);

    public Task<bool> UpdateDocumentAsync(User user) => database.StringSetAsync(Documents + user.Id, HandWrittenUsers.Serialize(user), null, When.Exists);

    /// <summary>Reads, changes and writes, only if nothing has changed meanwhile.</summary>
    public async Task PatchDocumentAsync(string id, int by, string status)
    {
        RedisKey key = Documents + id;
        var old = await database.StringGetAsync(key).ConfigureAwait(false);
        var user = JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)old).Span, UserJson.Default.User)!;
        await EvaluateAsync(replace, [key], [old, HandWrittenUsers.Serialize(user with { Age = user.Age + by, Status = status })]).ConfigureAwait(false);
    }

    public async Task<User?> GetDocumentAsync(string id)
    {
        var value = await database.StringGetAsync(Documents + id).ConfigureAwait(false);
        return value.IsNull ? null : JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, UserJson.Default.User);
    }

    public async Task<User[]> GetDocumentsAsync(string[] ids)
    {
        var values = await database.StringGetAsync(Array.ConvertAll(ids, id => (RedisKey)(Documents + id))).ConfigureAwait(false);
        return Array.ConvertAll(values, value => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, UserJson.Default.User)!);
    }

    public Task InsertHashAsync(User user) => EvaluateAsync(insertHash, [Hashes + user.Id], Pairs(user));

    public Task UpdateHashAsync(User user) => EvaluateAsync(updateHash, [Hashes + user.Id], Pairs(user));

    public Task PatchHashAsync(string id, int by, string status) => EvaluateAsync(patchHash, [Hashes + id], [by, status]);

    public async Task<User?> GetHashAsync(string id) => Map(await database.HashGetAllAsync(Hashes + id).ConfigureAwait(false));

    public async Task<User?[]> GetHashesAsync(string[] ids)
    {
        var batch = database.CreateBatch();
        var reads = Array.ConvertAll(ids, id => batch.HashGetAllAsync(Hashes + id));
        batch.Execute();
        return Array.ConvertAll(await Task.WhenAll(reads).ConfigureAwait(false), Map);
    }

    public Task InsertKeysAsync(User user)
    {
        var values = Values(user);
        return database.StringSetAsync([.. Names.Select((name, i) => new KeyValuePair<RedisKey, RedisValue>($"{Keys}{user.Id}:{name}", values[i]))], When.NotExists);
    }

    public Task UpdateKeysAsync(User user) => EvaluateAsync(updateKeys, KeysOf(user.Id), Values(user));

    public Task PatchKeysAsync(string id, int by, string status) => EvaluateAsync(patchKeys, [$"{Keys}{id}:id", $"{Keys}{id}:age", $"{Keys}{id}:status"], [by, status]);

    public async Task<User?> GetKeysAsync(string id) => Map(await database.StringGetAsync(KeysOf(id)).ConfigureAwait(false));

    public async Task<User?[]> GetManyKeysAsync(string[] ids)
    {
        var values = await database.StringGetAsync([.. ids.SelectMany(KeysOf)]).ConfigureAwait(false);
        return [.. values.Chunk(Names.Length).Select(Map)];
    }

    public static RedisKey[] KeysOf(string id) => Array.ConvertAll(Names, name => (RedisKey)$"{Keys}{id}:{name}");

    private static RedisValue[] Values(User user) =>
    [
        user.Id, user.Email, user.Status, user.City, user.Age, user.Created.ToString("O", CultureInfo.InvariantCulture), user.Version,
        user.FirstName, user.LastName, user.Phone, user.Street, user.About,
    ];

    private static RedisValue[] Pairs(User user) => [.. Values(user).SelectMany((value, i) => new RedisValue[] { Names[i], value })];

    private static User? Map(RedisValue[] values) => values[0].IsNull ? null : new(
        values[0]!, values[1]!, values[2]!, values[3]!, (int)values[4], DateTimeOffset.Parse(values[5]!, CultureInfo.InvariantCulture), (long)values[6],
        values[7]!, values[8]!, values[9]!, values[10]!, values[11]!);

    private static User? Map(HashEntry[] entries)
    {
        if (entries.Length == 0) return null;
        var values = new RedisValue[Names.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            // Redis gives a small hash in the order in which it was written.
            var at = i < Names.Length && entries[i].Name == Names[i] ? i : Array.IndexOf(Names, (string?)entries[i].Name);
            values[at] = entries[i].Value;
        }

        return Map(values);
    }

    private async Task EvaluateAsync(byte[] script, RedisKey[] keys, RedisValue[] values)
    {
        if ((int)await database.ScriptEvaluateAsync(script, keys, values).ConfigureAwait(false) != 1) throw new InvalidOperationException("The write was refused.");
    }
}
