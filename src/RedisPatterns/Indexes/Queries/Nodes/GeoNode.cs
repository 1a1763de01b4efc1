using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Being within a distance of a place.</summary>
internal sealed class GeoNode(StoreKey key, GeoPosition centre, double metres, ScoreRange[] ranges) : QueryNode
{
    public override long? Size(IScriptContext context) => ranges.Sum(range => context.Call(SortedSets.CountByScore(key, range)));

    public override IEnumerable<string> Members(IScriptContext context) => ranges
        .SelectMany(range => context.Call(SortedSets.RangeByScore(key, range)))
        .Select(token => token.AsText()!)
        .Where(token => IsNear(context, token));

    public override bool Matches(QueryTwin query, string token) => IsNear(query.Context, token);

    /// <summary>The distance of an entity from a place; null when it has no place.</summary>
    public static double? DistanceOf(IScriptContext context, StoreKey key, GeoPosition centre, string token) =>
        context.Call(SortedSets.Score(key, token)) is { } score ? GeoGrid.Distance(centre, GeoGrid.PlaceOf(score)) : null;

    private bool IsNear(IScriptContext context, string token) => DistanceOf(context, key, centre, token) <= metres;
}
