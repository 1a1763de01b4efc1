using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Holding one of some unique values.</summary>
internal sealed class ClaimNode(StoreKey key, StoreValue[] values) : QueryNode
{
    private HashSet<string>? _holders;

    public override bool IsExact => true;

    public override long? Size(IScriptContext context) => Holders(context).Count;

    public override IEnumerable<string> Members(IScriptContext context) => Holders(context);

    public override bool Matches(QueryTwin query, string token) => Holders(query.Context).Contains(token);

    private HashSet<string> Holders(IScriptContext context) => _holders ??=
        [.. values.Select(value => context.Call(Hashes.Get(key, value)).AsText()).OfType<string>()];
}
