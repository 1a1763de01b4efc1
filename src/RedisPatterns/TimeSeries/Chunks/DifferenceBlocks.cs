using System.Buffers;

namespace RedisPatterns;

/// <summary>
/// Integers by the differences of their differences, as deep as an order says, in blocks of 128: for each block the least,
/// the width of what is above it, and that, packed. What lies in even steps takes no bits at all.
/// </summary>
/// <remarks>
/// Frame of reference and patched widths as in Lemire and Boytsov, "Decoding billions of integers per second through
/// vectorization" (2015), without the patches. Sums and differences wrap around, so that any 64 bits come back.
/// </remarks>
internal static class DifferenceBlocks
{
    /// <summary>The deepest order: differences of differences.</summary>
    public const int GreatestOrder = 2;

    /// <summary>How many numbers a block has, but for the last.</summary>
    public const int BlockLength = 128;

    /// <summary>Takes the differences in place, so often; what cannot be one stays in front.</summary>
    public static void Difference(Span<long> numbers, int order)
    {
        for (var depth = 0; depth < order; depth++)
        {
            for (var i = numbers.Length - 1; i > depth; i--)
            {
                numbers[i] = unchecked(numbers[i] - numbers[i - 1]);
            }
        }
    }

    /// <summary>How many bytes differences take.</summary>
    /// <param name="differences">The differences.</param>
    /// <param name="order">How deep they are.</param>
    public static int SizeOf(ReadOnlySpan<long> differences, int order)
    {
        var size = 0;
        var head = Math.Min(order, differences.Length);
        foreach (var number in differences[..head])
        {
            size += PackedOutput.SizeOfSigned(number);
        }

        for (var rest = differences[head..]; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
        {
            var block = rest[..Math.Min(BlockLength, rest.Length)];
            var (least, width) = FrameOf(block);
            size += PackedOutput.SizeOfSigned(least) + 1 + BitPacking.SizeOf(block.Length, width);
        }

        return size;
    }

    /// <summary>Writes differences.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="differences">The differences.</param>
    /// <param name="order">How deep they are.</param>
    public static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<long> differences, int order)
    {
        var head = Math.Min(order, differences.Length);
        foreach (var number in differences[..head])
        {
            output.Signed(number);
        }

        Span<ulong> above = stackalloc ulong[BlockLength];
        for (var rest = differences[head..]; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
        {
            var block = rest[..Math.Min(BlockLength, rest.Length)];
            var (least, width) = FrameOf(block);
            for (var i = 0; i < block.Length; i++)
            {
                above[i] = unchecked((ulong)(block[i] - least));
            }

            output.Signed(least);
            output.Byte((byte)width);
            BitPacking.Write(output, above[..block.Length], width);
        }
    }

    /// <summary>Reads numbers from their differences.</summary>
    /// <param name="input">Where they begin.</param>
    /// <param name="order">How deep they are.</param>
    /// <param name="numbers">Where to.</param>
    public static void Read(ref PackedInput input, int order, Span<long> numbers)
    {
        var head = Math.Min(order, numbers.Length);
        for (var i = 0; i < head; i++)
        {
            numbers[i] = input.Signed();
        }

        // The last number, and the last difference.
        var (value, step) = (head > 0 ? numbers[0] : 0, head > 1 ? numbers[1] : 0);
        if (head > 1)
        {
            value = numbers[1] = unchecked(value + step);
        }

        Span<ulong> above = stackalloc ulong[BlockLength];
        for (var at = head; at < numbers.Length;)
        {
            var block = numbers.Slice(at, Math.Min(BlockLength, numbers.Length - at));
            var (least, width) = (input.Signed(), (int)input.Byte());
            if (!BitPacking.IsWidth(width))
            {
                throw new CorruptSeriesException("a block has no width");
            }

            BitPacking.Read(input.TakeFrom(BitPacking.SizeOf(block.Length, width)), width, above[..block.Length]);
            Sum(above[..block.Length], least, order, block, ref value, ref step);
            at += block.Length;
        }
    }

    private static void Sum(ReadOnlySpan<ulong> above, long least, int order, Span<long> block, ref long value, ref long step)
    {
        unchecked
        {
            switch (order)
            {
                case 0:
                    for (var i = 0; i < block.Length; i++)
                    {
                        block[i] = least + (long)above[i];
                    }

                    break;
                case 1:
                    for (var i = 0; i < block.Length; i++)
                    {
                        block[i] = value += least + (long)above[i];
                    }

                    break;
                default:
                    for (var i = 0; i < block.Length; i++)
                    {
                        step += least + (long)above[i];
                        block[i] = value += step;
                    }

                    break;
            }
        }
    }

    private static (long Least, int Width) FrameOf(ReadOnlySpan<long> block)
    {
        var (least, greatest) = (block[0], block[0]);
        foreach (var number in block)
        {
            least = Math.Min(least, number);
            greatest = Math.Max(greatest, number);
        }

        return (least, BitPacking.WidthOf(unchecked((ulong)(greatest - least))));
    }
}
