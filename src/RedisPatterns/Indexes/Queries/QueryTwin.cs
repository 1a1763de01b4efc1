using System.Globalization;
using System.Runtime.InteropServices;
using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>
/// What <see cref="QueryScript"/> answers, in C#: the same rows in the same order. It holds up nobody else's server, so it
/// needs no budget, and finishes in one call.
/// </summary>
internal sealed class QueryTwin
{
    private const int PageSize = 256;
    private const int SampledBuckets = 8;

    private readonly IReadOnlyList<StoreValue> _arguments;
    private readonly QueryForm _form;
    private readonly List<QueryNode> _nodes;
    private readonly string[] _names;
    private readonly long _take;
    private readonly QueryWant _want;
    private readonly QueryOrderKind _kind;
    private readonly StoreKey _orderKey;
    private readonly bool _descends;
    private readonly Dictionary<string, string[]> _shapes = new(StringComparer.Ordinal);
    private readonly List<string> _tokens = [];
    private readonly List<StoreReply> _contents = [];
    private readonly List<StoreReply> _keys = [];
    private long _found;
    private long _touched;
    private (string Token, StoreValue Key)? _last;

    public QueryTwin(IScriptContext context, QueryForm form)
    {
        Context = context;
        _form = form;
        _arguments = context.Arguments;
        _take = _arguments[0].AsInt64() is var take and > 0 ? take : long.MaxValue;
        (_want, _kind, _descends) = (form.Want, form.Kind, form.Descends);
        _orderKey = form.HasOrder ? context.Keys[QueryForm.OrderKey] : default;
        _names = [.. _arguments.Skip(form.FirstName).Take(form.Names).Select(name => name.AsText()!)];
        _nodes = form.IsSet ? [new TagNode([context.Keys[^1]])] : QueryNode.Parse(context, form.Program);
    }

    public IScriptContext Context { get; }

    private GeoPosition Centre => new(_arguments[_form.Centre].AsDouble(), _arguments[_form.Centre + 1].AsDouble());

    private QueryPosition After => _form.IsSet ? QueryPosition.Start : new(_arguments[5], _arguments[6]);

    public StoreReply Run()
    {
        if (!AreIndexesReady())
        {
            return StoreReply.Array(StoreReply.FromValue("stale"));
        }

        var sizes = _nodes.ConvertAll(node => node.Size(Context));
        var best = -1;
        for (var i = 0; i < sizes.Count; i++)
        {
            best = sizes[i] is { } size && (best < 0 || size < sizes[best]) ? i : best;
        }

        if (_want == QueryWant.Count && _nodes.Count == 1 && best == 0 && _nodes[0].IsExact)
        {
            _found = Math.Min(sizes[0]!.Value, long.MaxValue);
            return Reply("N", hasMore: false, null);
        }

        var on = _nodes.FindIndex(node => node.IsOn(_orderKey, _kind));
        var entries = EntryCount();
        var cost = CostOfWalk(sizes, on, entries);
        var walks = _kind is QueryOrderKind.Score or QueryOrderKind.Text or QueryOrderKind.Primary;
        var isWalk = walks && (best < 0 || cost <= sizes[best]!.Value * 2.0 || best == on);
        var plan = isWalk ? "W" : best < 0 ? "M" : _want == QueryWant.Count ? "N" : "C";
        var hasMore = isWalk ? Emit(Walk(on < 0 ? null : _nodes[on]).Where(row => PassesAll(row.Token)))
            : best < 0 ? Emit(Entities(0, null).Where(row => PassesAll(row.Token)))
            : Emit(Collect(best));
        return Reply(plan, hasMore, [best + 1, on + 1, walks ? (long)Math.Ceiling(Math.Min(cost, long.MaxValue / 2)) : -1, entries, .. sizes.Select(size => size ?? -1)]);
    }

    private bool AreIndexesReady()
    {
        var (first, count) = (_form.FirstCheck, _form.Checks);
        var states = Context.Call(Hashes.GetMany(Context.Keys[2], [.. _arguments.Skip(first).Take(count)]));
        return Enumerable.Range(0, count).All(i => states[i] == _arguments[first + count + i] || (states[i].IsNull && !Context.Call(Keys.Exists(Context.Keys[2]))));
    }

    /// <summary>The segment of an entity's memo in which an index has its values; empty for none.</summary>
    public string SegmentOf(string token, int segment, string name)
    {
        if (!Memo.TryParse(Context.Call(Hashes.Get(Bucket(KeyGrammar.MemoBucket(token)), token)).AsText() ?? "", out var memo))
        {
            return "";
        }

        var place = memo.Value.Stamp == Text(_form.Stamp) ? segment - 1 : Array.IndexOf(ShapeOf(memo.Value.Stamp), name);
        return place >= 0 && place < memo.Value.Segments.Length ? memo.Value.Segments[place] : "";
    }

