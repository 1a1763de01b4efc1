using System.Buffers.Binary;

namespace RedisPatterns;

/// <summary>What stands in front of a chunk: how long it is, how it is written, and what is known of all its points.</summary>
/// <param name="Length">How many bytes the chunk has.</param>
/// <param name="BodyAt">Where its blocks begin.</param>
/// <param name="Codec">How its values are written.</param>
/// <param name="Places">The decimal places of <see cref="ValueCodec.Decimal"/>.</param>
/// <param name="Order">How deep the differences of <see cref="ValueCodec.Decimal"/> are.</param>
/// <param name="Summary">What is known of its points.</param>
/// <remarks>
/// The length, four bytes; codec, order and places, one; where the blocks begin, one; the version, one; a mark, one. Then the
/// number of points, the first moment and from there to the last one; the first value, the last, the least and the greatest,
/// of decimals as the whole number and differences from it, else as they are; sum, squares and area as they are; CRC-32C of
/// all before it. The last of the first eight bytes is 0 for every record, and the mark here. The chunk ends with CRC-32C of
/// all between the head's fields and itself: of the blocks, and of the head by its checksum. So the head can be trusted where
/// only the beginning of a chunk was read, and the chunk is checked in one go over its bytes.
/// </remarks>
internal readonly record struct ChunkHead(int Length, int BodyAt, ValueCodec Codec, int Places, int Order, SeriesSummary Summary)
{
    /// <summary>The head lies within so many bytes of the chunk's beginning.</summary>
    public const int GreatestLength = 96;

    /// <summary>How many bytes a checksum takes.</summary>
    public const int ChecksumLength = sizeof(uint);

    private const byte Version = 1;
    private const byte Mark = 0xC5;
    private const int KindAt = 4;
    private const int BodyAtAt = 5;
    private const int VersionAt = 6;
    private const int MarkAt = 7;
    private const int FixedLength = 8;
    private const int BitsOfCodec = 2;
    private const int BitsOfOrder = 2;

    /// <summary>How many points there are.</summary>
    public int Count => (int)Summary.Count;

    /// <summary>Whether bytes begin with a chunk, and not with a record.</summary>
    public static bool Begins(ReadOnlySpan<byte> bytes) => bytes.Length >= FixedLength && bytes[MarkAt] == Mark;

    /// <summary>Reads the head of a chunk.</summary>
    /// <param name="bytes">The chunk, or its beginning: <see cref="GreatestLength"/> bytes are enough.</param>
    /// <exception cref="CorruptSeriesException">The bytes are not what was written.</exception>
    public static ChunkHead Read(ReadOnlySpan<byte> bytes)
    {
        if (!Begins(bytes) || bytes[VersionAt] != Version)
        {
            throw new CorruptSeriesException("The format of a time series' chunk is not known.");
        }

        var (length, bodyAt, kind) = (BinaryPrimitives.ReadUInt32LittleEndian(bytes), (int)bytes[BodyAtAt], (int)bytes[KindAt]);
        if (bodyAt < FixedLength + ChecksumLength || bodyAt > bytes.Length || length > int.MaxValue || length < bodyAt + ChecksumLength)
        {
            throw TooShort();
        }

        if (ChecksumOf(bytes[..(bodyAt - ChecksumLength)]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[(bodyAt - ChecksumLength)..]))
        {
            throw new CorruptSeriesException("The head of a time series' chunk has another checksum.");
        }

        var (codec, order, places) = ((ValueCodec)(kind & 3), (kind >> BitsOfCodec) & 3, kind >> (BitsOfCodec + BitsOfOrder));
        var input = new PackedInput(bytes[FixedLength..(bodyAt - ChecksumLength)]);
        var (count, first, span) = (input.Unsigned(), input.Unsigned(), input.Unsigned());
        if (codec > ValueCodec.Decimal || order > DifferenceBlock.GreatestOrder || (codec != ValueCodec.Decimal && (order | places) != 0)
            || count is 0 or > SeriesChunk.GreatestCount || first > SeriesTime.Greatest || span > SeriesTime.Greatest - first || span < count - 1
            || (count == 1 && span > 0) || ((count - 1) / SeriesChunk.BlockLength) + 1 > length - (ulong)bodyAt - ChecksumLength)
        {
            throw Senseless();
        }

        var firstValue = ValueOf(ref input, codec, places, 0);
        var summary = new SeriesSummary(
            (long)count,
            (long)first,
            firstValue,
            (long)(first + span),
            ValueOf(ref input, codec, places, firstValue),
            ValueOf(ref input, codec, places, firstValue),
            ValueOf(ref input, codec, places, firstValue),
            input.Double(),
            input.Double(),
            input.Double());
        return input.IsAtEnd ? new((int)length, bodyAt, codec, places, order, summary) : throw Senseless();
    }

    /// <summary>Writes a head; <see cref="Complete"/> writes what is known only when the chunk is.</summary>
    public static void Write(PooledBuffer output, ValueCodec codec, int places, int order, in SeriesSummary summary)
    {
        var front = output.GetSpan(FixedLength)[..FixedLength];
        front.Clear();
        front[KindAt] = (byte)((int)codec | (order << BitsOfCodec) | (places << (BitsOfCodec + BitsOfOrder)));
        (front[VersionAt], front[MarkAt]) = (Version, Mark);
        output.Advance(FixedLength);
        output.Unsigned((ulong)summary.Count);
        output.Unsigned((ulong)summary.FirstTime);
        output.Unsigned((ulong)(summary.LastTime - summary.FirstTime));
        var first = 0L;
        foreach (var value in (ReadOnlySpan<double>)[summary.First, summary.Last, summary.Minimum, summary.Maximum])
        {
            if (codec == ValueCodec.Decimal)
            {
                // The first by itself, the others by their difference from it.
                output.Signed(DecimalScale.WholeOf(value, places) - first);
                first = DecimalScale.WholeOf(summary.First, places);
            }
            else
            {
                output.Double(value);
            }
        }

        output.Double(summary.Sum);
        output.Double(summary.Squares);
        output.Double(summary.Area);
        output.Skip(ChecksumLength);
    }

    /// <summary>Writes the lengths and the checksums of a chunk.</summary>
    /// <param name="chunk">The chunk; its last four bytes are for the checksum.</param>
    /// <param name="bodyAt">Where its blocks begin.</param>
    public static void Complete(Span<byte> chunk, int bodyAt)
    {
        BinaryPrimitives.WriteInt32LittleEndian(chunk, chunk.Length);
        chunk[BodyAtAt] = (byte)bodyAt;
        var headChecksumAt = bodyAt - ChecksumLength;
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[headChecksumAt..], ChecksumOf(chunk[..headChecksumAt]));
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[^ChecksumLength..], ChecksumOf(chunk[headChecksumAt..^ChecksumLength]));
    }

    /// <summary>The blocks of a chunk, when its checksum is right.</summary>
    /// <exception cref="CorruptSeriesException">The bytes are not what was written.</exception>
    public ReadOnlySpan<byte> BodyOf(ReadOnlySpan<byte> bytes)
    {
        if (Length > bytes.Length)
        {
            throw TooShort();
        }

        var end = Length - ChecksumLength;
        return ChecksumOf(bytes[(BodyAt - ChecksumLength)..end]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[end..])
            ? bytes[BodyAt..end]
            : throw new CorruptSeriesException("A time series' chunk has another checksum.");
    }

    private static double ValueOf(ref PackedInput input, ValueCodec codec, int places, double first)
        => codec == ValueCodec.Decimal
            ? DecimalScale.ValueOf(unchecked(DecimalScale.WholeOf(first, places) + input.Signed()), places)
            : input.Double();

    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var checksum = default(Crc32C);
        checksum.Append(bytes);
        return checksum.Value;
    }

    private static CorruptSeriesException TooShort() => new("A time series' chunk ends too early.");

    private static CorruptSeriesException Senseless() => new("The head of a time series' chunk makes no sense.");
}
