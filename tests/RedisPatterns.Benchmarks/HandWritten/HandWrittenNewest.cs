using RedisPatterns.Benchmarks.Data;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>The newest users that match, by hand, in the ways that plain Redis leaves.</summary>
internal sealed class HandWrittenNewest(IDatabase database, byte[] walk, byte[] collect)
{
    private const int Page = 300;
    private static readonly RedisKey Ages = HandWrittenUsers.Ages;
    private static readonly RedisKey Dates = HandWrittenUsers.Dates;
    private readonly string _temporary = $"{{hand}}:temporary:{Guid.NewGuid():N}:";
    private long _count;

    public static async Task<HandWrittenNewest> CreateAsync(IDatabase database)
    {
        var server = database.Multiplexer.GetServers()[0];
        return new(
            database,
            await server.ScriptLoadAsync(HandWrittenQueryScripts.Walk),
            await server.ScriptLoadAsync(HandWrittenQueryScripts.Collect));
    }

    /// <summary>A script that walks the order index; goes on behind a user when one is given.</summary>
    public async Task<List<User>> ByWalkAsync(UserFilter filter, int take, User? after = null)
    {
        RedisValue[] values = after is null
            ? [filter.LeastAge, filter.GreatestAge, take]
            : [filter.LeastAge, filter.GreatestAge, take, after.Id, after.Created.ToUnixTimeMilliseconds()];
        return HandWrittenUsers.Read(await database.ScriptEvaluateAsync(walk, KeysOf(filter), values).ConfigureAwait(false));
    }

    /// <summary>A script that collects those of the ages, which are fewer than those of the status, and sorts what is left.</summary>
    public async Task<List<User>> ByCollectingAsync(UserFilter filter, int take) => HandWrittenUsers.Read(
        await database.ScriptEvaluateAsync(collect, KeysOf(filter), [filter.LeastAge, filter.GreatestAge, take]).ConfigureAwait(false));

    /// <summary>
    /// Without scripts, all or nothing: the server intersects into a temporary key, whose scores are the dates. SORT fetches the
    /// documents in that order, so that no second trip is needed.
    /// </summary>
    public async Task<List<User>> ByTemporaryKeyAsync(UserFilter filter, int take)
    {
        RedisKey temporary = _temporary + Interlocked.Increment(ref _count);
        var transaction = database.CreateTransaction();
        var ages = transaction.SortedSetRangeAndStoreAsync(Ages, temporary, filter.LeastAge, filter.GreatestAge, SortedSetOrder.ByScore);
        var found = transaction.SortedSetCombineAndStoreAsync(SetOperation.Intersect, temporary, [temporary, HandWrittenUsers.StatusSets + filter.Status, Dates], [0, 0, 1]);
        var documents = transaction.SortAsync(temporary, 0, take, Order.Descending, SortType.Numeric, "nosort", [HandWrittenUsers.Prefix + "*"]);
        var removed = transaction.KeyDeleteAsync(temporary);
        if (!await transaction.ExecuteAsync().ConfigureAwait(false)) throw new InvalidOperationException("The transaction was refused.");
        await Task.WhenAll(ages, found, removed).ConfigureAwait(false);
        return HandWrittenUsers.Read(await documents.ConfigureAwait(false));
    }

    /// <summary>Without scripts, four calls: those of the ages, which of them have the status, their dates, and the documents.</summary>
    public async Task<List<User>> OnTheClientAsync(UserFilter filter, int take)
    {
        var ids = await database.SortedSetRangeByScoreAsync(Ages, filter.LeastAge, filter.GreatestAge).ConfigureAwait(false);
        if (ids.Length == 0) return [];
        var isMember = await database.SetContainsAsync(HandWrittenUsers.StatusSets + filter.Status, ids).ConfigureAwait(false);
        RedisValue[] some = [.. ids.Where((_, i) => isMember[i])];
        if (some.Length == 0) return [];
        var dates = await database.SortedSetScoresAsync(Dates, some).ConfigureAwait(false);
        var keys = some.Zip(dates, (id, date) => (Id: id, Date: date))
            .Where(row => row.Date is not null)
            .OrderByDescending(row => row.Date)
            .ThenByDescending(row => (string)row.Id!, StringComparer.Ordinal)
            .Take(take)
            .Select(row => (RedisKey)(HandWrittenUsers.Prefix + row.Id));
        return HandWrittenUsers.Read(await database.StringGetAsync([.. keys]).ConfigureAwait(false));
    }

    /// <summary>Without scripts, page by page: ids from the order index, then status and age of each together, until there are enough.</summary>
    public async Task<List<User>> ByPagesAsync(UserFilter filter, int take)
    {
        var keys = new List<RedisKey>(take);
        for (var from = 0; keys.Count < take; from += Page)
        {
            var ids = await database.SortedSetRangeByRankAsync(Dates, from, from + Page - 1, Order.Descending).ConfigureAwait(false);
            if (ids.Length == 0) break;
            var members = database.SetContainsAsync(HandWrittenUsers.StatusSets + filter.Status, ids);
            var ages = await database.SortedSetScoresAsync(Ages, ids).ConfigureAwait(false);
            var isMember = await members.ConfigureAwait(false);
            for (var i = 0; i < ids.Length && keys.Count < take; i++)
            {
                if (isMember[i] && ages[i] >= filter.LeastAge && ages[i] <= filter.GreatestAge) keys.Add(HandWrittenUsers.Prefix + ids[i]);
            }
        }

        return keys.Count == 0 ? [] : HandWrittenUsers.Read(await database.StringGetAsync([.. keys]).ConfigureAwait(false));
    }

    private static RedisKey[] KeysOf(UserFilter filter) => [Dates, HandWrittenUsers.StatusSets + filter.Status, Ages, HandWrittenUsers.Prefix];
}
