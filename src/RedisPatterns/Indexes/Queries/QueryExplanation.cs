using System.Globalization;
using System.Text;

namespace RedisPatterns;

/// <summary>How a query was answered.</summary>
/// <param name="Strategy">The way.</param>
/// <param name="DrivingIndex">The name of the index that was gone through; null when it was the list of all entities.</param>
/// <param name="OrderIndex">The name of the index that gives the order; null without one.</param>
/// <param name="Probes">The conditions, and what is known of each. The one that drives is not tested again.</param>
/// <param name="EntriesTouched">How many entries were gone through.</param>
/// <param name="Calls">Calls of the store.</param>
/// <param name="Rows">How many rows were found.</param>
public sealed record QueryExplanation(
    QueryStrategy Strategy, string? DrivingIndex, string? OrderIndex, IReadOnlyList<QueryProbe> Probes, long EntriesTouched, int Calls, int Rows)
{
    /// <summary>In how many partitions it was answered, each in its own way; the explanation is that of the first, with the numbers of all.</summary>
    public int Partitions { get; init; } = 1;

    // What the script tells before the sizes: the driving and the ordering conjunct, the cost of a walk, the size of the order.
    private const int HeadLength = 4;

    /// <summary>The explanation in a few lines of text, without values.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Strategy} {DrivingIndex ?? "all entities"}");
        text.Append(OrderIndex is null ? "" : $", ordered by {OrderIndex}");
        text.Append(CultureInfo.InvariantCulture, $": {EntriesTouched} entries in {Calls} calls, {Rows} rows");
        text.Append(Partitions == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {Partitions} partitions"));
        foreach (var probe in Probes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {probe.Condition}: {(probe.Entries is { } entries ? $"{entries} entries" : "tested")}");
        }

        return text.ToString();
    }

    internal static QueryExplanation OfPartitions(IReadOnlyList<QueryExplanation> all, int rows) => all[0] with
    {
        Probes = [.. all[0].Probes.Select((probe, i) => probe with { Entries = probe.Entries is null ? null : all.Sum(one => one.Probes[i].Entries ?? 0) })],
        EntriesTouched = all.Sum(one => one.EntriesTouched),
        Calls = all.Sum(one => one.Calls),
        Rows = rows,
        Partitions = all.Count,
    };

    internal static QueryExplanation Of<T>(QueryCompiler<T> query, QueryWork work, int rows, bool hasList)
        where T : class
    {
        var estimates = work.Estimates;
        var probes = query.Conjuncts.Select((filter, i) => new QueryProbe(
            Describe(filter), IndexOf(filter)?.Name, estimates.Count > HeadLength + i && estimates[HeadLength + i] >= 0 ? estimates[HeadLength + i] : null)).ToList();
        var best = estimates.Count > 0 ? (int)estimates[0] - 1 : -1;

        // Where nothing is to be taken nothing is called, and there is no plan.
        var strategy = !hasList ? QueryStrategy.Everything : work.Plan switch
        {
            ['W', ..] => query.Ordering.Index is null ? QueryStrategy.Everything : QueryStrategy.Walk,
            ['M', ..] => QueryStrategy.Everything,
            ['P', ..] => QueryStrategy.Pieces,
            _ => QueryStrategy.Collect,
        };
        var driver = strategy switch
        {
            QueryStrategy.Walk => query.Ordering.Index?.Name,
            QueryStrategy.Everything => null,
            _ => best >= 0 ? probes[best].Index : null,
        };
        return new(strategy, driver, query.Ordering.Index?.Name, probes, work.Touched, work.Calls, rows);
    }

    private static EntityIndex<T>? IndexOf<T>(Filter<T> filter)
        where T : class => filter switch
        {
            TagFilter<T> tag => tag.Index,
            RangeFilter<T> range => range.Index,
            TextFilter<T> text => text.Index,
            ClaimFilter<T> claim => claim.Index,
            GeoFilter<T> geo => geo.Index,
            _ => null,
        };

    private static string Describe<T>(Filter<T> filter)
        where T : class => filter switch
        {
            TagFilter<T> tag => $"{tag.Index.Name} is one of {tag.Tokens.Length}",
            ClaimFilter<T> claim => $"{claim.Index.Name} is one of {claim.Tokens.Length}",
            RangeFilter<T> range => $"{range.Index.Name} within bounds",
            TextFilter<T> text => $"{text.Index.Name} within bounds",
            GeoFilter<T> geo => $"{geo.Index.Name} near",
            NotFilter<T> not => $"not ({Describe(not.Inner)})",
            JoinFilter<T> join => $"({Describe(join.Left)} {(join.IsAnd ? "and" : "or")} {Describe(join.Right)})",
            _ => "everything",
        };
}
