namespace RedisPatterns;

/// <summary>Passing both of two, or at least one.</summary>
internal sealed class JoinNode(QueryNode left, QueryNode right, bool isAnd) : QueryNode
{
    // Both are looked at, as the Lua does.
    public override bool Matches(QueryTwin query, string token) => isAnd
        ? left.Matches(query, token) & right.Matches(query, token)
        : left.Matches(query, token) | right.Matches(query, token);
}
