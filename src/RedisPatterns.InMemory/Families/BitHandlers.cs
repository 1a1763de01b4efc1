using System.Numerics;
using System.Runtime.InteropServices;

namespace RedisPatterns.InMemory;

/// <summary>Bits of strings: single ones, and counting.</summary>
internal static partial class BitHandlers
{
    private const long MaximumBits = 8 * StringData.MaximumLength;

    public static void Register(HandlerTable table)
    {
        table.Add("SETBIT", SetBit);
        table.Add("GETBIT", GetBit);
        table.Add("BITCOUNT", BitCount);
        table.Add("BITPOS", BitPosition);
        table.Add("BITOP", BitOperation);
        table.Add("BITFIELD", static (context, command) => BitField(context, command, readOnly: false));
        table.Add("BITFIELD_RO", static (context, command) => BitField(context, command, readOnly: true));
    }

    private static StoreReply SetBit(CommandContext context, StoreCommand command)
    {
        command.RequireCount(3, 3);
        var (key, offset) = (command.Key(0), BitOffset(command.Value(1), context));
        if (!command.Value(2).TryGetInt64(out var bit) || bit is not (0 or 1))
        {
            throw StoreErrors.FromServer("ERR bit is not an integer or out of range", context.CommandName);
        }

        ref var place = ref context.GetOrAdd<StringData>(key).GetWritable((int)(offset / 8) + 1)[(int)(offset / 8)];
        var mask = 0x80 >> (int)(offset % 8);
        var before = (place & mask) != 0 ? 1 : 0;
        place = (byte)(bit == 1 ? place | mask : place & ~mask);
        return StoreReply.Integer(before);
    }

    private static StoreReply GetBit(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2, 2);
        var offset = BitOffset(command.Value(1), context);
        var data = context.Get<StringData>(command.Key(0));
        return StoreReply.Integer(offset / 8 < (data?.Length ?? 0) && IsSet(data!.Bytes, offset) ? 1 : 0);
    }

    private static StoreReply BitCount(CommandContext context, StoreCommand command)
    {
        if (context.Get<StringData>(command.Key(0)) is not { } data)
        {
            return StoreReply.Integer(0);
        }

        var bytes = data.Bytes;
        if (command.ArgumentCount == 1)
        {
            return StoreReply.Integer(CountBits(bytes));
        }

        if (command.ArgumentCount is not (3 or 4))
        {
            throw ServerErrors.Syntax(context.CommandName);
        }

        var (start, end) = (command.Int64(1), command.Int64(2));
        if (start < 0 && end < 0 && start > end)
        {
            return StoreReply.Integer(0);
        }

        var (first, last) = BitRange(start, end, bytes.Length, IsBitUnit(context, command, 3));
        return StoreReply.Integer(first > last ? 0 : CountBits(bytes, first, last));
    }

    private static StoreReply BitPosition(CommandContext context, StoreCommand command)
    {
        command.RequireCount(2);
        var wanted = command.Int64(1);
        if (wanted is not (0 or 1))
        {
            throw StoreErrors.FromServer("ERR The bit argument must be 1 or 0.", context.CommandName);
        }

        if (context.Get<StringData>(command.Key(0)) is not { } data)
        {
            return StoreReply.Integer(wanted == 1 ? -1 : 0);
        }

        command.RequireCount(2, 5);
        var bytes = data.Bytes;
        var start = command.ArgumentCount > 2 ? command.Int64(2) : 0;
        var inBits = IsBitUnit(context, command, 4);
        var hasEnd = command.ArgumentCount > 3;
        var (first, last) = BitRange(start, hasEnd ? command.Int64(3) : -1, bytes.Length, inBits);
        if (first > last)
        {
            return StoreReply.Integer(-1);
        }

        var found = FirstBit(bytes, wanted == 1, first, last);
        return StoreReply.Integer(found < 0 && wanted == 0 && !hasEnd ? last + 1 : found);
    }

    // Whether an optional argument says BIT.
    private static bool IsBitUnit(CommandContext context, StoreCommand command, int index)
    {
        if (command.ArgumentCount <= index || command.IsWord(index, "BYTE"))
        {
            return false;
        }

        return command.IsWord(index, "BIT") ? true : throw ServerErrors.Syntax(context.CommandName);
    }

    // The first and last bit of a range of bytes or bits; the first lies behind the last when the range is empty.
    private static (long First, long Last) BitRange(long start, long end, int length, bool inBits)
    {
        var total = inBits ? 8L * length : length;
        start = Math.Max(start < 0 ? start + total : start, 0);
        end = Math.Min(Math.Max(end < 0 ? end + total : end, 0), total - 1);
        if (start > end)
        {
            return (1, 0);
        }

        return inBits ? (start, end) : (8 * start, (8 * end) + 7);
    }

    private static long CountBits(ReadOnlySpan<byte> bytes)
    {
        var count = 0L;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            count += BitOperations.PopCount(word);
        }

        foreach (var one in bytes[(bytes.Length & ~7)..])
        {
            count += BitOperations.PopCount(one);
        }

        return count;
    }

    private static long CountBits(ReadOnlySpan<byte> bytes, long first, long last)
    {
        var (from, to) = ((int)(first / 8), (int)(last / 8));
        var before = bytes[from] & ~(0xFF >> (int)(first % 8));
        var behind = bytes[to] & (0x7F >> (int)(last % 8));
        return CountBits(bytes[from..(to + 1)]) - BitOperations.PopCount((uint)before) - BitOperations.PopCount((uint)behind);
    }

    private static long FirstBit(ReadOnlySpan<byte> bytes, bool isSet, long first, long last)
    {
        var none = isSet ? (byte)0 : (byte)0xFF;
        for (var bit = first; bit <= last;)
        {
            if (bit % 8 == 0)
            {
                var skipped = bytes[(int)(bit / 8)..].IndexOfAnyExcept(none);
                if (skipped < 0)
                {
                    return -1;
                }

                bit += 8L * skipped;
                if (bit > last)
                {
                    return -1;
                }
            }

            if (IsSet(bytes, bit) == isSet)
            {
                return bit;
            }

            bit++;
        }

        return -1;
    }

    private static bool IsSet(ReadOnlySpan<byte> bytes, long bit) => (bytes[(int)(bit / 8)] & (0x80 >> (int)(bit % 8))) != 0;

    private static long BitOffset(StoreValue argument, CommandContext context) =>
        argument.TryGetInt64(out var offset) && offset is >= 0 and < MaximumBits ? offset : throw InvalidOffset(context);

    private static StoreException InvalidOffset(CommandContext context) =>
        StoreErrors.FromServer("ERR bit offset is not an integer or out of range", context.CommandName);
}
