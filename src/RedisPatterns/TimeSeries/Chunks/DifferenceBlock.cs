using System.Runtime.InteropServices;

namespace RedisPatterns;

/// <summary>
/// Integers of a block by the differences of their differences, as deep as an order says: what cannot be one in front, then
/// the least, the width of what is above it, and that, packed. What lies in even steps takes no bits at all.
/// </summary>
/// <remarks>
/// Frame of reference and patched widths as in Lemire and Boytsov, "Decoding billions of integers per second through
/// vectorization" (2015), without the patches. Sums and differences wrap around, so that any 64 bits come back. The first
/// number is written by its difference from the first one of the block before, so blocks can be gone by without being read.
/// </remarks>
internal readonly ref struct DifferenceBlock
{
    /// <summary>The deepest order: differences of differences.</summary>
    public const int GreatestOrder = 2;

    private readonly int _order;
    private readonly long _first;
    private readonly long _step;
    private readonly long _least;
    private readonly int _width;
    private readonly ReadOnlySpan<byte> _packed;

    private DifferenceBlock(int order, long first, long step, long least, int width, ReadOnlySpan<byte> packed)
    {
        (_order, _first, _step, _least, _width) = (order, first, step, least, width);
        _packed = packed;
    }

    /// <summary>How many bytes the numbers of a block take.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="order">How deep the differences are.</param>
    /// <param name="first">The first number of the block before, or 0; becomes that of this one.</param>
    public static int SizeOf(ReadOnlySpan<long> numbers, int order, ref long first)
    {
        Span<long> differences = stackalloc long[SeriesChunk.BlockLength];
        var (front, packed) = Difference(numbers, order, differences, ref first);
        var size = 0;
        foreach (var number in front)
        {
            size += PackedOutput.SizeOfSigned(number);
        }

        if (packed.IsEmpty)
        {
            return size;
        }

        var (least, width) = FrameOf(packed);
        return size + PackedOutput.SizeOfSigned(least) + 1 + BitPacking.SizeOf(packed.Length, width);
    }

    /// <summary>Writes the numbers of a block.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="order">How deep the differences are.</param>
    /// <param name="first">The first number of the block before, or 0; becomes that of this one.</param>
    public static void Write(PooledBuffer output, ReadOnlySpan<long> numbers, int order, ref long first)
    {
        Span<long> differences = stackalloc long[SeriesChunk.BlockLength];
        var (front, packed) = Difference(numbers, order, differences, ref first);
        foreach (var number in front)
        {
            output.Signed(number);
        }

        if (packed.IsEmpty)
        {
            return;
        }

        var (least, width) = FrameOf(packed);
        foreach (ref var number in packed)
        {
            number = unchecked(number - least);
        }

        output.Signed(least);
        output.Byte((byte)width);
        BitPacking.Write(output, MemoryMarshal.Cast<long, ulong>(packed), width);
    }

    /// <summary>Goes by a block, and keeps what is needed to read it.</summary>
    /// <param name="input">Where it begins.</param>
    /// <param name="order">How deep the differences are.</param>
    /// <param name="length">How many numbers it has.</param>
    /// <param name="first">The first number of the block before, or 0; becomes that of this one.</param>
    public static DifferenceBlock Open(ref PackedInput input, int order, int length, ref long first)
    {
        var step = 0L;
        if (order > 0)
        {
            first = unchecked(first + input.Signed());
            step = order > 1 && length > 1 ? input.Signed() : 0;
        }

        if (length <= order)
        {
            return new(order, first, step, 0, 0, default);
        }

        var (least, width) = (input.Signed(), (int)input.Byte());
        return BitPacking.IsWidth(width)
            ? new(order, first, step, least, width, input.TakeFrom(BitPacking.SizeOf(length - order, width)))
            : throw new CorruptSeriesException("A block of a time series' chunk has no width.");
    }

    /// <summary>Reads the numbers.</summary>
    public void Read(Span<long> numbers)
    {
        var front = Math.Min(_order, numbers.Length);
        BitPacking.Read(_packed, _width, MemoryMarshal.Cast<long, ulong>(numbers[front..]));
        unchecked
        {
            var (value, step, least) = (_first, _step, _least);
            switch (_order)
            {
                case 0:
                    foreach (ref var number in numbers)
                    {
                        number += least;
                    }

                    break;
                case 1:
                    numbers[0] = value;
                    foreach (ref var number in numbers[1..])
                    {
                        number = value += least + number;
                    }

                    break;
                default:
                    numbers[0] = value;
                    if (numbers.Length > 1)
                    {
                        numbers[1] = value += step;
                    }

                    foreach (ref var number in numbers[front..])
                    {
                        step += least + number;
                        number = value += step;
                    }

                    break;
            }
        }
    }

    // The front is what is written as it is: the first number, and the first difference for differences of differences.
    private static Differences Difference(ReadOnlySpan<long> numbers, int order, Span<long> differences, ref long first)
    {
        differences = differences[..numbers.Length];
        numbers.CopyTo(differences);
        for (var depth = 0; depth < order; depth++)
        {
            for (var i = differences.Length - 1; i > depth; i--)
            {
                differences[i] = unchecked(differences[i] - differences[i - 1]);
            }
        }

        if (order > 0)
        {
            differences[0] = unchecked(numbers[0] - first);
            first = numbers[0];
        }

        var front = Math.Min(order, differences.Length);
        return new(differences[..front], differences[front..]);
    }

    private static (long Least, int Width) FrameOf(ReadOnlySpan<long> numbers)
    {
        var (least, greatest) = (numbers[0], numbers[0]);
        foreach (var number in numbers)
        {
            least = Math.Min(least, number);
            greatest = Math.Max(greatest, number);
        }

        return (least, BitPacking.WidthOf(unchecked((ulong)(greatest - least))));
    }

    private readonly ref struct Differences(ReadOnlySpan<long> front, Span<long> packed)
    {
        private readonly ReadOnlySpan<long> _front = front;
        private readonly Span<long> _packed = packed;

        public void Deconstruct(out ReadOnlySpan<long> front, out Span<long> packed)
        {
            front = _front;
            packed = _packed;
        }
    }
}
