using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>What is asked, through the repository.</summary>
internal sealed class OurQueries(Repository<User, UserModel> repository, User[] users)
{
    private const string Name = "ours";

    public Variant Newest(UserFilter filter) => QueryVariant.Of(Name, () => NewestAsync(filter), UserAnswers.Tell);

    /// <summary>Page after page, the newest first.</summary>
    public Variant Pages(UserFilter filter, int pages) => QueryVariant.Of(
        Name,
        async () =>
        {
            var all = new List<User>();
            string? cursor = null;
            for (var page = 0; page < pages && (page == 0 || cursor is not null); page++)
            {
                var found = await Ordered(filter).ToPageAsync(QueryCells.Take, cursor).ConfigureAwait(false);
                all.AddRange(found.Items);
                cursor = found.Cursor;
            }

            return all;
        },
        UserAnswers.Tell);

    public Variant First(UserFilter filter) => QueryVariant.Of(Name, () => Ordered(filter).FirstOrDefaultAsync().AsTask(), UserAnswers.Tell);

    public Variant InCity(string city) => QueryVariant.Of(
        Name,
        () => repository.Query(model => model.ByCity.Is(city)).Take(QueryCells.Take).ToListAsync().AsTask(),
        found => UserAnswers.TellSome(found, user => user.City == city));

    public Variant OfStatus(string status) => QueryVariant.Of(
        Name,
        () => repository.Query(model => model.ByStatus.Is(status)).Take(QueryCells.Take).ToListAsync().AsTask(),
        found => UserAnswers.TellSome(found, user => user.Status == status));

    public Variant Find() => QueryVariant.Of(Name, i => repository.FindAsync(model => model.ByEmail, users[i % users.Length].Email).AsTask(), UserAnswers.Tell);

    public Variant CountStatus(string status) => QueryVariant.Of(Name, () => repository.Query(model => model.ByStatus.Is(status)).CountAsync().AsTask(), UserAnswers.Tell);

    public Variant CountAges(UserFilter filter) => QueryVariant.Of(
        Name, () => repository.Query(model => model.ByAge.Between(filter.LeastAge, filter.GreatestAge)).CountAsync().AsTask(), UserAnswers.Tell);

    public Variant Count(UserFilter filter) => QueryVariant.Of(Name, () => Query(filter).CountAsync().AsTask(), UserAnswers.Tell);

    public Variant Any(UserFilter filter) => QueryVariant.Of(Name, () => Query(filter).AnyAsync().AsTask(), UserAnswers.Tell);

    /// <summary>All that match, in order: takes many calls.</summary>
    public Variant Every(UserFilter filter) => QueryVariant.Of(Name, () => Ordered(filter).ToListAsync().AsTask(), UserAnswers.Tell);

    /// <summary>All of a status, in any order: takes many calls.</summary>
    public Variant EveryOf(string status) => QueryVariant.Of(
        Name,
        () => repository.Query(model => model.ByStatus.Is(status)).ToListAsync().AsTask(),
        found => UserAnswers.TellSome(found, user => user.Status == status));

    private Task<IReadOnlyList<User>> NewestAsync(UserFilter filter) => Ordered(filter).Take(QueryCells.Take).ToListAsync().AsTask();

    private Query<User, UserModel> Ordered(UserFilter filter) => Query(filter).OrderByDescending(model => model.ByCreated);

    private Query<User, UserModel> Query(UserFilter filter) =>
        repository.Query(model => model.ByStatus.Is(filter.Status) & model.ByAge.Between(filter.LeastAge, filter.GreatestAge));
}