    // The indexes of another shape that have a segment, in order.
    private string[] ShapeOf(string stamp) => CollectionsMarshal.GetValueRefOrAddDefault(_shapes, stamp, out _) ??=
        [.. (Context.Call(Hashes.Get(Context.Keys[2], stamp)).AsText() ?? "").Split('|').Where(index => !index.StartsWith("r:", StringComparison.Ordinal))];

    private string Text(int index) => _arguments[index].AsText()!;

    private StoreKey Bucket(int number) => Context.Keys[1] + number.ToString(CultureInfo.InvariantCulture);

    private bool PassesAll(string token) => _nodes.TrueForAll(node => node.Matches(this, token));

    private long EntryCount() => _kind switch
    {
        QueryOrderKind.Primary => Enumerable.Range(0, SampledBuckets).Sum(i => Context.Call(Hashes.Length(Bucket(i * (KeyGrammar.MemoBuckets / SampledBuckets)))) * (KeyGrammar.MemoBuckets / SampledBuckets)),
        QueryOrderKind.Any => 0,
        _ => Context.Call(SortedSets.Length(_orderKey)),
    };

    private double CostOfWalk(List<long?> sizes, int on, long entries)
    {
        var most = Math.Max(entries, sizes.Max() ?? 0);
        var share = 1.0;
        for (var i = 0; i < sizes.Count; i++)
        {
            share *= sizes[i] is { } size && i != on && most > 0 ? Math.Min(1, (double)size / most) : 1;
        }

        double inside = on >= 0 ? sizes[on]!.Value : entries;
        var cost = share > 0 ? Math.Min(inside, _take / share) : inside;

        // The list of all entities lies in buckets, which are gone through even where they are empty.
        return _kind != QueryOrderKind.Primary ? cost : cost + (KeyGrammar.MemoBuckets * (entries > 0 ? Math.Min(1, cost / entries) : 1));
    }

    // From one end of the bounds that a filter on the index sets; or from the place where the query goes on.
    private IEnumerable<(string Token, StoreValue Key)> Walk(QueryNode? bounds) => _kind switch
    {
        QueryOrderKind.Score => WalkScores((bounds as RangeNode)?.Scores ?? ScoreRange.All),
        QueryOrderKind.Text => WalkTexts((bounds as TextNode)?.Range ?? TextRange.All),
        _ => Entities(After.Key.TryGetInt64(out var bucket) ? (int)bucket : 0, After.Token.AsText()),
    };

    private IEnumerable<(string Token, StoreValue Key)> WalkScores(ScoreRange bounds)
    {
        var hasStart = After.Token.AsMemory().Length > 0;
        var from = hasStart
            ? _descends ? ScoreRange.AtMost(After.Key.AsDouble()) : ScoreRange.AtLeast(After.Key.AsDouble())
            : _descends ? new ScoreRange(double.NegativeInfinity, bounds.Max, excludeMax: bounds.ExcludeMax) : new ScoreRange(bounds.Min, double.PositiveInfinity, excludeMin: bounds.ExcludeMin);
        var rank = Context.Call(SortedSets.Length(_orderKey)) - Context.Call(SortedSets.CountByScore(_orderKey, from));
        for (; ; rank += PageSize)
        {
            var entries = Context.Call(SortedSets.RangeWithScores(_orderKey, new RankRange(rank, rank + PageSize - 1), _descends ? Order.Descending : Order.Ascending));
            foreach (var entry in entries)
            {
                if (_descends ? IsBelow(entry.Score, bounds) : IsAbove(entry.Score, bounds))
                {
                    yield break;
                }

                StoreValue key = entry.Score;
                if (!hasStart || IsBehind(key, entry.Member))
                {
                    _touched++;
                    yield return (entry.Member.AsText()!, key);
                }
            }

            if (entries.Length < PageSize)
            {
                yield break;
            }
        }

        static bool IsBelow(double score, ScoreRange bounds) => bounds.ExcludeMin ? score <= bounds.Min : score < bounds.Min;

        static bool IsAbove(double score, ScoreRange bounds) => bounds.ExcludeMax ? score >= bounds.Max : score > bounds.Max;
    }

    private IEnumerable<(string Token, StoreValue Key)> WalkTexts(TextRange bounds)
    {
        var range = bounds.ToLexRange();
        if (After.Key.AsMemory().Length > 0)
        {
            range = Behind(range, After.Key);
        }

        while (true)
        {
            var members = Context.Call(SortedSets.RangeByLex(_orderKey, range, _descends ? Order.Descending : Order.Ascending, RangeLimit.Take(PageSize)));
            foreach (var member in members)
            {
                _touched++;
                _ = OrderedText.TrySplit(member.AsText()!, out _, out var token);
                yield return (token, member);
            }

            if (members.Length < PageSize)
            {
                yield break;
            }

            range = Behind(range, members[^1]);
        }

        LexRange Behind(LexRange all, StoreValue last) =>
            _descends ? new LexRange(all.Min, last, all.ExcludeMin, excludeMax: true) : new LexRange(last, all.Max, excludeMin: true, all.ExcludeMax);
    }

