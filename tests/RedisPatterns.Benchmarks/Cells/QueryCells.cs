using RedisPatterns.Benchmarks.Data;
using RedisPatterns.Benchmarks.Measuring;

namespace RedisPatterns.Benchmarks.Cells;

/// <summary>Queries, lookups and counts, against the same by hand; without a hand-written side, ours alone.</summary>
internal static class QueryCells
{
    /// <summary>How many users a query or a page brings.</summary>
    public const int Take = 20;

    private const int PageCount = 50;
    private const int MaximumConcurrency = 50;
    private const string City = "oslo";
    private const string Status = "active";
    private static readonly UserFilter Common = UserFilter.Common;
    private static readonly UserFilter Rare = UserFilter.Rare;

    public static IEnumerable<Cell> Create(OurQueries ours, HandQueries? hand, UserAnswers right)
    {
        Cell Of(string name, string expected, Variant mine, params Variant?[] theirs) =>
            new(name, [mine, .. theirs.OfType<Variant>()]) { Expected = expected, MaximumConcurrency = MaximumConcurrency };

        yield return Of("common, newest 20", right.Newest(Common, Take), ours.Newest(Common), hand?.NewestOfMany(Common) ?? []);
        yield return Of("rare, newest 20", right.Newest(Rare, Take), ours.Newest(Rare), hand?.NewestOfFew(Rare) ?? []);
        yield return Of("common, pages 1 to 50", right.Newest(Common, PageCount * Take), ours.Pages(Common, PageCount), hand?.Pages(Common, PageCount));
        yield return Of("common, first", right.Newest(Common, 1), ours.First(Common), hand?.First(Common));
        yield return Of("common, any", right.Any(Common.Matches), ours.Any(Common), hand?.Any(Common));
        yield return Of("rare, any", right.Any(Rare.Matches), ours.Any(Rare), hand?.Any(Rare));
        yield return Of("one city of twelve, 20", right.Some(user => user.City == City, Take), ours.InCity(City), hand?.InCity(City) ?? []);
        yield return Of("one status, 60 %, 20", right.Some(user => user.Status == Status, Take), ours.OfStatus(Status), hand?.OfStatus(Status) ?? []);
        yield return Of("unique value", UserAnswers.Tell(Users.Make(0)), ours.Find(), hand?.Find() ?? []);
        yield return Of("count of a tag", right.Count(user => user.Status == Status), ours.CountStatus(Status), hand?.CountStatus(Status));
        yield return Of("count of a range", right.Count(Common.IsOfAge), ours.CountAges(Common), hand?.CountAges(Common));
        yield return Of("common, count", right.Count(Common.Matches), ours.Count(Common), hand?.Count(Common));
        yield return Of("rare, count", right.Count(Rare.Matches), ours.Count(Rare), hand?.Count(Rare));
    }

    /// <summary>Queries for all there are, ours alone: what is asked of them is that no single call holds the server for long.</summary>
    public static IEnumerable<Cell> CreateWhole(OurQueries ours, UserAnswers right)
    {
        yield return new Cell("common, all in order", ours.Every(Common)) { Expected = right.Newest(Common, int.MaxValue) };
        yield return new Cell("one status, 60 %, all", ours.EveryOf(Status)) { Expected = right.Some(user => user.Status == Status, int.MaxValue) };
    }
}
