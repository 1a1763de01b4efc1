using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Being in one of some sets.</summary>
internal sealed class TagNode(StoreKey[] keys) : QueryNode
{
    public override bool IsExact => keys.Length <= 1;

    public override long? Size(IScriptContext context) => keys.Sum(key => context.Call(Sets.Length(key)));

    public override IEnumerable<string> Members(IScriptContext context) =>
        keys.SelectMany(key => context.Call(Sets.Members(key))).Select(token => token.AsText()!).Distinct(StringComparer.Ordinal);

    // All of it is looked at, as the Lua does, so that a key of another type is met whatever stands before it.
    public override bool Matches(QueryTwin query, string token) => keys.Aggregate(false, (found, key) => found | query.Context.Call(Sets.Contains(key, token)));
}
