using RedisPatterns.Commands;

namespace RedisPatterns;

/// <summary>
/// What <see cref="QueryScript"/> answers, in C#: the same rows in the same order. It needs no budget, so it finishes in one
/// call, except for the plan <c>M</c>, whose buckets the caller names.
/// </summary>
internal static class QueryScriptTwin
{
    private const int FirstConjunct = 9;

    public static StoreReply Run(IScriptContext context)
    {
        var arguments = context.Arguments;
        var take = arguments[0].AsInt64() is var wanted and > 0 ? wanted : long.MaxValue;
        var order = (int)arguments[2].AsInt64();
        var descending = arguments[3].AsText() == "D";
        var withDocuments = arguments[4].AsText() == "D";
        var ifExisting = arguments[4].AsText() == "E";
        var mode = arguments[5].AsText()!;
        var conjuncts = QueryNode.Parse(context, FirstConjunct - 1);

        bool Matches(string token) => conjuncts.TrueForAll(node => node.Matches(context, token));

        IEnumerable<(string Token, double? Score)> rows;
        var plan = mode;
        var (best, least) = Smallest(context, conjuncts);
        if (mode == "M")
        {
            rows = context.Keys.Skip((int)arguments[6].AsInt64() - 1)
                .SelectMany(bucket => context.Call(Hashes.Fields(bucket)))
                .Select(token => (token.AsText()!, (double?)null))
                .Where(row => Matches(row.Item1));
        }
        else if (order > 0 && (best is null || IsWalkCheaper(context.Call(SortedSets.Length(context.Keys[order - 1])), least, take)))
        {
            plan = "W";
            rows = Walk(context, context.Keys[order - 1], descending ? Order.Descending : Order.Ascending).Where(row => Matches(row.Token));
        }
        else if (best is not null)
        {
            plan = "C";
            var tokens = best.Members(context).Where(Matches);
            if (arguments[4].AsText() == "N" && order == 0)
            {
                return Head("N", isDone: true, [], conjuncts.Count == 1 && best.IsOneKey ? least : tokens.LongCount());
            }

            rows = order > 0 ? Sort(context, context.Keys[order - 1], tokens, descending) : tokens.Select(token => (token, (double?)null));
        }
        else
        {
            return Head("M", isDone: false, []);
        }

        var output = new List<StoreReply>();
        var found = 0L;
        foreach (var (token, score) in rows)
        {
            if (found >= take)
            {
                break;
            }

            var document = withDocuments ? context.Call(Strings.GetMany(context.Keys[0].ToString() + token))[0] : StoreValue.Empty;
            if (document.IsNull || (ifExisting && !context.Call(Keys.Exists(context.Keys[0].ToString() + token))))
            {
                continue;
            }

            found++;
            output.Add(StoreReply.FromValue(token));
            output.Add(StoreReply.FromValue(score is { } number ? StoreValue.FormatDouble(number) : ""));
            output.Add(StoreReply.FromValue(document));
        }

        return Head(plan, isDone: true, output);
    }

    private static (QueryNode? Node, long Size) Smallest(IScriptContext context, List<QueryNode> conjuncts)
    {
        QueryNode? best = null;
        var least = long.MaxValue;
        foreach (var node in conjuncts)
        {
            if (node.IsLeaf && node.Size(context) is var size && size < least)
            {
                (best, least) = (node, size);
            }
        }

        return (best, least);
    }

    // Walking meets one that matches in every (all / least) entries; collecting looks at the least ones, and sorts.
    private static bool IsWalkCheaper(long all, long least, long take) =>
        least > 0 && Math.Min(all, (double)take * all / least) <= 2.0 * least;

    private static List<(string Token, double? Score)> Sort(IScriptContext context, StoreKey key, IEnumerable<string> tokens, bool descending)
    {
        var sign = descending ? -1 : 1;
        var rows = new List<(string Token, double? Score)>();
        foreach (var token in tokens)
        {
            if (context.Call(SortedSets.Score(key, token)) is { } score)
            {
                rows.Add((token, score));
            }
        }

        rows.Sort((left, right) => sign * QueryOrder.Compare(left.Score!.Value, left.Token, right.Score!.Value, right.Token));
        return rows;
    }

    private static IEnumerable<(string Token, double? Score)> Walk(IScriptContext context, StoreKey key, Order order)
    {
        const int Page = 256;
        for (var rank = 0L; ; rank += Page)
        {
            var entries = context.Call(SortedSets.RangeWithScores(key, new RankRange(rank, rank + Page - 1), order));
            foreach (var entry in entries)
            {
                yield return (entry.Member.AsText()!, entry.Score);
            }

            if (entries.Length < Page)
            {
                yield break;
            }
        }
    }

    private static StoreReply Head(string plan, bool isDone, List<StoreReply> rows, long? count = null) => StoreReply.Array(
    [
        StoreReply.FromValue(plan),
        StoreReply.Integer(isDone ? 1 : 0),
        StoreReply.Integer(rows.Count / 3),
        StoreReply.FromValue(count is { } number ? number : ""),
        StoreReply.FromValue(""),
        .. rows,
    ]);
}
