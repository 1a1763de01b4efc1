namespace RedisPatterns;

/// <summary>Not passing another.</summary>
internal sealed class NotNode(QueryNode inner) : QueryNode
{
    public override bool Matches(QueryTwin query, string token) => !inner.Matches(query, token);
}
