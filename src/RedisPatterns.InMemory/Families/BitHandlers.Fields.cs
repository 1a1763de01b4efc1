namespace RedisPatterns.InMemory;

// Numbers of any width within a string.
internal static partial class BitHandlers
{
    private enum FieldVerb
    {
        Get,
        Set,
        Increment,
    }

    private enum FieldOverflow
    {
        Wrap,
        Saturate,
        Fail,
    }

    private static StoreReply BitField(CommandContext context, StoreCommand command, bool readOnly)
    {
        command.RequireCount(1);
        var steps = ParseFields(context, command);
        var end = steps.Where(static step => step.Verb != FieldVerb.Get).Select(static step => step.Offset + step.Width).DefaultIfEmpty().Max();
        if (end > 0 && readOnly)
        {
            throw StoreErrors.FromServer("ERR BITFIELD_RO only supports the GET subcommand", context.CommandName);
        }

        if (end > MaximumBits)
        {
            throw InvalidOffset(context);
        }

        var key = command.Key(0);
        if (end == 0)
        {
            var source = context.Get<StringData>(key);
            return StoreReply.Array([.. steps.Select(step => StoreReply.Integer(step.Read(source is null ? [] : source.Bytes)))]);
        }

        var target = context.GetOrAdd<StringData>(key).GetWritable((int)((end + 7) / 8));
        var replies = new StoreReply[steps.Count];
        for (var i = 0; i < replies.Length; i++)
        {
            replies[i] = steps[i].Apply(target);
        }

        return StoreReply.Array(replies);
    }

    private static List<FieldStep> ParseFields(CommandContext context, StoreCommand command)
    {
        var steps = new List<FieldStep>();
        var overflow = FieldOverflow.Wrap;
        for (var i = 1; i < command.ArgumentCount;)
        {
            var left = command.ArgumentCount - i - 1;
            if (command.IsWord(i, "OVERFLOW") && left >= 1)
            {
                overflow = command.IsWord(i + 1, "WRAP") ? FieldOverflow.Wrap
                    : command.IsWord(i + 1, "SAT") ? FieldOverflow.Saturate
                    : command.IsWord(i + 1, "FAIL") ? FieldOverflow.Fail
                    : throw StoreErrors.FromServer("ERR Invalid OVERFLOW type specified", context.CommandName);
                i += 2;
                continue;
            }

            var verb = command.IsWord(i, "GET") && left >= 2 ? FieldVerb.Get
                : command.IsWord(i, "SET") && left >= 3 ? FieldVerb.Set
                : command.IsWord(i, "INCRBY") && left >= 3 ? FieldVerb.Increment
                : throw ServerErrors.Syntax(context.CommandName);
            var (isSigned, width) = FieldType(context, command.Value(i + 1).AsText()!);
            var offset = FieldOffset(context, command.Value(i + 2), width);
            var number = verb == FieldVerb.Get ? 0 : command.Int64(i + 3);
            steps.Add(new(verb, isSigned, width, offset, number, overflow));
            i += verb == FieldVerb.Get ? 3 : 4;
        }

        return steps;
    }

    private static (bool IsSigned, int Width) FieldType(CommandContext context, string text)
    {
        var isSigned = text.StartsWith('i');
        return (isSigned || text.StartsWith('u')) && ((StoreValue)text[1..]).TryGetInt64(out var width) && width >= 1 && width <= (isSigned ? 64 : 63)
            ? (isSigned, (int)width)
            : throw StoreErrors.FromServer(
                "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.", context.CommandName);
    }

    // "#3" is the fourth field of this width.
    private static long FieldOffset(CommandContext context, StoreValue argument, int width)
    {
        if (argument.AsText() is not ['#', .. var index])
        {
            return BitOffset(argument, context);
        }

        return ((StoreValue)index).TryGetInt64(out var number) && number <= long.MaxValue / width
            ? BitOffset(number * width, context)
            : throw InvalidOffset(context);
    }

    private readonly record struct FieldStep(FieldVerb Verb, bool IsSigned, int Width, long Offset, long Number, FieldOverflow Overflow)
    {
        private Int128 Least => IsSigned ? -(Int128.One << (Width - 1)) : 0;

        private Int128 Most => IsSigned ? (Int128.One << (Width - 1)) - 1 : (Int128.One << Width) - 1;

        // A negative number set in an unsigned field counts as the large one with the same bits.
        private Int128 Wanted => !IsSigned && Verb == FieldVerb.Set ? (Int128)unchecked((ulong)Number) : Number;

        // Redis subtracts the number that is set from the largest that fits, which wraps around for the very smallest.
        private bool IsTakenForLarge => Width < 64 && Verb == FieldVerb.Set && Most - Number > long.MaxValue;

        public long Read(ReadOnlySpan<byte> bytes)
        {
            var bits = 0UL;
            for (var bit = Offset; bit < Offset + Width; bit++)
            {
                bits = (bits << 1) | (bit / 8 < bytes.Length && IsSet(bytes, bit) ? 1UL : 0);
            }

            return Extend(bits);
        }

        public StoreReply Apply(Span<byte> bytes)
        {
            var before = Read(bytes);
            if (Verb == FieldVerb.Get)
            {
                return StoreReply.Integer(before);
            }

            var wanted = Wanted + (Verb == FieldVerb.Increment ? before : 0);
            if (wanted < Least || wanted > Most)
            {
                if (Overflow == FieldOverflow.Fail)
                {
                    return StoreReply.Null;
                }

                wanted = Overflow == FieldOverflow.Wrap ? Extend(unchecked((ulong)wanted)) : wanted < Least && !IsTakenForLarge ? Least : Most;
            }

            Write(bytes, unchecked((ulong)wanted));
            return StoreReply.Integer(Verb == FieldVerb.Set ? before : (long)wanted);
        }

        // The number that the lowest bits stand for.
        private long Extend(ulong bits)
        {
            var shift = 64 - Width;
            return IsSigned ? (long)(bits << shift) >> shift : (long)((bits << shift) >> shift);
        }

        private void Write(Span<byte> bytes, ulong number)
        {
            for (var bit = Offset + Width - 1; bit >= Offset; bit--, number >>= 1)
            {
                ref var place = ref bytes[(int)(bit / 8)];
                var mask = 0x80 >> (int)(bit % 8);
                place = (byte)((number & 1) != 0 ? place | mask : place & ~mask);
            }
        }
    }
}
