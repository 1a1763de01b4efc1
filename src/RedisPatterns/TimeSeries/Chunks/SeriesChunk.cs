using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RedisPatterns;

/// <summary>A stretch of a time series as bytes: moments and values, compressed, with a checksum.</summary>
/// <remarks>
/// Version 1: the version; the codec of the values, and for decimals the places and the order of the differences; the number
/// of points; the moments by the differences of order 1; the values; CRC-32C of all before it, four bytes. The codec is the
/// one that takes the fewest bytes. Whatever 64 bits a value has come back.
/// </remarks>
internal static class SeriesChunk
{
    /// <summary>The most points.</summary>
    public const int GreatestCount = 1 << 20;

    private const byte Version = 1;
    private const int ChecksumLength = sizeof(uint);
    private const int OrderOfMoments = 1;
    private const int BitsOfCodec = 2;
    private const int BitsOfOrder = 2;

    /// <summary>Writes points.</summary>
    /// <param name="moments">Their moments, in milliseconds since 1970; best in order.</param>
    /// <param name="values">Their values, as many.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Write(ReadOnlySpan<long> moments, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, moments.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(moments.Length, GreatestCount);
        var numbers = ArrayPool<long>.Shared.Rent(2 * moments.Length);
        try
        {
            var output = new ArrayBufferWriter<byte>(64 + (2 * moments.Length));
            output.Byte(Version);
            var wholes = numbers.AsSpan(0, moments.Length);
            var (codec, places, order) = Choose(values, wholes, numbers.AsSpan(moments.Length, moments.Length));
            output.Byte((byte)((int)codec | (order << BitsOfCodec) | (places << (BitsOfCodec + BitsOfOrder))));
            output.Unsigned((ulong)moments.Length);

            var steps = numbers.AsSpan(moments.Length, moments.Length);
            moments.CopyTo(steps);
            DifferenceBlocks.Difference(steps, OrderOfMoments);
            DifferenceBlocks.Write(output, steps, OrderOfMoments);
            WriteValues(output, codec, order, values, wholes);

            var checksum = new Crc32C();
            checksum.Append(output.WrittenSpan);
            BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(ChecksumLength), checksum.Value);
            output.Advance(ChecksumLength);
            return output.WrittenSpan.ToArray();
        }
        finally
        {
            ArrayPool<long>.Shared.Return(numbers);
        }
    }

    /// <summary>How many points a chunk has.</summary>
    /// <exception cref="CorruptSeriesException">The bytes are not what was written.</exception>
    public static int CountOf(ReadOnlySpan<byte> chunk)
    {
        var input = Open(chunk);
        return HeadOf(ref input).Count;
    }

    /// <summary>Reads points.</summary>
    /// <param name="chunk">The bytes.</param>
    /// <param name="moments">Where the moments go; as long as <see cref="CountOf"/> says.</param>
    /// <param name="values">Where the values go; as long.</param>
    /// <exception cref="CorruptSeriesException">The bytes are not what was written.</exception>
    public static void Read(ReadOnlySpan<byte> chunk, Span<long> moments, Span<double> values)
    {
        var input = Open(chunk);
        var (count, codec, places, order) = HeadOf(ref input);
        ArgumentOutOfRangeException.ThrowIfNotEqual(moments.Length, count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, count);
        DifferenceBlocks.Read(ref input, OrderOfMoments, moments);
        switch (codec)
        {
            case ValueCodec.Raw:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = input.Double();
                }

                break;
            case ValueCodec.Xor:
                XorBlocks.Read(ref input, values);
                break;
            default:
                // A whole number and its value take the same room.
                var wholes = MemoryMarshal.Cast<double, long>(values);
                DifferenceBlocks.Read(ref input, order, wholes);
                DecimalScale.Unscale(wholes, places, values);
                break;
        }

        if (!input.IsAtEnd)
        {
            throw new CorruptSeriesException("something stands behind its values");
        }
    }

    private static PackedInput Open(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < ChecksumLength)
        {
            throw new CorruptSeriesException("it ends too early");
        }

        var body = chunk[..^ChecksumLength];
        var checksum = new Crc32C();
        checksum.Append(body);
        return checksum.Value == BinaryPrimitives.ReadUInt32LittleEndian(chunk[^ChecksumLength..])
            ? new PackedInput(body)
            : throw new CorruptSeriesException("its checksum is another");
    }

    private static (int Count, ValueCodec Codec, int Places, int Order) HeadOf(ref PackedInput input)
    {
        var (version, kind) = (input.Byte(), (int)input.Byte());
        var count = input.Unsigned();
        var (codec, order, places) = ((ValueCodec)(kind & 3), (kind >> BitsOfCodec) & 3, kind >> (BitsOfCodec + BitsOfOrder));
        return version != Version ? throw new CorruptSeriesException("its format is not known")
            : codec > ValueCodec.Decimal || order > DifferenceBlocks.GreatestOrder || count > GreatestCount ? throw new CorruptSeriesException("its head makes no sense")
            : ((int)count, codec, places, order);
    }

    private static (ValueCodec Codec, int Places, int Order) Choose(ReadOnlySpan<double> values, Span<long> wholes, Span<long> scratch)
    {
        var (best, codec, places, order) = (values.Length * sizeof(double), ValueCodec.Raw, 0, 0);
        if (XorBlocks.SizeOf(values) is var differing && differing < best)
        {
            (best, codec) = (differing, ValueCodec.Xor);
        }

        if (!DecimalScale.TryScale(values, wholes, out var scale))
        {
            return (codec, places, order);
        }

        for (var depth = 0; depth <= DifferenceBlocks.GreatestOrder; depth++)
        {
            wholes.CopyTo(scratch);
            DifferenceBlocks.Difference(scratch, depth);
            if (DifferenceBlocks.SizeOf(scratch, depth) is var size && size < best)
            {
                (best, codec, places, order) = (size, ValueCodec.Decimal, scale, depth);
            }
        }

        return (codec, places, order);
    }

    private static void WriteValues(ArrayBufferWriter<byte> output, ValueCodec codec, int order, ReadOnlySpan<double> values, Span<long> wholes)
    {
        switch (codec)
        {
            case ValueCodec.Raw:
                foreach (var value in values)
                {
                    output.Double(value);
                }

                break;
            case ValueCodec.Xor:
                XorBlocks.Write(output, values);
                break;
            default:
                DifferenceBlocks.Difference(wholes, order);
                DifferenceBlocks.Write(output, wholes, order);
                break;
        }
    }
}
