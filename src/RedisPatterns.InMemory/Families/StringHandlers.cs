namespace RedisPatterns.InMemory;

/// <summary>Strings: reading, and what changes a part.</summary>
internal static partial class StringHandlers
{
    public static void Register(HandlerTable table)
    {
        table.Add("GET", Get);
        table.Add("MGET", MGet);
        table.Add("SET", Set);
        table.Add("MSET", MSet);
        table.Add("MSETNX", MSetNx);
        table.Add("GETDEL", GetDel);
        table.Add("GETEX", GetEx);
        table.Add("INCRBY", IncrBy);
        table.Add("INCRBYFLOAT", IncrByFloat);
        table.Add("APPEND", Append);
        table.Add("GETRANGE", GetRange);
        table.Add("SETRANGE", SetRange);
        table.Add("STRLEN", StrLen);
    }

    private static StoreReply Get(CommandContext context, StoreCommand command) =>
        context.Get<StringData>(command.Key(0)) is { } data ? StoreReply.FromValue(data.Value) : StoreReply.Null;

    private static StoreReply MGet(CommandContext context, StoreCommand command)
    {
        command.RequireCount(1);
        var replies = new StoreReply[command.ArgumentCount];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = context.Database.Find(command.Key(i))?.Data is StringData data ? StoreReply.FromValue(data.Value) : StoreReply.Null;
        }

        return StoreReply.Array(replies);
    }

    private static StoreReply StrLen(CommandContext context, StoreCommand command) =>
        StoreReply.Integer(context.Get<StringData>(command.Key(0))?.Length ?? 0);

    private static StoreReply GetRange(CommandContext context, StoreCommand command)
    {
        var (start, end) = (command.Int64(1), command.Int64(2));
        if (context.Get<StringData>(command.Key(0)) is not { Length: > 0 and var length } data || (start < 0 && end < 0 && start > end))
        {
            return StoreReply.FromValue(StoreValue.Empty);
        }

        // Unlike elsewhere, an end before the first byte means the first byte.
        start = Math.Max(start < 0 ? start + length : start, 0);
        end = Math.Min(Math.Max(end < 0 ? end + length : end, 0), length - 1);
        return StoreReply.FromValue(start > end ? StoreValue.Empty : data.Value.AsMemory()[(int)start..((int)end + 1)]);
    }

    private static StoreReply Append(CommandContext context, StoreCommand command)
    {
        var (key, value) = (command.Key(0), command.Value(1));
        if (context.Get<StringData>(key) is not { } data)
        {
            context.Database.Put(key, data = new StringData(context.Database.Journal, value));
            return StoreReply.Integer(data.Length);
        }

        ThrowIfTooLong(context, data.Length + (long)value.GetByteCount());
        data.Append(value.AsMemory().Span);
        return StoreReply.Integer(data.Length);
    }

    private static StoreReply SetRange(CommandContext context, StoreCommand command)
    {
        var (key, offset, value) = (command.Key(0), command.Int64(1), command.Value(2).AsMemory());
        if (offset < 0)
        {
            throw StoreErrors.FromServer("ERR offset is out of range", context.CommandName);
        }

        var data = context.Get<StringData>(key);
        if (value.IsEmpty)
        {
            return StoreReply.Integer(data?.Length ?? 0);
        }

        // As an unsigned sum: it may leave the range of a 64-bit integer.
        ThrowIfTooLong(context, (long)Math.Min((ulong)offset + (ulong)value.Length, long.MaxValue));
        data ??= context.GetOrAdd<StringData>(key);
        value.Span.CopyTo(data.GetWritable((int)offset + value.Length)[(int)offset..]);
        return StoreReply.Integer(data.Length);
    }

    private static StoreReply IncrBy(CommandContext context, StoreCommand command)
    {
        var (key, increment) = (command.Key(0), command.Int64(1));
        var data = context.Get<StringData>(key);
        var sum = AddInteger(data?.Value ?? 0, increment, context.CommandName);
        (data ?? context.GetOrAdd<StringData>(key)).Set(sum);
        return StoreReply.Integer(sum);
    }

    private static StoreReply IncrByFloat(CommandContext context, StoreCommand command)
    {
        var key = command.Key(0);
        var data = context.Get<StringData>(key);
        StoreValue sum = AddFloat(data?.Value ?? 0, command.Value(1), context.CommandName);
        (data ?? context.GetOrAdd<StringData>(key)).Set(sum);
        return StoreReply.FromValue(sum);
    }

    /// <summary>Adds to a stored integer.</summary>
    internal static long AddInteger(StoreValue stored, long increment, string command)
    {
        if (!stored.TryGetInt64(out var number))
        {
            throw ServerErrors.NotAnInteger(command);
        }

        var sum = unchecked(number + increment);
        return ((number ^ sum) & (increment ^ sum)) < 0 ? throw ServerErrors.IncrementOverflow(command) : sum;
    }

    /// <summary>Adds to a stored number.</summary>
    internal static string AddFloat(StoreValue stored, StoreValue increment, string command)
    {
        if (!ExtendedFloat.TryParse(stored, out var number) || !ExtendedFloat.TryParse(increment, out var addend))
        {
            throw ServerErrors.NotAFloat(command);
        }

        return !number.IsFinite || !addend.IsFinite || ExtendedFloat.Add(number, addend) is not { IsFinite: true } sum
            ? throw ServerErrors.NotFinite(command)
            : sum.ToString();
    }

    private static void ThrowIfTooLong(CommandContext context, long length)
    {
        if (length > StringData.MaximumLength)
        {
            throw ServerErrors.TooLarge(context.CommandName);
        }
    }
}
