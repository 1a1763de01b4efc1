using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A filter as the query script gets it, read back for its twin.</summary>
internal abstract class QueryNode
{
    private const int FirstPage = 32;
    private const int GreatestPage = 1_024;

    /// <summary>The most entries that the index has for it; null when no index has.</summary>
    public virtual long? Size(IScriptContext context) => null;

    /// <summary>The tokens that the index has for it, each once, whatever the order.</summary>
    public virtual IEnumerable<string> Members(IScriptContext context) => [];

    /// <summary>Whether an entity passes.</summary>
    public abstract bool Matches(QueryTwin query, string token);

    /// <summary>Whether it holds for each entry of an index that is walked.</summary>
    public virtual bool IsOn(StoreKey key, QueryOrderKind kind) => false;

    /// <summary>Whether its size is the number of entities.</summary>
    public virtual bool IsExact => false;

    public static List<QueryNode> Parse(IScriptContext context, int start)
    {
        var arguments = context.Arguments;
        var nodes = new List<QueryNode>();
        var at = start + 1;
        for (var count = arguments[start].AsInt64(); count > 0; count--)
        {
            var end = at + 1 + (int)arguments[at].AsInt64();
            var stack = new Stack<QueryNode>();
            for (at++; at < end;)
            {
                at = ParseNode(context, at, stack);
            }

            nodes.Add(stack.Pop());
        }

        return nodes;
    }

    /// <summary>Reads page by page, greater and greater ones: few may be wanted.</summary>
    protected static IEnumerable<StoreValue> Paged(Func<RangeLimit, StoreValue[]> read)
    {
        var size = FirstPage;
        for (var from = 0; ; from += size, size = Math.Min(2 * size, GreatestPage))
        {
            var page = read(RangeLimit.Page(from, size));
            foreach (var member in page)
            {
                yield return member;
            }

            if (page.Length < size)
            {
                yield break;
            }
        }
    }

    private static int ParseNode(IScriptContext context, int at, Stack<QueryNode> stack)
    {
        var arguments = context.Arguments;
        switch (arguments[at].AsText()![0])
        {
            case 't':
                var keys = Take(at + 2, Number(at + 1)).Select(number => context.Keys[(int)number.AsInt64() - 1]).ToArray();
                stack.Push(new TagNode(keys));
                return at + 2 + keys.Length;
            case 'r':
                stack.Push(new RangeNode(Key(at + 1), QueryBound.Parse(arguments[at + 2]), QueryBound.Parse(arguments[at + 3])));
                return at + 4;
            case 'l':
                stack.Push(new TextNode(Key(at + 1), new TextRange(arguments[at + 2], arguments[at + 3]), Number(at + 4), arguments[at + 5].AsText()!, Number(at + 6) == 1));
                return at + 7;
            case 'u':
                var tokens = Take(at + 3, Number(at + 2)).ToArray();
                stack.Push(new ClaimNode(Key(at + 1), tokens));
                return at + 3 + tokens.Length;
            case 'g':
                var count = Number(at + 5);
                var ranges = Enumerable.Range(0, count).Select(i => new ScoreRange(arguments[at + 6 + (2 * i)].AsDouble(), arguments[at + 7 + (2 * i)].AsDouble(), excludeMax: true));
                stack.Push(new GeoNode(Key(at + 1), new GeoPosition(arguments[at + 2].AsDouble(), arguments[at + 3].AsDouble()), arguments[at + 4].AsDouble(), [.. ranges]));
                return at + 6 + (2 * count);
            case '!':
                stack.Push(new NotNode(stack.Pop()));
                return at + 1;
            case 'e':
                stack.Push(new EverythingNode());
                return at + 1;
            case var join:
                var right = stack.Pop();
                stack.Push(new JoinNode(stack.Pop(), right, join == '&'));
                return at + 1;
        }

        int Number(int index) => (int)arguments[index].AsInt64();

        StoreKey Key(int index) => context.Keys[Number(index) - 1];

        IEnumerable<StoreValue> Take(int first, int count) => arguments.Skip(first).Take(count);
    }
}
