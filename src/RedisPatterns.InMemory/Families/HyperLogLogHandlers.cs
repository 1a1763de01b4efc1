namespace RedisPatterns.InMemory;

/// <summary>HyperLogLogs: strings with Redis's own layout, byte for byte.</summary>
internal static class HyperLogLogHandlers
{
    public static void Register(HandlerTable table)
    {
        table.Add("PFADD", Add);
        table.Add("PFCOUNT", Count);
        table.Add("PFMERGE", Merge);
    }

    private static StoreReply Add(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1);
        var key = command.Key(0);
        var data = Find(context, key);
        var editor = new HyperLogLogEditor(data);
        var changed = data is null;
        for (var i = 1; i < command.ArgumentCount; i++)
        {
            var (register, run) = HyperLogLogHash.Place(command.Value(i).AsMemory().Span);
            changed |= editor.Raise(register, run) ?? throw Corrupt(context);
        }

        if (changed)
        {
            editor.Store(context.Database, key);
        }

        return StoreReply.Integer(changed ? 1 : 0);
    }

    private static StoreReply Count(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1);
        var only = command.ArgumentCount == 1 ? Find(context, command.Key(0)) : null;
        if (only is not null && HyperLogLog.GetCached(only.Bytes) is { } cached)
        {
            return StoreReply.Integer(cached);
        }

        Span<byte> registers = stackalloc byte[HyperLogLog.Registers];
        registers.Clear();
        for (var i = 0; i < command.ArgumentCount; i++)
        {
            MergeInto(registers, context, command.Key(i));
        }

        var estimate = HyperLogLog.Estimate(registers);
        if (only is not null)
        {
            HyperLogLog.SetCached(only.GetWritable(0), estimate);
        }

        return StoreReply.Integer(estimate);
    }

    private static StoreReply Merge(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1);
        Span<byte> registers = stackalloc byte[HyperLogLog.Registers];
        registers.Clear();
        var dense = false;
        for (var i = 0; i < command.ArgumentCount; i++)
        {
            dense |= MergeInto(registers, context, command.Key(i));
        }

        var key = command.Key(0);
        var editor = new HyperLogLogEditor(Find(context, key));
        if (dense)
        {
            editor.TryMakeDense();
        }

        for (var i = 0; i < registers.Length; i++)
        {
            if (registers[i] != 0)
            {
                editor.Raise(i, registers[i]);
            }
        }

        editor.Store(context.Database, key);
        return StoreReply.Ok;
    }

    // Whether the source is dense.
    private static bool MergeInto(Span<byte> registers, CommandContext context, StoreKey key)
    {
        if (Find(context, key) is not { } data)
        {
            return false;
        }

        return HyperLogLog.TryMergeInto(registers, data.Bytes) ? HyperLogLog.IsDense(data.Bytes) : throw Corrupt(context);
    }

    private static StringData? Find(CommandContext context, StoreKey key)
    {
        var data = context.Get<StringData>(key);
        return data is null || HyperLogLog.IsOne(data.Bytes)
            ? data
            : throw StoreErrors.FromServer("WRONGTYPE Key is not a valid HyperLogLog string value.", context.CommandName);
    }

    private static StoreException Corrupt(CommandContext context) =>
        StoreErrors.FromServer("INVALIDOBJ Corrupted HLL object detected", context.CommandName);
}
