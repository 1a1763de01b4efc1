using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A score within bounds.</summary>
internal sealed class RangeNode(StoreKey key, QueryBound minimum, QueryBound maximum) : QueryNode
{
    public override bool IsExact => true;

    /// <summary>The bounds.</summary>
    public ScoreRange Scores => new(minimum.Value, maximum.Value, minimum.IsExclusive, maximum.IsExclusive);

    public override long? Size(IScriptContext context) => context.Call(SortedSets.CountByScore(key, Scores));

    public override IEnumerable<string> Members(IScriptContext context) =>
        Paged(limit => context.Call(SortedSets.RangeByScore(key, Scores, limit: limit))).Select(token => token.AsText()!);

    public override bool Matches(QueryTwin query, string token) => query.Context.Call(SortedSets.Score(key, token)) is { } score && IsWithin(score);

    public override bool IsOn(StoreKey other, QueryOrderKind kind) => kind == QueryOrderKind.Score && key == other;

    private bool IsWithin(double score) =>
        (minimum.IsExclusive ? score > minimum.Value : score >= minimum.Value)
        && (maximum.IsExclusive ? score < maximum.Value : score <= maximum.Value);
}
