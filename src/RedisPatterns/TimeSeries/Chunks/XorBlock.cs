using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace RedisPatterns;

/// <summary>
/// Doubles of a block by the bits in which each differs from the one before: the first as it is, how many low bits never
/// differ, the width of what does, and that, packed.
/// </summary>
/// <remarks>After Pelkonen et al., "Gorilla: A fast, scalable, in-memory time series database" (2015), but with one width for a block, so that it is read without branches.</remarks>
internal readonly ref struct XorBlock
{
    private readonly ulong _first;
    private readonly int _shift;
    private readonly int _width;
    private readonly ReadOnlySpan<byte> _packed;

    private XorBlock(ulong first, int shift, int width, ReadOnlySpan<byte> packed)
    {
        (_first, _shift, _width) = (first, shift, width);
        _packed = packed;
    }

    /// <summary>How many bytes the values of a block take.</summary>
    public static int SizeOf(ReadOnlySpan<double> values)
    {
        Span<ulong> differing = stackalloc ulong[SeriesChunk.BlockLength];
        return sizeof(double) + (values.Length == 1 ? 0 : 2 + BitPacking.SizeOf(values.Length - 1, FrameOf(values, differing).Width));
    }

    /// <summary>Writes the values of a block.</summary>
    public static void Write(PooledBuffer output, ReadOnlySpan<double> values)
    {
        output.Double(values[0]);
        if (values.Length == 1)
        {
            return;
        }

        Span<ulong> differing = stackalloc ulong[SeriesChunk.BlockLength];
        var (shift, width) = FrameOf(values, differing);
        var packed = differing[..(values.Length - 1)];
        foreach (ref var bits in packed)
        {
            bits >>= shift;
        }

        output.Byte((byte)shift);
        output.Byte((byte)width);
        BitPacking.Write(output, packed, width);
    }

    /// <summary>Goes by a block, and keeps what is needed to read it.</summary>
    public static XorBlock Open(ref PackedInput input, int length)
    {
        var first = BinaryPrimitives.ReadUInt64LittleEndian(input.Take(sizeof(ulong)));
        if (length == 1)
        {
            return new(first, 0, 0, default);
        }

        var (shift, width) = ((int)input.Byte(), (int)input.Byte());
        return BitPacking.IsWidth(width) && shift < BitPacking.Word
            ? new(first, shift, width, input.TakeFrom(BitPacking.SizeOf(length - 1, width)))
            : throw new CorruptSeriesException("A block of a time series' chunk has no width.");
    }

    /// <summary>Reads the values.</summary>
    public void Read(Span<double> values)
    {
        var bits = MemoryMarshal.Cast<double, ulong>(values);
        BitPacking.Read(_packed, _width, bits[1..]);
        var last = bits[0] = _first;
        for (var i = 1; i < bits.Length; i++)
        {
            bits[i] = last ^= bits[i] << _shift;
        }
    }

    private static (int Shift, int Width) FrameOf(ReadOnlySpan<double> values, Span<ulong> differing)
    {
        var (all, before) = (0ul, BitConverter.DoubleToUInt64Bits(values[0]));
        for (var i = 1; i < values.Length; i++)
        {
            var bits = BitConverter.DoubleToUInt64Bits(values[i]);
            differing[i - 1] = bits ^ before;
            all |= bits ^ before;
            before = bits;
        }

        var shift = all == 0 ? 0 : BitOperations.TrailingZeroCount(all);
        return (shift, BitPacking.WidthOf(all >> shift));
    }
}
