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
        var mode = arguments[5].AsText()!;
        var conjuncts = QueryNode.Parse(context, FirstConjunct - 1);

        IEnumerable<(string Token, double? Score)> rows;
        var plan = mode;
        if (mode == "M")
        {
            rows = context.Keys.Skip((int)arguments[6].AsInt64() - 1)
                .SelectMany(bucket => context.Call(Hashes.Fields(bucket)))
                .Select(token => (token.AsText()!, (double?)null));
        }
        else if (order > 0)
        {
            plan = "W";
            rows = Walk(context, context.Keys[order - 1], descending ? Order.Descending : Order.Ascending);
        }
        else if (conjuncts.FirstOrDefault(node => node.IsLeaf) is { } leaf)
        {
            plan = "C";
            rows = leaf.Members(context).Select(token => (token, (double?)null));
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

            if (!conjuncts.All(node => node.Matches(context, token)))
            {
                continue;
            }

            var document = withDocuments ? context.Call(Strings.Get(context.Keys[0].ToString() + token)) : StoreValue.Empty;
            if (document.IsNull)
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

    private static StoreReply Head(string plan, bool isDone, List<StoreReply> rows) => StoreReply.Array(
    [
        StoreReply.FromValue(plan),
        StoreReply.Integer(isDone ? 1 : 0),
        StoreReply.Integer(rows.Count / 3),
        StoreReply.FromValue(""),
        StoreReply.FromValue(""),
        .. rows,
    ]);
}
