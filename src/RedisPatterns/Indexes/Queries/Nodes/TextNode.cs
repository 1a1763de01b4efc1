using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A text within bounds: one of an entity's, where it may have several.</summary>
internal sealed class TextNode(StoreKey key, TextRange range, int segment, string name, bool isMany) : QueryNode
{
    /// <summary>The bounds.</summary>
    public TextRange Range => range;

    public override bool IsExact => !isMany;

    public override long? Size(IScriptContext context) => context.Call(SortedSets.CountByLex(key, range.ToLexRange()));

    public override IEnumerable<string> Members(IScriptContext context)
    {
        return Paged(limit => context.Call(SortedSets.RangeByLex(key, range.ToLexRange(), limit: limit))).Select(TokenOf).Distinct(StringComparer.Ordinal);

        static string TokenOf(StoreValue member)
        {
            _ = OrderedText.TrySplit(member.AsText()!, out _, out var token);
            return token;
        }
    }

    public override bool Matches(QueryTwin query, string token) =>
        Array.Exists(Memo.Values(query.SegmentOf(token, segment, name)), text => range.Contains(((StoreValue)OrderedText.Member(text, token)).AsMemory().Span));

    public override bool IsOn(StoreKey other, QueryOrderKind kind) => kind == QueryOrderKind.Text && key == other && !isMany;
}
