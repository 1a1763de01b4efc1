using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>A filter as the query script gets it, read back for its twin.</summary>
internal sealed class QueryNode
{
    private readonly string _kind;
    private readonly StoreKey[] _keys;
    private readonly QueryNode[] _children;
    private readonly QueryBound _minimum;
    private readonly QueryBound _maximum;

    private QueryNode(string kind, StoreKey[]? keys = null, QueryNode[]? children = null, QueryBound minimum = default, QueryBound maximum = default)
    {
        _kind = kind;
        _keys = keys ?? [];
        _children = children ?? [];
        _minimum = minimum;
        _maximum = maximum;
    }

    public bool IsLeaf => _kind is "t" or "r";

    /// <summary>Whether it is a leaf whose size is the number of its members.</summary>
    public bool IsOneKey => IsLeaf && _keys.Length <= 1;

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
                var kind = arguments[at].AsText()!;
                switch (kind)
                {
                    case "t":
                        var keys = new StoreKey[arguments[at + 1].AsInt64()];
                        for (var i = 0; i < keys.Length; i++)
                        {
                            keys[i] = KeyAt(at + 2 + i);
                        }

                        stack.Push(new(kind, keys));
                        at += 2 + keys.Length;
                        break;
                    case "r":
                        stack.Push(new(kind, [KeyAt(at + 1)], null, QueryBound.Parse(arguments[at + 2]), QueryBound.Parse(arguments[at + 3])));
                        at += 4;
                        break;
                    case "e":
                        stack.Push(new(kind));
                        at++;
                        break;
                    case "!":
                        stack.Push(new(kind, null, [stack.Pop()]));
                        at++;
                        break;
                    default:
                        var right = stack.Pop();
                        stack.Push(new(kind, null, [stack.Pop(), right]));
                        at++;
                        break;
                }
            }

            nodes.Add(stack.Pop());
        }

        return nodes;

        StoreKey KeyAt(int index) => context.Keys[(int)arguments[index].AsInt64() - 1];
    }

    /// <summary>The tokens of a leaf's index, whatever the order.</summary>
    public IEnumerable<string> Members(IScriptContext context) => _kind == "t"
        ? _keys.SelectMany(key => context.Call(Sets.Members(key))).Select(token => token.AsText()!).Distinct(StringComparer.Ordinal)
        : context.Call(SortedSets.RangeByScore(_keys[0], Scores)).Select(token => token.AsText()!);

    /// <summary>How many entries a leaf's index has for it; an entity that has several of its tags counts as often.</summary>
    public long Size(IScriptContext context) => _kind == "t"
        ? _keys.Sum(key => context.Call(Sets.Length(key)))
        : context.Call(SortedSets.CountByScore(_keys[0], Scores));

    // All of it is looked at, as the Lua does, so that a key of another type is met whatever stands before it.
    public bool Matches(IScriptContext context, string token) => _kind switch
    {
        "t" => _keys.Aggregate(false, (found, key) => found | context.Call(Sets.Contains(key, token))),
        "r" => context.Call(SortedSets.Score(_keys[0], token)) is { } score && IsWithin(score),
        "!" => !_children[0].Matches(context, token),
        "&" => _children[0].Matches(context, token) & _children[1].Matches(context, token),
        "|" => _children[0].Matches(context, token) | _children[1].Matches(context, token),
        _ => true,
    };

    private ScoreRange Scores => new(_minimum.Value, _maximum.Value, _minimum.IsExclusive, _maximum.IsExclusive);

    private bool IsWithin(double score) =>
        (_minimum.IsExclusive ? score > _minimum.Value : score >= _minimum.Value)
        && (_maximum.IsExclusive ? score < _maximum.Value : score <= _maximum.Value);
}
