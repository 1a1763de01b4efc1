namespace RedisPatterns.InMemory;

/// <summary>Lists: their ends.</summary>
internal static partial class ListHandlers
{
    public static void Register(HandlerTable table)
    {
        table.Add("LPUSH", static (context, command) => Push(context, command, left: true));
        table.Add("RPUSH", static (context, command) => Push(context, command, left: false));
        table.Add("LPUSHX", static (context, command) => PushIfExists(context, command, left: true));
        table.Add("RPUSHX", static (context, command) => PushIfExists(context, command, left: false));
        table.Add("LPOP", static (context, command) => Pop(context, command, left: true));
        table.Add("RPOP", static (context, command) => Pop(context, command, left: false));
        table.Add("LMOVE", Move);
        table.Add("LMPOP", PopFirst);
        table.Add("LRANGE", Range);
        table.Add("LINDEX", Index);
        table.Add("LLEN", Length);
        table.Add("LSET", Set);
        table.Add("LINSERT", Insert);
        table.Add("LREM", Remove);
        table.Add("LTRIM", Trim);
        table.Add("LPOS", Position);
    }

    private static StoreReply Push(CommandContext context, StoreCommand command, bool left)
    {
        command.RequireCount(2);
        return Push(command, context.GetOrAdd<ListData>(command.Key(0)), left);
    }

    private static StoreReply PushIfExists(CommandContext context, StoreCommand command, bool left)
    {
        command.RequireCount(2);
        return context.Get<ListData>(command.Key(0)) is { } list ? Push(command, list, left) : StoreReply.Integer(0);
    }

    private static StoreReply Push(StoreCommand command, ListData list, bool left)
    {
        for (var i = 1; i < command.ArgumentCount; i++)
        {
            list.Push(command.Value(i), left);
        }

        return StoreReply.Integer(list.Count);
    }

    private static StoreReply Pop(CommandContext context, StoreCommand command, bool left)
    {
        command.RequireCount(1, 2);
        var key = command.Key(0);
        long? count = command.ArgumentCount == 2 ? command.CountAt(1) : null;
        if (context.Get<ListData>(key) is not { } list)
        {
            return StoreReply.Null;
        }

        var reply = count is { } wanted ? Take(list, wanted, left) : StoreReply.FromValue(list.Pop(left));
        context.RemoveIfEmpty(key, list);
        return reply;
    }

    private static StoreReply PopFirst(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3);
        var keys = command.Int64AtLeast(0, 1, "numkeys should be greater than 0");
        if (keys + 1 >= command.ArgumentCount)
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        var left = IsLeft(context, command, (int)keys + 1);
        var count = 1L;
        if (command.ArgumentCount > keys + 2)
        {
            if (command.ArgumentCount != keys + 4 || !command.IsWord((int)keys + 2, "COUNT"))
            {
                throw ServerErrors.Syntax(context.CommandName);
            }

            count = command.Int64AtLeast((int)keys + 3, 1, "count should be greater than 0");
        }

        for (var i = 1; i <= keys; i++)
        {
            var key = command.Key(i);
            if (context.Get<ListData>(key) is { } list)
            {
                var elements = Take(list, count, left);
                context.RemoveIfEmpty(key, list);
                return StoreReply.Array(StoreReply.FromValue(key.ToArray()), elements);
            }
        }

        return StoreReply.Null;
    }

    private static StoreReply Move(CommandContext context, StoreCommand command)
    {
        command.RequireCount(4, 4);
        var (sourceKey, destinationKey) = (command.Key(0), command.Key(1));
        var (from, to) = (IsLeft(context, command, 2), IsLeft(context, command, 3));
        if (context.Get<ListData>(sourceKey) is not { } source)
        {
            return StoreReply.Null;
        }

        var destination = context.GetOrAdd<ListData>(destinationKey);
        var element = source.Pop(from);
        destination.Push(element, to);
        context.RemoveIfEmpty(sourceKey, source);
        return StoreReply.FromValue(element);
    }

    private static StoreReply Take(ListData list, long count, bool left)
    {
        var taken = new StoreReply[(int)Math.Min(count, list.Count)];
        var length = (int)list.Count;
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = StoreReply.FromValue(list[left ? i : length - 1 - i]);
        }

        list.Remove(left ? 0 : length - taken.Length, taken.Length);
        return StoreReply.Array(taken);
    }

    private static bool IsLeft(CommandContext context, StoreCommand command, int index) =>
        command.IsWord(index, "LEFT") || (command.IsWord(index, "RIGHT") ? false : throw ServerErrors.Syntax(context.CommandName));
}
