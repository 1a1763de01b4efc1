using System.Buffers.Binary;
using System.Numerics;

namespace RedisPatterns;

/// <summary>Numbers of one width in bits, one behind the other, the lowest bits first.</summary>
/// <remarks>
/// A width is 0 to 56, or 64: so that each number lies within eight bytes, and one load, one shift and one mask read it.
/// </remarks>
internal static class BitPacking
{
    /// <summary>The greatest width of numbers that do not take whole words.</summary>
    public const int GreatestWidth = 56;

    /// <summary>The width of whole words.</summary>
    public const int Word = 64;

    private const int BytesOfWord = sizeof(ulong);

    /// <summary>The width that a number needs.</summary>
    public static int WidthOf(ulong greatest) => Word - BitOperations.LeadingZeroCount(greatest) is var bits && bits > GreatestWidth ? Word : bits;

    /// <summary>How many bytes so many numbers take.</summary>
    public static int SizeOf(int count, int width) => ((count * width) + 7) >> 3;

    /// <summary>Whether a byte can be a width.</summary>
    public static bool IsWidth(int width) => width is (>= 0 and <= GreatestWidth) or Word;

    /// <summary>Writes numbers.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="numbers">The numbers; none needs more than the width.</param>
    /// <param name="width">The width.</param>
    public static void Write(PooledBuffer target, ReadOnlySpan<ulong> numbers, int width)
    {
        var size = SizeOf(numbers.Length, width);
        var bytes = target.GetSpan(size)[..size];
        var (pending, bits) = (0ul, 0);
        foreach (var number in numbers)
        {
            pending |= number << bits;
            bits += width;
            if (bits < Word)
            {
                continue;
            }

            // What has no room in this word begins the next one.
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, pending);
            bytes = bytes[BytesOfWord..];
            bits -= Word;
            pending = bits == 0 ? 0 : number >> (width - bits);
        }

        foreach (ref var last in bytes)
        {
            last = (byte)pending;
            pending >>= 8;
        }

        target.Advance(size);
    }

    /// <summary>Reads numbers.</summary>
    /// <param name="bytes">Begins with the numbers.</param>
    /// <param name="width">The width.</param>
    /// <param name="numbers">Where to.</param>
    public static void Read(ReadOnlySpan<byte> bytes, int width, Span<ulong> numbers)
    {
        if (width == 0)
        {
            numbers.Clear();
            return;
        }

        var mask = width == Word ? ulong.MaxValue : (1ul << width) - 1;
        var whole = bytes.Length < BytesOfWord ? 0 : (int)Math.Min((((bytes.Length - BytesOfWord) * 8L) / width) + 1, numbers.Length);
        var bit = 0;
        for (var i = 0; i < whole; i++, bit += width)
        {
            numbers[i] = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[(bit >> 3)..]) >> (bit & 7)) & mask;
        }

        if (whole == numbers.Length)
        {
            return;
        }

        // The last ones lie in less than eight bytes.
        var rest = bytes[(bit >> 3)..];
        var last = 0ul;
        for (var i = rest.Length - 1; i >= 0; i--)
        {
            last = (last << 8) | rest[i];
        }

        last >>= bit & 7;
        for (var i = whole; i < numbers.Length; i++, last >>= width)
        {
            numbers[i] = last & mask;
        }
    }
}
