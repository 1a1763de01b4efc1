namespace RedisPatterns.InMemory;

// What lies between the ends.
internal static partial class ListHandlers
{
    private static readonly StoreReply EmptyArray = StoreReply.Array();

    private static StoreReply Range(CommandContext context, StoreCommand command)
    {
        var (start, stop) = (command.Int64(1), command.Int64(2));
        if (context.Get<ListData>(command.Key(0)) is not { } list || !CommandArguments.TryGetRange(start, stop, list.Count, out var first, out var count))
        {
            return EmptyArray;
        }

        var elements = new StoreReply[count];
        for (var i = 0; i < count; i++)
        {
            elements[i] = StoreReply.FromValue(list[first + i]);
        }

        return StoreReply.Array(elements);
    }

    private static StoreReply Index(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2, 2);
        return context.Get<ListData>(command.Key(0)) is { } list && TryGetIndex(list, command.Int64(1), out var index)
            ? StoreReply.FromValue(list[index])
            : StoreReply.Null;
    }

    private static StoreReply Length(CommandContext context, StoreCommand command) =>
        StoreReply.Integer(context.Get<ListData>(command.Key(0))?.Count ?? 0);

    private static StoreReply Set(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3, 3);
        var list = context.Get<ListData>(command.Key(0)) ?? throw ServerErrors.NoSuchKey(context.CommandName);
        if (!TryGetIndex(list, command.Int64(1), out var index))
        {
            throw StoreErrors.FromServer("ERR index out of range", context.CommandName);
        }

        list.Set(index, command.Value(2));
        return StoreReply.Ok;
    }

    private static StoreReply Insert(CommandContext context, StoreCommand command)
    {
        command.RequireCount(4, 4);
        var behind = command.IsWord(1, "AFTER");
        if (!behind && !command.IsWord(1, "BEFORE"))
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        if (context.Get<ListData>(command.Key(0)) is not { } list)
        {
            return StoreReply.Integer(0);
        }

        var pivot = command.Value(2);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == pivot)
            {
                list.Insert(behind ? i + 1 : i, command.Value(3));
                return StoreReply.Integer(list.Count);
            }
        }

        return StoreReply.Integer(-1);
    }

    private static StoreReply Remove(CommandContext context, StoreCommand command)
    {
        var (key, count, element) = (command.Key(0), command.Int64(1), command.Value(2));
        if (context.Get<ListData>(key) is not { } list)
        {
            return StoreReply.Integer(0);
        }

        // The least integer has no magnitude; Redis removes all then, too.
        var limit = count is 0 or long.MinValue ? long.MaxValue : Math.Abs(count);
        var removed = list.RemoveEqual(element, limit, fromLeft: count >= 0);
        context.RemoveIfEmpty(key, list);
        return StoreReply.Integer(removed);
    }

    private static StoreReply Trim(CommandContext context, StoreCommand command)
    {
        var (key, start, stop) = (command.Key(0), command.Int64(1), command.Int64(2));
        if (context.Get<ListData>(key) is not { } list)
        {
            return StoreReply.Ok;
        }

        if (!CommandArguments.TryGetRange(start, stop, list.Count, out var first, out var count))
        {
            context.Database.Remove(key);
            return StoreReply.Ok;
        }

        list.Remove(first + count, (int)list.Count - first - count);
        list.Remove(0, first);
        return StoreReply.Ok;
    }

    private static StoreReply Position(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var element = command.Value(1);
        var (rank, count, maxLength) = (1L, -1L, 0L);
        for (var i = 2; i < command.ArgumentCount; i += 2)
        {
            if (i + 1 == command.ArgumentCount)
            {
                throw ServerErrors.Syntax(context.CommandName);
            }

            if (command.IsWord(i, "RANK"))
            {
                rank = command.SignedCountAt(i + 1);
                if (rank == 0)
                {
                    throw StoreErrors.FromServer("ERR RANK can't be zero", context.CommandName);
                }
            }
            else if (command.IsWord(i, "COUNT"))
            {
                count = command.Int64AtLeast(i + 1, 0, "COUNT can't be negative");
            }
            else if (command.IsWord(i, "MAXLEN"))
            {
                maxLength = command.Int64AtLeast(i + 1, 0, "MAXLEN can't be negative");
            }
            else
            {
                throw ServerErrors.Syntax(context.CommandName);
            }
        }

        var found = context.Get<ListData>(command.Key(0)) is { } list
            ? Find(list, element, rank, count < 0 ? 1 : count == 0 ? long.MaxValue : count, maxLength == 0 ? long.MaxValue : maxLength)
            : [];
        return count >= 0 ? StoreReply.Array([.. found]) : found.Count > 0 ? found[0] : StoreReply.Null;
    }

    private static List<StoreReply> Find(ListData list, StoreValue element, long rank, long count, long maxLength)
    {
        var found = new List<StoreReply>();
        var skipped = 0L;
        for (var i = 0; i < list.Count && i < maxLength && found.Count < count; i++)
        {
            var index = rank > 0 ? i : (int)list.Count - 1 - i;
            if (list[index] == element && ++skipped >= Math.Abs(rank))
            {
                found.Add(StoreReply.Integer(index));
            }
        }

        return found;
    }

    private static bool TryGetIndex(ListData list, long index, out int found)
    {
        index = index < 0 ? index + list.Count : index;
        found = index >= 0 && index < list.Count ? (int)index : -1;
        return found >= 0;
    }
}