    private IEnumerable<(string Token, StoreValue Key)> Entities(int first, string? after)
    {
        for (var bucket = first; bucket < KeyGrammar.MemoBuckets; bucket++)
        {
            var tokens = Context.Call(Hashes.Fields(Bucket(bucket)));
            Array.Sort(tokens, static (left, right) => left.AsMemory().Span.SequenceCompareTo(right.AsMemory().Span));
            foreach (var token in tokens)
            {
                if (string.IsNullOrEmpty(after) || bucket > first || ((StoreValue)after).AsMemory().Span.SequenceCompareTo(token.AsMemory().Span) < 0)
                {
                    _touched++;
                    yield return (token.AsText()!, bucket);
                }
            }
        }
    }

    private IEnumerable<(string Token, StoreValue Key)> Collect(int best)
    {
        var tokens = _nodes[best].Members(Context).Where(token =>
        {
            _touched++;
            return Enumerable.Range(0, _nodes.Count).All(i => i == best || _nodes[i].Matches(this, token));
        });
        if (_kind == QueryOrderKind.Any)
        {
            return tokens.Select(token => (token, StoreValue.Empty));
        }

        var hasStart = After.Key.AsMemory().Length > 0;
        var rows = tokens.Select(token => (Token: token, Key: KeyOf(token))).Where(row => !row.Key.IsNull && (!hasStart || IsBehind(row.Key, row.Token)));
        var comparer = Comparer<(string Token, StoreValue Key)>.Create((left, right) => Compare(left, right));
        return _descends ? rows.OrderDescending(comparer) : rows.Order(comparer);
    }

    private StoreValue KeyOf(string token) => _kind switch
    {
        QueryOrderKind.Score => Context.Call(SortedSets.Score(_orderKey, token)) is { } score ? score : default(StoreValue),
        QueryOrderKind.Text => SegmentOf(token, (int)_arguments[_form.Segment].AsInt64(), Text(_form.Segment + 1)) is { Length: > 0 } text ? OrderedText.Member(text, token) : default(StoreValue),
        QueryOrderKind.Distance => GeoNode.DistanceOf(Context, _orderKey, Centre, token) is { } distance ? distance : default(StoreValue),
        _ => KeyGrammar.MemoBucket(token),
    };

    private int Compare((string Token, StoreValue Key) left, (string Token, StoreValue Key) right) =>
        QueryPosition.Compare(_kind, new QueryPosition(left.Key, left.Token), new QueryPosition(right.Key, right.Token));

    private bool IsBehind(StoreValue key, StoreValue token) => QueryPosition.Compare(_kind, new QueryPosition(key, token), After) is var order && (_descends ? order < 0 : order > 0);

    // Whether rows are left.
    private bool Emit(IEnumerable<(string Token, StoreValue Key)> rows)
    {
        foreach (var row in rows)
        {
            if (_found >= _take)
            {
                return true;
            }

            if (_want == QueryWant.Count)
            {
                _found++;
                continue;
            }

            var content = _want switch
            {
                QueryWant.Contents => QueryContents.Of(Context, Context.Keys[0].ToString() + row.Token, _form.Layout, _names),
                QueryWant.ExistingIds when !Context.Call(Keys.Exists(Context.Keys[0].ToString() + row.Token)) => StoreReply.Null,
                _ => StoreReply.FromValue(StoreValue.Empty),
            };
            if (!content.IsNull)
            {
                _found++;
                _tokens.Add(row.Token);
                _contents.Add(content);
                _keys.Add(StoreReply.FromValue(row.Key));
                _last = row;
            }
        }

        return false;
    }

    private IEnumerable<StoreReply>? Told(List<long>? estimates) => _form.Asks switch
    {
        "X" => estimates?.Select(StoreReply.Integer),
        "K" when _kind != QueryOrderKind.Any => _keys,
        _ => null,
    };

    private StoreReply Reply(string plan, bool hasMore, List<long>? estimates) => StoreReply.Array(
    [
        StoreReply.FromValue(plan),
        StoreReply.Integer(1),
        StoreReply.Integer(_touched),
        StoreReply.FromValue(StoreValue.Empty),
        StoreReply.FromValue(StoreValue.Empty),
        StoreReply.Integer(_found),
        StoreReply.Integer(hasMore ? 1 : 0),
        StoreReply.FromValue(_last is { } last ? last.Key.IsNull ? StoreValue.Empty : last.Key : StoreValue.Empty),
        StoreReply.FromValue(_last?.Token ?? ""),
        StoreReply.FromValue(string.Join('\t', _tokens)),
        StoreReply.Array(_want == QueryWant.Contents ? [.. _contents] : []),
        .. Told(estimates) is { } told ? [StoreReply.Array([.. told])] : Array.Empty<StoreReply>(),
    ]);
}
