using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.HandWritten;
using RedisPatterns.Benchmarks.Measuring;
using StackExchange.Redis;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>The same questions by hand, each in the ways that are worth a comparison.</summary>
internal sealed class HandQueries(HandWrittenNewest newest, HandWrittenLookups lookups, HandWrittenCheckedLookups looks, User[] users)
{
    public static async Task<HandQueries> CreateAsync(IDatabase database, User[] users) =>
        new(await HandWrittenNewest.CreateAsync(database), await HandWrittenLookups.CreateAsync(database), await HandWrittenCheckedLookups.CreateAsync(database), users);

    /// <summary>A walk is the best for many matches: the first few hundred of the order index suffice.</summary>
    public Variant[] NewestOfMany(UserFilter filter) =>
    [
        Newest("script, walk", filter, newest.ByWalkAsync),
        Newest("client, by pages", filter, newest.ByPagesAsync),
        Newest("client, sets", filter, newest.OnTheClientAsync),
        Newest("temporary key, MULTI", filter, newest.ByTemporaryKeyAsync),
    ];

    /// <summary>To collect and sort is the best for few matches.</summary>
    public Variant[] NewestOfFew(UserFilter filter) =>
    [
        Newest("script, collect", filter, newest.ByCollectingAsync),
        Newest("script, walk", filter, newest.ByWalkAsync),
        Newest("client, sets", filter, newest.OnTheClientAsync),
        Newest("temporary key, MULTI", filter, newest.ByTemporaryKeyAsync),
    ];

    public Variant Pages(UserFilter filter, int pages) => QueryVariant.Of(
        "script, walk",
        async () =>
        {
            var all = new List<User>();
            for (var page = 0; page < pages; page++)
            {
                var found = await newest.ByWalkAsync(filter, QueryCells.Take, page == 0 ? null : all[^1]).ConfigureAwait(false);
                all.AddRange(found);
                if (found.Count < QueryCells.Take) break;
            }

            return all;
        },
        UserAnswers.Tell);

    public Variant First(UserFilter filter) => QueryVariant.Of("script, walk", () => newest.ByWalkAsync(filter, 1), UserAnswers.Tell);

    public Variant[] InCity(string city) =>
    [
        QueryVariant.Of("script, SSCAN", () => lookups.OfCityAsync(city, QueryCells.Take), found => UserAnswers.TellSome(found, user => user.City == city)),
        QueryVariant.Of("the same, if ready", () => looks.OfCityAsync(city, QueryCells.Take), found => UserAnswers.TellSome(found, user => user.City == city)),
    ];

    public Variant[] OfStatus(string status) =>
    [
        QueryVariant.Of("script, SSCAN", () => lookups.OfStatusAsync(status, QueryCells.Take), found => UserAnswers.TellSome(found, user => user.Status == status)),
        QueryVariant.Of("the same, if ready", () => looks.OfStatusAsync(status, QueryCells.Take), found => UserAnswers.TellSome(found, user => user.Status == status)),
    ];

    public Variant[] Find() =>
    [
        QueryVariant.Of("script, HGET and GET", i => lookups.FindAsync(users[i % users.Length].Email), UserAnswers.Tell),
        QueryVariant.Of("the same, if ready", i => looks.FindAsync(users[i % users.Length].Email), UserAnswers.Tell),
    ];

    public Variant CountStatus(string status) => QueryVariant.Of("SCARD", () => lookups.CountStatusAsync(status), UserAnswers.Tell);

    public Variant CountAges(UserFilter filter) => QueryVariant.Of("ZCOUNT", () => lookups.CountAgesAsync(filter), UserAnswers.Tell);

    public Variant Count(UserFilter filter) => QueryVariant.Of("script, SMISMEMBER", () => lookups.CountAsync(filter), UserAnswers.Tell);

    public Variant Any(UserFilter filter) => QueryVariant.Of("script, SMISMEMBER", () => lookups.AnyAsync(filter), UserAnswers.Tell);

    private static Variant Newest(string name, UserFilter filter, Func<UserFilter, int, Task<List<User>>> ask) =>
        QueryVariant.Of(name, () => ask(filter, QueryCells.Take), UserAnswers.Tell);

    private static Variant Newest(string name, UserFilter filter, Func<UserFilter, int, User?, Task<List<User>>> ask) =>
        QueryVariant.Of(name, () => ask(filter, QueryCells.Take, null), UserAnswers.Tell);
}
