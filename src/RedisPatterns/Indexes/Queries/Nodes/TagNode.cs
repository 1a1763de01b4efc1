using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Being in one of some sets.</summary>
internal sealed class TagNode(StoreKey[] keys) : QueryNode
{
    private const int MembersPerPage = 64;

    public override bool IsExact => keys.Length <= 1;

    public override long? Size(IScriptContext context) => keys.Sum(key => context.Call(Sets.Length(key)));

    public override IEnumerable<string> Members(IScriptContext context) => keys.Length == 1
        ? MembersOf(context, keys[0])
        : keys.SelectMany(key => MembersOf(context, key)).Distinct(StringComparer.Ordinal);

    // All of it is looked at, as the Lua does, so that a key of another type is met whatever stands before it.
    public override bool Matches(QueryTwin query, string token) => keys.Aggregate(false, (found, key) => found | query.Context.Call(Sets.Contains(key, token)));

    // Page by page: few may be wanted.
    private static IEnumerable<string> MembersOf(IScriptContext context, StoreKey key)
    {
        var cursor = 0UL;
        do
        {
            var page = context.Call(Sets.Scan(key, cursor, count: MembersPerPage));
            cursor = page.Cursor;
            foreach (var token in page.Items)
            {
                yield return token.AsText()!;
            }
        }
        while (cursor != 0);
    }
}
