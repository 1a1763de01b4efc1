namespace RedisPatterns.InMemory;

/// <summary>Commands on keys whatever they hold.</summary>
internal static partial class KeyHandlers
{
    private const int MaximumRange = 100_000;

    public static void Register(HandlerTable table)
    {
        table.Add("EXISTS", Exists);
        table.Add("TOUCH", Exists);
        table.Add("DEL", Delete);
        table.Add("UNLINK", Delete);
        table.Add("PEXPIRE", PExpire);
        table.Add("PEXPIREAT", PExpireAt);
        table.Add("PTTL", PTtl);
        table.Add("PEXPIRETIME", PExpireTime);
        table.Add("PERSIST", Persist);
        table.Add("TYPE", Type);
        table.Add("RENAME", Rename);
        table.Add("RENAMENX", RenameNx);
        table.Add("COPY", Copy);
        table.Add("RANDOMKEY", RandomKey);
        table.Add("DBSIZE", DbSize);
        table.Add("SCAN", Scan);
        table.Add("KEYRANGE", Range);
    }

    /// <summary>The name that Redis gives a type.</summary>
    internal static string NameOf(DataType type) => type switch
    {
        DataType.String => "string",
        DataType.List => "list",
        DataType.Set => "set",
        DataType.SortedSet => "zset",
        DataType.Hash => "hash",
        DataType.Stream => "stream",
        _ => "none",
    };

    private static StoreReply Exists(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1);
        var count = 0;
        for (var i = 0; i < command.ArgumentCount; i++)
        {
            count += context.Database.Find(command.Key(i)) is null ? 0 : 1;
        }

        return StoreReply.Integer(count);
    }

    private static StoreReply Delete(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1);
        var count = 0;
        for (var i = 0; i < command.ArgumentCount; i++)
        {
            count += context.Database.Remove(command.Key(i)) ? 1 : 0;
        }

        return StoreReply.Integer(count);
    }

    private static StoreReply Type(CommandContext context, StoreCommand command) =>
        StoreReply.Status(NameOf(context.Database.Find(command.Key(0))?.Data.Type ?? DataType.None));

    private static StoreReply Rename(CommandContext context, StoreCommand command)
    {
        Move(context, FindSource(context, command), command.Key(1));
        return StoreReply.Ok;
    }

    private static StoreReply RenameNx(CommandContext context, StoreCommand command)
    {
        var source = FindSource(context, command);
        if (context.Database.Find(command.Key(1)) is not null)
        {
            return StoreReply.Integer(0);
        }

        Move(context, source, command.Key(1));
        return StoreReply.Integer(1);
    }

    private static StoreReply Copy(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var replaces = false;
        for (var i = 2; i < command.ArgumentCount; i++)
        {
            replaces = command.IsWord(i, "REPLACE") ? true : throw ServerErrors.Syntax(context.CommandName);
        }

        var (source, destination) = (command.Key(0), command.Key(1));
        if (source == destination)
        {
            throw StoreErrors.FromServer("ERR source and destination objects are the same", context.CommandName);
        }

        if (context.Database.Find(source) is not { } entry || (!replaces && context.Database.Find(destination) is not null))
        {
            return StoreReply.Integer(0);
        }

        context.Database.Put(destination, entry.Data.Clone(), entry.ExpiresAt);
        return StoreReply.Integer(1);
    }

    private static StoreReply RandomKey(CommandContext context, StoreCommand command)
    {
        while (context.Database.Count > 0)
        {
            if (context.Database.EntryAt(context.Random.Next(context.Database.Count)) is { } entry)
            {
                return NameOf(entry.Key);
            }
        }

        return StoreReply.Null;
    }

    private static StoreReply DbSize(CommandContext context, StoreCommand command)
    {
        context.Database.Sweep(int.MaxValue);
        return StoreReply.Integer(context.Database.Count);
    }

    private static StoreReply Scan(CommandContext context, StoreCommand command)
    {
        var options = ScanOptions.Parse(command, 0, withType: true);
        var (first, last) = options.GetWindow(context.Database.Count);
        var found = new List<StoreReply>();
        for (var i = first - 1; i >= last; i--)
        {
            if (context.Database.EntryAt(i) is { } entry
                && options.Matches(StoreValue.FromKey(entry.Key))
                && (options.TypeName is null || NameOf(entry.Data.Type).Equals(options.TypeName, StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(NameOf(entry.Key));
            }
        }

        return ScanOptions.Reply(last, found);
    }

    private static StoreReply Range(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3, 4);
        var (from, to, limit) = (command.Key(0), command.Key(1), command.Int64(2));
        if (limit is < 1 or > MaximumRange)
        {
            throw ServerErrors.NotAnInteger(context.CommandName);
        }

        if (command.ArgumentCount == 4 && !command.IsWord(3, "REV"))
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        SlotCheck.ThrowIfCrossSlot([from, to], context.CommandName);
        var entries = context.Database.Range(from, to, (int)limit, descending: command.ArgumentCount == 4);
        var reply = new StoreReply[2 * entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            reply[2 * i] = NameOf(entries[i].Key);
            reply[(2 * i) + 1] = StoreReply.FromValue(entries[i].Data is StringData text ? text.Value : throw ServerErrors.WrongType(context.CommandName));
        }

        return StoreReply.Array(reply);
    }

    private static Entry FindSource(CommandContext context, StoreCommand command) =>
        context.Database.Find(command.Key(0)) ?? throw ServerErrors.NoSuchKey(context.CommandName);

    private static void Move(CommandContext context, Entry source, StoreKey destination)
    {
        if (source.Key != destination)
        {
            context.Database.Remove(source.Key);
            context.Database.Put(destination, source.Data, source.ExpiresAt);
        }
    }

    // As a plain value: one that is marked as a key would be taken for one where it is used as an argument.
    private static StoreReply NameOf(StoreKey key) => StoreReply.FromValue(key.TryGetText(out var text) ? text : key.ToArray());
}
