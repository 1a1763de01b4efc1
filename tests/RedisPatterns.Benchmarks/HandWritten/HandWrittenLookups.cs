using System.Text.Json;
using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Lookups by one value, counts and whether there is any, by hand.</summary>
internal sealed class HandWrittenLookups(IDatabase database, byte[] some, byte[] find, byte[] count, byte[] any)
{
    public static async Task<HandWrittenLookups> CreateAsync(IDatabase database)
    {
        var server = database.Multiplexer.GetServers()[0];
        return new(
            database,
            await server.ScriptLoadAsync(HandWrittenQueryScripts.Some),
            await server.ScriptLoadAsync(HandWrittenQueryScripts.Find),
            await server.ScriptLoadAsync(HandWrittenQueryScripts.Count),
            await server.ScriptLoadAsync(HandWrittenQueryScripts.Any));
    }

    public Task<List<User>> OfStatusAsync(string status, int take) => SomeAsync(HandWrittenUsers.StatusSets + status, take);

    public Task<List<User>> OfCityAsync(string city, int take) => SomeAsync(HandWrittenUsers.CitySets + city, take);

    public async Task<User?> FindAsync(string email)
    {
        var document = (RedisValue)await database.ScriptEvaluateAsync(find, [HandWrittenUsers.Emails, HandWrittenUsers.Prefix], [email]).ConfigureAwait(false);
        return document.IsNull ? null : JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)document).Span, UserJson.Default.User);
    }

    public Task<long> CountStatusAsync(string status) => database.SetLengthAsync(HandWrittenUsers.StatusSets + status);

    public Task<long> CountAgesAsync(UserFilter filter) => database.SortedSetLengthAsync(HandWrittenUsers.Ages, filter.LeastAge, filter.GreatestAge);

    public async Task<long> CountAsync(UserFilter filter) => (long)await EvaluateAsync(count, filter).ConfigureAwait(false);

    public async Task<bool> AnyAsync(UserFilter filter) => (bool)await EvaluateAsync(any, filter).ConfigureAwait(false);

    private async Task<List<User>> SomeAsync(RedisKey set, int take) =>
        HandWrittenUsers.Read(await database.ScriptEvaluateAsync(some, [set, HandWrittenUsers.Prefix], [take]).ConfigureAwait(false));

    private Task<RedisResult> EvaluateAsync(byte[] script, UserFilter filter) =>
        database.ScriptEvaluateAsync(script, [HandWrittenUsers.StatusSets + filter.Status, HandWrittenUsers.Ages], [filter.LeastAge, filter.GreatestAge]);
}
