using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>Turns a filter and an order into what the query script takes: keys, and conjuncts in postfix notation.</summary>
/// <remarks>
/// Each conjunct has its length before it. Leaves: <c>t</c>, a number of sets and these; <c>r</c>, key, least and greatest
/// score; <c>l</c>, key, first text, end, segment in memos, index in words, whether there are several values; <c>u</c>, key, a
/// number of values and these; <c>g</c>, key, longitude, latitude, metres, a number of ranges of scores and these; <c>e</c>,
/// everything. Then <c>!</c>, <c>&amp;</c> and <c>|</c>.
/// </remarks>
internal sealed class QueryCompiler<T>
    where T : class
{
    private readonly EntityStorage<T> _storage;
    // Of so few keys one is found sooner by looking at each.
    private const int FewKeys = 16;
    private const int FirstKeys = 4;

    private readonly List<StoreKey> _keys;
    private Dictionary<StoreKey, int>? _numbers;
    private readonly List<EntityIndex<T>> _indexes = [];

    public QueryCompiler(EntityStorage<T> storage, Filter<T>? filter, QueryOrdering<T> ordering)
    {
        _storage = storage;
        Ordering = ordering;
        _keys = new(FirstKeys) { storage.Keys.EntityPrefix, storage.Keys.MemoPrefix, storage.Keys.Catalogue };
        if (ordering.Index is not null)
        {
            Number(KeyOf(ordering.Index));
        }

        Flatten(filter, Conjuncts);
        if (ordering.Index is not null)
        {
            Need(ordering.Index);
        }

        Program.Add(Conjuncts.Count);
        foreach (var conjunct in Conjuncts)
        {
            var length = Program.Count;
            Program.Add(0);
            Emit(conjunct, Program);
            Program[length] = Program.Count - length - 1;
            Parts |= PartsOf(conjunct);
        }

        Checks = _indexes.Count == 0
            ? [IndexField.OfDefinition(IndexField.ListDefinition), IndexField.ReadyValue(IndexField.ListDefinition)]
            : [.. _indexes.Select(index => index.CatalogueField), .. _indexes.Select(index => index.ReadyField)];
    }

    /// <summary>The indexes that the query needs.</summary>
    public IReadOnlyCollection<EntityIndex<T>> Indexes => _indexes;

    /// <summary>What the script finds out whether they are ready by: fields of the catalogue, and what they must be; without an index the list of entities.</summary>
    public StoreValue[] Checks { get; }

    public QueryOrdering<T> Ordering { get; }

    /// <summary>The filters that every row must pass.</summary>
    public List<Filter<T>> Conjuncts { get; } = [];

    /// <summary>The keys: prefixes and catalogue first, then that of the order, then those of the other indexes.</summary>
    public StoreKey[] Keys => [.. _keys];

    /// <summary>Whether all it asks for is one set, in any order.</summary>
    public bool IsSet => Ordering.Kind == QueryOrderKind.Any && Conjuncts is [TagFilter<T> { Tokens.Length: 1 }];

    /// <summary>What the conjuncts need of the script.</summary>
    public QueryParts Parts { get; private set; }

    /// <summary>The number of conjuncts, then each with its length.</summary>
    public List<StoreValue> Program { get; } = [];

    /// <summary>What tells this query from others, in whatever keyspace: a cursor of one is no good for another.</summary>
    public string Identity => QueryIdentity.Of(_storage.Schema.Name, Ordering, Conjuncts);

    /// <summary>The place of an index among the segments of a memo, counted from 1; 0 for one that has none.</summary>
    public int SegmentOf(EntityIndex<T> index) => _storage.Schema.Indexes.IndexOf(index) is var place && place < _storage.Schema.Shape.SegmentCount ? place + 1 : 0;

    /// <summary>The command that counts the rows, where one index alone answers.</summary>
    public StoreCommand<long>? Counting() => Conjuncts is not [var only] ? null : only switch
    {
        TagFilter<T> { Tokens: [var token] } tag => Sets.Length(_storage.Keys.TagPrefixes[tag.Index.Place] + token),
        RangeFilter<T> range => SortedSets.CountByScore(KeyOf(range.Index), new(range.Minimum.Value, range.Maximum.Value, range.Minimum.IsExclusive, range.Maximum.IsExclusive)),
        TextFilter<T> { Index.Slot.IsMany: false } text => SortedSets.CountByLex(KeyOf(text.Index), text.Range.ToLexRange()),
        _ => null,
    };

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

    // Of a conjunct: alone it is a leaf, and one set or one span of scores is tested without further ado.
    private static QueryParts PartsOf(Filter<T> conjunct) => PartsWithin(conjunct) | conjunct switch
    {
        TagFilter<T> tag => QueryParts.Leaf | QueryParts.Sets | (tag.Tokens.Length == 1 ? QueryParts.None : QueryParts.General),
        RangeFilter<T> => QueryParts.Leaf,
        TextFilter<T> or ClaimFilter<T> or GeoFilter<T> => QueryParts.Leaf | QueryParts.General,
        _ => QueryParts.General,
    };

    private static QueryParts PartsWithin(Filter<T> filter) => filter switch
    {
        RangeFilter<T> => QueryParts.Ranges,
        TextFilter<T> => QueryParts.Texts,
        GeoFilter<T> => QueryParts.Places,
        NotFilter<T> not => PartsWithin(not.Inner),
        JoinFilter<T> join => PartsWithin(join.Left) | PartsWithin(join.Right),
        _ => QueryParts.None,
    };

    private static EntityIndex<T>? IndexOf(Filter<T> filter) => filter switch
    {
        TagFilter<T> tag => tag.Index,
        RangeFilter<T> range => range.Index,
        TextFilter<T> text => text.Index,
        ClaimFilter<T> claim => claim.Index,
        GeoFilter<T> geo => geo.Index,
        _ => null,
    };

    private void Emit(Filter<T> filter, List<StoreValue> code)
    {
        if (IndexOf(filter) is { } index)
        {
            Need(index);
        }

        switch (filter)
        {
            case TagFilter<T> tag:
                code.Add("t");
                code.Add(tag.Tokens.Length);
                foreach (var token in tag.Tokens)
                {
                    code.Add(Number(_storage.Keys.TagPrefixes[tag.Index.Place] + token));
                }

                break;
            case RangeFilter<T> range:
                code.Add("r");
                code.Add(Number(KeyOf(range.Index)));
                code.Add(range.Minimum.ToArgument());
                code.Add(range.Maximum.ToArgument());
                break;
            case TextFilter<T> text:
                code.AddRange(
                    ["l", Number(KeyOf(text.Index)), text.Range.First, text.Range.End, SegmentOf(text.Index), text.Index.Slot.ToString(), text.Index.Slot.IsMany ? 1 : 0]);
                break;
            case ClaimFilter<T> claim:
                code.AddRange(["u", Number(KeyOf(claim.Index)), claim.Tokens.Length]);
                code.AddRange(claim.Tokens.Select(token => (StoreValue)token));
                break;
            case GeoFilter<T> geo:
                var ranges = GeoGrid.Cover(geo.Centre, geo.Metres);
                code.AddRange(["g", Number(KeyOf(geo.Index)), geo.Centre.Longitude, geo.Centre.Latitude, geo.Metres, ranges.Count]);
                code.AddRange(ranges.SelectMany(range => new StoreValue[] { range.First, range.End }));
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

    private void Need(EntityIndex<T> index)
    {
        if (!_indexes.Contains(index))
        {
            _indexes.Add(index);
        }
    }

    private StoreKey KeyOf(EntityIndex<T> index) => index.Slot.Form switch
    {
        IndexForm.Claim => _storage.Keys.Uniques[index.Place],
        IndexForm.Score => _storage.Keys.Ranges[index.Place],
        _ => _storage.Keys.Texts[index.Place],
    };

    private int Number(StoreKey key)
    {
        if (_keys.Count < FewKeys)
        {
            if (_keys.IndexOf(key) is var place and >= 0)
            {
                return place + 1;
            }

            _keys.Add(key);
            return _keys.Count;
        }

        _numbers ??= _keys.Select((known, i) => (known, i)).ToDictionary(pair => pair.known, pair => pair.i + 1);
        if (!_numbers.TryGetValue(key, out var number))
        {
            _keys.Add(key);
            _numbers.Add(key, number = _keys.Count);
        }

        return number;
    }
}
