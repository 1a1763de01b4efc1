namespace RedisPatterns.Commands;

/// <summary>Commands on the bits of strings. Bit 0 is the topmost of the first byte.</summary>
public static class Bits
{
    private const long MaxBits = 8L * 512 * 1024 * 1024;

    private static readonly ReplyReader<long?[]> ReadNumbers =
        static reply => Replies.ToArray(reply, static item => item.IsNull ? (long?)null : Replies.ToInt64(item));

    /// <summary>Sets or clears a bit, filling up with zero bytes. <c>SETBIT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="offset">Which bit; 0 to 4,294,967,295.</param>
    /// <param name="bit">Whether it is set.</param>
    /// <returns>Answers whether it was set before.</returns>
    public static StoreCommand<bool> Set(StoreKey key, long offset, bool bit) =>
        new(CommandTable.SetBit, Replies.Boolean, [StoreValue.FromKey(key), Offset(offset), bit ? 1 : 0]);

    /// <summary>Reads a bit. <c>GETBIT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="offset">Which bit; 0 to 4,294,967,295.</param>
    /// <returns>Answers whether it is set; false beyond the end of the string.</returns>
    public static StoreCommand<bool> Get(StoreKey key, long offset) =>
        new(CommandTable.GetBit, Replies.Boolean, StoreValue.FromKey(key), Offset(offset));

    /// <summary>The number of bits that are set. <c>BITCOUNT</c>.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Answers the number; 0 when the key does not exist.</returns>
    public static StoreCommand<long> Count(StoreKey key) => new(CommandTable.BitCount, Replies.Int64, StoreValue.FromKey(key));

    /// <summary>The number of bits that are set in a range. <c>BITCOUNT</c> with a range.</summary>
    /// <param name="key">The key.</param>
    /// <param name="start">The first byte or bit; negative counts from the end, -1 being the last.</param>
    /// <param name="end">The last byte or bit, itself included.</param>
    /// <param name="unit">Whether the range is of bytes or bits.</param>
    /// <returns>Answers the number; 0 when the key does not exist.</returns>
    public static StoreCommand<long> Count(StoreKey key, long start, long end, BitUnit unit = BitUnit.Byte) =>
        new(CommandTable.BitCount, Replies.Int64, WithUnit(new ArgumentList(4).AddKey(key).Add(start).Add(end), unit));

    /// <summary>The first bit that is set, or that is clear. <c>BITPOS</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="bit">Whether it is a set bit that is looked for.</param>
    /// <param name="start">The first byte that is looked at; negative counts from the end, -1 being the last.</param>
    /// <returns>
    /// Answers the bit's offset from the beginning of the string; -1 when there is none. Behind its end the string counts as
    /// clear, so that a clear bit is always found, except from a start beyond the end on.
    /// </returns>
    public static StoreCommand<long> Position(StoreKey key, bool bit, long start = 0) =>
        new(CommandTable.BitPos, Replies.Int64, start == 0 ? [StoreValue.FromKey(key), bit ? 1 : 0] : [StoreValue.FromKey(key), bit ? 1 : 0, start]);

    /// <summary>The first bit of a range that is set, or that is clear. <c>BITPOS</c> with a range.</summary>
    /// <param name="key">The key.</param>
    /// <param name="bit">Whether it is a set bit that is looked for.</param>
    /// <param name="start">The first byte or bit; negative counts from the end, -1 being the last.</param>
    /// <param name="end">The last byte or bit, itself included.</param>
    /// <param name="unit">Whether the range is of bytes or bits.</param>
    /// <returns>Answers the bit's offset from the beginning of the string; -1 when there is none in the range.</returns>
    public static StoreCommand<long> Position(StoreKey key, bool bit, long start, long end, BitUnit unit = BitUnit.Byte) =>
        new(CommandTable.BitPos, Replies.Int64, WithUnit(new ArgumentList(5).AddKey(key).Add(bit ? 1 : 0).Add(start).Add(end), unit));

    /// <summary>Combines strings bit by bit; shorter ones are filled up with zero bytes. <c>BITOP</c>.</summary>
    /// <param name="operation">How.</param>
    /// <param name="destination">The key that is written, whatever it held; it is gone when the result is empty.</param>
    /// <param name="sources">The strings; at least one, and exactly one for <see cref="BitOperation.Not"/>. In a cluster all keys must share a hash slot.</param>
    /// <returns>Answers the length of the result in bytes.</returns>
    public static StoreCommand<long> Combine(BitOperation operation, StoreKey destination, params ReadOnlySpan<StoreKey> sources)
    {
        var word = operation switch
        {
            BitOperation.And => "AND",
            BitOperation.Or => "OR",
            BitOperation.Xor => "XOR",
            BitOperation.Not => "NOT",
            _ => throw new ArgumentOutOfRangeException(nameof(operation), "No such operation."),
        };
        if (operation == BitOperation.Not && sources.Length > 1)
        {
            throw new ArgumentException("NOT takes one string.", nameof(sources));
        }

        return new(CommandTable.BitOp, Replies.Int64, new ArgumentList(2 + sources.Length).Add(word).AddKey(destination).AddAll(Require.Some(sources)).ToArray());
    }

    /// <summary>Reads and writes numbers of any width within a string, in order. <c>BITFIELD</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="operations">The operations; at least one.</param>
    /// <returns>Answers for each its number; null for one that failed to fit, see <see cref="BitOverflow.Fail"/>.</returns>
    public static StoreCommand<long?[]> Field(StoreKey key, params ReadOnlySpan<BitFieldOperation> operations) =>
        new(CommandTable.BitField, ReadNumbers, FieldArguments(key, operations));

    /// <summary>Reads numbers of any width within a string. <c>BITFIELD_RO</c>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="operations">What is read; at least one, all made by <see cref="BitFieldOperation.Get"/>.</param>
    /// <returns>Answers for each its number.</returns>
    public static StoreCommand<long[]> ReadField(StoreKey key, params ReadOnlySpan<BitFieldOperation> operations)
    {
        foreach (var operation in operations)
        {
            if (!operation.IsGet)
            {
                throw new ArgumentException("Only reading operations may be given here.", nameof(operations));
            }
        }

        return new(CommandTable.BitFieldRo, Replies.Int64s, FieldArguments(key, operations));
    }

    private static StoreValue[] FieldArguments(StoreKey key, ReadOnlySpan<BitFieldOperation> operations)
    {
        var arguments = new ArgumentList(1 + (4 * operations.Length)).AddKey(key);
        var mode = BitOverflow.Wrap;
        foreach (var operation in Require.Some(operations))
        {
            operation.AddTo(arguments, ref mode);
        }

        return arguments.ToArray();
    }

    private static long Offset(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(offset, MaxBits);
        return offset;
    }

    private static StoreValue[] WithUnit(ArgumentList arguments, BitUnit unit) => unit switch
    {
        BitUnit.Byte => arguments.ToArray(),
        BitUnit.Bit => arguments.Add("BIT").ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), "No such unit."),
    };
}
