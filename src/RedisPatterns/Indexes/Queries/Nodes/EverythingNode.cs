namespace RedisPatterns;

/// <summary>Passing in any case.</summary>
internal sealed class EverythingNode : QueryNode
{
    public override bool Matches(QueryTwin query, string token) => true;
}
