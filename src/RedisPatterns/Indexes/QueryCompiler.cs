namespace RedisPatterns;

/// <summary>Turns a filter into what the query script takes: keys, and conjuncts in postfix notation.</summary>
internal sealed class QueryCompiler<T>
    where T : class
{
    private readonly EntityKeys _keys;
    private readonly List<StoreKey> _keyList = [];
    private readonly Dictionary<StoreKey, int> _keyNumbers = [];

    public QueryCompiler(EntityKeys keys, Filter<T>? filter, IOrderIndex<T>? order)
    {
        _keys = keys;
        KeyNumber(keys.EntityPrefix);
        Order = order is null ? 0 : KeyNumber(keys.Ranges[order.Place]);
        var conjuncts = new List<Filter<T>>();
        Flatten(filter, conjuncts);
        Program.Add(conjuncts.Count);
        foreach (var conjunct in conjuncts)
        {
            var code = new List<StoreValue>();
            Emit(conjunct, code);
            Program.Add(code.Count);
            Program.AddRange(code);
        }
    }

    /// <summary>The keys: the prefix of documents first, then those of the indexes.</summary>
    public IReadOnlyList<StoreKey> Keys => _keyList;

    /// <summary>The number of the ordering index's key, counted from 1; 0 for none.</summary>
    public int Order { get; }

    /// <summary>The number of conjuncts, then each with its length.</summary>
    public List<StoreValue> Program { get; } = [];

    private static void Flatten(Filter<T>? filter, List<Filter<T>> conjuncts)
    {
        switch (filter)
        {
            case null or EverythingFilter<T>:
                break;
            case JoinFilter<T> { IsAnd: true } join:
                Flatten(join.Left, conjuncts);
                Flatten(join.Right, conjuncts);
                break;
            default:
                conjuncts.Add(filter);
                break;
        }
    }

    private void Emit(Filter<T> filter, List<StoreValue> code)
    {
        switch (filter)
        {
            case TagFilter<T> tag:
                code.Add("t");
                code.Add(tag.Tokens.Length);
                foreach (var token in tag.Tokens)
                {
                    code.Add(KeyNumber(_keys.TagPrefixes[tag.Place] + token));
                }

                break;
            case RangeFilter<T> range:
                code.Add("r");
                code.Add(KeyNumber(_keys.Ranges[range.Place]));
                code.Add(new QueryBound(range.Minimum, range.ExcludesMinimum).ToArgument());
                code.Add(new QueryBound(range.Maximum, range.ExcludesMaximum).ToArgument());
                break;
            case NotFilter<T> not:
                Emit(not.Inner, code);
                code.Add("!");
                break;
            case JoinFilter<T> join:
                Emit(join.Left, code);
                Emit(join.Right, code);
                code.Add(join.IsAnd ? "&" : "|");
                break;
            default:
                code.Add("e");
                break;
        }
    }

    private int KeyNumber(StoreKey key)
    {
        if (!_keyNumbers.TryGetValue(key, out var number))
        {
            _keyList.Add(key);
            _keyNumbers.Add(key, number = _keyList.Count);
        }

        return number;
    }
}
