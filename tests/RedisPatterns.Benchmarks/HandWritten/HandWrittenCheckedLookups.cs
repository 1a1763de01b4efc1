using System.Text.Json;
using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Lookups by hand that promise what the library does: they answer only when the index is ready.</summary>
internal sealed class HandWrittenCheckedLookups(IDatabase database, byte[] some, byte[] find)
{
    public static async Task<HandWrittenCheckedLookups> CreateAsync(IDatabase database)
    {
        await database.HashSetAsync(HandWrittenUsers.States, [new("email", "ready"), new("status", "ready"), new("city", "ready")]);
        var server = database.Multiplexer.GetServers()[0];
        return new(
            database,
            await server.ScriptLoadAsync(HandWrittenQueryScripts.Ready + HandWrittenQueryScripts.Some),
            await server.ScriptLoadAsync(HandWrittenQueryScripts.Ready + HandWrittenQueryScripts.Find));
    }

    public Task<List<User>> OfStatusAsync(string status, int take) => SomeAsync(HandWrittenUsers.StatusSets + status, "status", take);

    public Task<List<User>> OfCityAsync(string city, int take) => SomeAsync(HandWrittenUsers.CitySets + city, "city", take);

    public async Task<User?> FindAsync(string email)
    {
        RedisKey[] keys = [HandWrittenUsers.Emails, HandWrittenUsers.Prefix, HandWrittenUsers.States];
        var document = (RedisValue)await database.ScriptEvaluateAsync(find, keys, [email, "email"]).ConfigureAwait(false);
        return document.IsNull ? null : JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)document).Span, UserJson.Default.User);
    }

    private async Task<List<User>> SomeAsync(RedisKey set, string index, int take) => HandWrittenUsers.Read(
        await database.ScriptEvaluateAsync(some, [set, HandWrittenUsers.Prefix, HandWrittenUsers.States], [take, index]).ConfigureAwait(false));
}
