namespace RedisPatterns.InMemory;

internal static partial class SortedSetHandlers
{
    private static void RegisterAlgebra(HandlerTable table)
    {
        table.Add("ZUNION", static (context, command) => Combine(context, command, Union));
        table.Add("ZINTER", static (context, command) => Combine(context, command, Intersect));
        table.Add("ZDIFF", static (context, command) => Combine(context, command, Subtract));
        table.Add("ZUNIONSTORE", static (context, command) => CombineAndStore(context, command, Union));
        table.Add("ZINTERSTORE", static (context, command) => CombineAndStore(context, command, Intersect));
        table.Add("ZDIFFSTORE", static (context, command) => CombineAndStore(context, command, Subtract));
        table.Add("ZINTERCARD", IntersectLength);
    }

    private static StoreReply Combine(CommandContext context, StoreCommand command, Action<SortedSetSources, SortedSetData> operation)
    {
        var sources = SortedSetSources.Parse(context, command, 0, weighted: operation != Subtract, scored: true);
        var result = new SortedSetData(context.Database.Journal);
        operation(sources, result);
        return ItemsReply(result.GetRange(0, result.Length), sources.WithScores);
    }

    private static StoreReply CombineAndStore(CommandContext context, StoreCommand command, Action<SortedSetSources, SortedSetData> operation)
    {
        var sources = SortedSetSources.Parse(context, command, 1, weighted: operation != Subtract, scored: false);
        var result = new SortedSetData(context.Database.Journal);
        operation(sources, result);
        return Store(context, command.Key(0), result);
    }

    private static StoreReply IntersectLength(CommandContext context, StoreCommand command)
    {
        var sources = SortedSetSources.Parse(context, command, 0, weighted: false, scored: false, limited: true);
        var all = sources.BySize();
        var count = 0L;
        foreach (var (member, _) in all[0].Items())
        {
            if (Array.TrueForAll(all, source => source.TryGetScore(member, out _)) && ++count == sources.Limit)
            {
                break;
            }
        }

        return StoreReply.Integer(count);
    }

    // Sources are gone through from the smallest on, as a server does: the order decides how sums are rounded.
    private static void Union(SortedSetSources sources, SortedSetData result)
    {
        foreach (var source in sources.BySize())
        {
            foreach (var (member, score) in source.Items())
            {
                var weighted = Weigh(score, source.Weight);
                result.Set(member, result.TryGetScore(member, out var before) ? sources.Aggregate(before, weighted) : weighted);
            }
        }
    }

    private static void Intersect(SortedSetSources sources, SortedSetData result)
    {
        var all = sources.BySize();
        foreach (var (member, first) in all[0].Items())
        {
            var score = Weigh(first, all[0].Weight);
            var isInAll = true;
            for (var i = 1; i < all.Length && isInAll; i++)
            {
                isInAll = all[i].TryGetScore(member, out var other);
                score = isInAll ? sources.Aggregate(score, other * all[i].Weight) : score;
            }

            if (isInAll)
            {
                result.Set(member, score);
            }
        }
    }

    private static void Subtract(SortedSetSources sources, SortedSetData result)
    {
        foreach (var (member, score) in sources.All[0].Items())
        {
            if (!Array.Exists(sources.All, source => source != sources.All[0] && source.TryGetScore(member, out _)))
            {
                result.Set(member, score);
            }
        }
    }

    private static double Weigh(double score, double weight) => double.IsNaN(score * weight) ? 0 : score * weight;
}
