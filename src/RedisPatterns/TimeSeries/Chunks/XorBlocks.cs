using System.Buffers;
using System.Numerics;

namespace RedisPatterns;

/// <summary>
/// Doubles by the bits in which each differs from the one before, in blocks of 128: for each block how many low bits never
/// differ, the width of what does, and that, packed.
/// </summary>
/// <remarks>After Pelkonen et al., "Gorilla: A fast, scalable, in-memory time series database" (2015), but with one width for a block, so that it is read without branches.</remarks>
internal static class XorBlocks
{
    private const int BlockLength = DifferenceBlocks.BlockLength;

    /// <summary>How many bytes values take.</summary>
    public static int SizeOf(ReadOnlySpan<double> values)
    {
        var (size, before) = (0, 0ul);
        Span<ulong> differing = stackalloc ulong[BlockLength];
        for (var rest = values; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
        {
            var block = differing[..Math.Min(BlockLength, rest.Length)];
            size += 2 + BitPacking.SizeOf(block.Length, FrameOf(rest, block, ref before).Width);
        }

        return size;
    }

    /// <summary>Writes values.</summary>
    public static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<double> values)
    {
        var before = 0ul;
        Span<ulong> differing = stackalloc ulong[BlockLength];
        for (var rest = values; !rest.IsEmpty; rest = rest[Math.Min(BlockLength, rest.Length)..])
        {
            var block = differing[..Math.Min(BlockLength, rest.Length)];
            var (shift, width) = FrameOf(rest, block, ref before);
            foreach (ref var bits in block)
            {
                bits >>= shift;
            }

            output.Byte((byte)shift);
            output.Byte((byte)width);
            BitPacking.Write(output, block, width);
        }
    }

    /// <summary>Reads values.</summary>
    public static void Read(ref PackedInput input, Span<double> values)
    {
        var last = 0ul;
        Span<ulong> differing = stackalloc ulong[BlockLength];
        for (var at = 0; at < values.Length;)
        {
            var block = values.Slice(at, Math.Min(BlockLength, values.Length - at));
            var (shift, width) = ((int)input.Byte(), (int)input.Byte());
            if (!BitPacking.IsWidth(width) || shift >= BitPacking.Word)
            {
                throw new CorruptSeriesException("a block has no width");
            }

            BitPacking.Read(input.TakeFrom(BitPacking.SizeOf(block.Length, width)), width, differing[..block.Length]);
            for (var i = 0; i < block.Length; i++)
            {
                last ^= differing[i] << shift;
                block[i] = BitConverter.UInt64BitsToDouble(last);
            }

            at += block.Length;
        }
    }

    private static (int Shift, int Width) FrameOf(ReadOnlySpan<double> values, Span<ulong> differing, ref ulong before)
    {
        var all = 0ul;
        for (var i = 0; i < differing.Length; i++)
        {
            var bits = BitConverter.DoubleToUInt64Bits(values[i]);
            differing[i] = bits ^ before;
            all |= differing[i];
            before = bits;
        }

        var shift = all == 0 ? 0 : BitOperations.TrailingZeroCount(all);
        return (shift, BitPacking.WidthOf(all >> shift));
    }
}
