namespace RedisPatterns.InMemory;

internal static partial class SortedSetHandlers
{
    /// <summary>Stores a result: the destination is overwritten, or deleted when nothing is to be stored.</summary>
    public static StoreReply Store(CommandContext context, StoreKey destination, SortedSetData result)
    {
        if (result.Length == 0)
        {
            context.Database.Remove(destination);
        }
        else
        {
            context.Database.Put(destination, result);
        }

        return StoreReply.Integer(result.Length);
    }

    private static void RegisterRanges(HandlerTable table)
    {
        table.Add("ZRANGE", Range);
        table.Add("ZRANGESTORE", RangeStore);
        table.Add("ZCOUNT", static (context, command) => CountRange(context, command, ScoreBounds.Parse(command, 1, 2).Locate));
        table.Add("ZLEXCOUNT", static (context, command) => CountRange(context, command, LexBounds.Parse(command, 1, 2).Locate));
        table.Add("ZREMRANGEBYRANK", static (context, command) => RemoveRange(context, command, LocateRanks(command.Int64(1), command.Int64(2))));
        table.Add("ZREMRANGEBYSCORE", static (context, command) => RemoveRange(context, command, ScoreBounds.Parse(command, 1, 2).Locate));
        table.Add("ZREMRANGEBYLEX", static (context, command) => RemoveRange(context, command, LexBounds.Parse(command, 1, 2).Locate));
    }

    private static StoreReply Range(CommandContext context, StoreCommand command)
    {
        var range = SortedSetRange.Parse(command, 1, stores: false);
        return context.Get<SortedSetData>(command.Key(0)) is { } data ? ItemsReply(range.Read(data), range.WithScores) : StoreReply.Array();
    }

    private static StoreReply RangeStore(CommandContext context, StoreCommand command)
    {
        var range = SortedSetRange.Parse(command, 2, stores: true);
        var result = new SortedSetData(context.Database.Journal);
        if (context.Get<SortedSetData>(command.Key(1)) is { } data)
        {
            foreach (var (member, score) in range.Read(data))
            {
                result.Set(member, score);
            }
        }

        return Store(context, command.Key(0), result);
    }

    private static StoreReply CountRange(CommandContext context, StoreCommand command, Func<SortedSetData, (int First, int Count)> locate)
    {
        command.RequireCount(3, 3);
        return StoreReply.Integer(context.Get<SortedSetData>(command.Key(0)) is { } data ? locate(data).Count : 0);
    }

    private static StoreReply RemoveRange(CommandContext context, StoreCommand command, Func<SortedSetData, (int First, int Count)> locate)
    {
        command.RequireCount(3, 3);
        var key = command.Key(0);
        if (context.Get<SortedSetData>(key) is not { } data)
        {
            return StoreReply.Integer(0);
        }

        var (first, count) = locate(data);
        RemoveAll(context, key, data, data.GetRange(first, count));
        return StoreReply.Integer(count);
    }

    private static Func<SortedSetData, (int First, int Count)> LocateRanks(long start, long stop) => data =>
    {
        CommandArguments.TryGetRange(start, stop, data.Length, out var first, out var count);
        return (first, count);
    };

    private static void RemoveAll(CommandContext context, StoreKey key, SortedSetData data, ReadOnlySpan<SortedSetItem> items)
    {
        foreach (var item in items)
        {
            data.Remove(item.Member);
        }

        context.RemoveIfEmpty(key, data);
    }
}
