namespace RedisPatterns.InMemory;

/// <summary>Hashes: the whole, random fields, scans.</summary>
internal static partial class HashHandlers
{
    private static StoreReply HGetAll(CommandContext context, StoreCommand command) => ReadAll(context, command, withFields: true, withValues: true);

    private static StoreReply HKeys(CommandContext context, StoreCommand command) => ReadAll(context, command, withFields: true, withValues: false);

    private static StoreReply HVals(CommandContext context, StoreCommand command) => ReadAll(context, command, withFields: false, withValues: true);

    private static StoreReply HRandField(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1, 3);
        if (command.ArgumentCount == 1)
        {
            return context.Get<HashData>(command.Key(0)) is { } single
                ? StoreReply.FromValue(single.FieldAt(context.Random.Next((int)single.Count)))
                : StoreReply.Null;
        }

        var count = command.Int64(1);
        var withValues = command.ArgumentCount == 3;
        if (count == long.MinValue || (withValues && count is > long.MaxValue / 2 or < -(long.MaxValue / 2)))
        {
            throw StoreErrors.FromServer("ERR value is out of range", context.CommandName);
        }

        if (withValues && !command.IsWord(2, "WITHVALUES"))
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        if (context.Get<HashData>(command.Key(0)) is not { } data)
        {
            return StoreReply.Array();
        }

        var replies = new List<StoreReply>();
        foreach (var index in RandomIndexes.Pick(context.Random, (int)data.Count, count))
        {
            AddTo(replies, data, index, withFields: true, withValues);
        }

        return StoreReply.Array([.. replies]);
    }

    private static StoreReply HScan(CommandContext context, StoreCommand command)
    {
        var options = ScanOptions.Parse(command, 1);
        var found = new List<StoreReply>();
        if (context.Get<HashData>(command.Key(0)) is not { } data)
        {
            return ScanOptions.Reply(0, found);
        }

        var (first, last) = options.GetWindow(data.Count);
        for (var i = first - 1; i >= last; i--)
        {
            if (options.Matches(data.FieldAt(i)))
            {
                AddTo(found, data, i, withFields: true, withValues: true);
            }
        }

        return ScanOptions.Reply(last, found);
    }

    private static StoreReply ReadAll(CommandContext context, StoreCommand command, bool withFields, bool withValues)
    {
        if (context.Get<HashData>(command.Key(0)) is not { } data)
        {
            return StoreReply.Array();
        }

        var replies = new StoreReply[data.Count * (withFields && withValues ? 2 : 1)];
        var next = 0;
        for (var i = 0; i < data.Count; i++)
        {
            if (withFields)
            {
                replies[next++] = StoreReply.FromValue(data.FieldAt(i));
            }

            if (withValues)
            {
                replies[next++] = StoreReply.FromValue(data.ValueAt(i));
            }
        }

        return StoreReply.Array(replies);
    }

    private static void AddTo(List<StoreReply> replies, HashData data, int index, bool withFields, bool withValues)
    {
        if (withFields)
        {
            replies.Add(StoreReply.FromValue(data.FieldAt(index)));
        }

        if (withValues)
        {
            replies.Add(StoreReply.FromValue(data.ValueAt(index)));
        }
    }
}
