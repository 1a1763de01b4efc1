namespace RedisPatterns.InMemory;

internal static partial class SortedSetHandlers
{
    private static void RegisterPops(HandlerTable table)
    {
        table.Add("ZPOPMIN", static (context, command) => Pop(context, command, highest: false));
        table.Add("ZPOPMAX", static (context, command) => Pop(context, command, highest: true));
        table.Add("ZMPOP", PopFirst);
    }

    private static StoreReply Pop(CommandContext context, StoreCommand command, bool highest)
    {
        command.RequireCount(1, 2);
        var key = command.Key(0);
        var count = 1L;
        if (command.ArgumentCount == 2 && (!command.Value(1).TryGetInt64(out count) || count < 0))
        {
            throw StoreErrors.FromServer("ERR value is out of range, must be positive", context.CommandName);
        }

        return context.Get<SortedSetData>(key) is { } data ? ItemsReply(Take(context, key, data, count, highest), withScores: true) : StoreReply.Array();
    }

    private static StoreReply PopFirst(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3);
        var keys = command.KeyCount(0, "ERR numkeys should be greater than 0");
        var index = keys + 1;
        if (index >= command.ArgumentCount || index < 0)
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        var highest = command.IsWord(index, "MAX");
        if (!highest && !command.IsWord(index, "MIN"))
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        var count = 1L;
        if (command.ArgumentCount > index + 1)
        {
            if (!command.IsWord(index + 1, "COUNT") || command.ArgumentCount != index + 3)
            {
                throw ServerErrors.Syntax(context.CommandName);
            }

            count = command.KeyCount(index + 2, "ERR count should be greater than 0");
        }

        for (var i = 1; i <= keys; i++)
        {
            var key = command.Key(i);
            if (context.Get<SortedSetData>(key) is { } data)
            {
                var items = Array.ConvertAll(
                    Take(context, key, data, count, highest),
                    static item => StoreReply.Array(StoreReply.FromValue(item.Member), ScoreReply(item.Score)));
                return StoreReply.Array(StoreReply.FromValue(key.ToArray()), StoreReply.Array(items));
            }
        }

        return StoreReply.Null;
    }

    // A number that must be positive, with an error of its own.
    private static int KeyCount(this StoreCommand command, int index, string error) =>
        command.Value(index).TryGetInt64(out var count) && count > 0
            ? (int)Math.Min(count, int.MaxValue - 1)
            : throw StoreErrors.FromServer(error, command.Definition.Name);

    private static SortedSetItem[] Take(CommandContext context, StoreKey key, SortedSetData data, long count, bool highest)
    {
        var taken = (int)Math.Min(count, data.Length);
        var items = data.GetRange(highest ? data.Length - taken : 0, taken);
        if (highest)
        {
            items.AsSpan().Reverse();
        }

        RemoveAll(context, key, data, items);
        return items;
    }
}
