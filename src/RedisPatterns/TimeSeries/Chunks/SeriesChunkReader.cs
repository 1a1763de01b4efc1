using System.Runtime.InteropServices;

namespace RedisPatterns;

/// <summary>A chunk whose checksums are right: what is known of its points, and the points of a range without those of all blocks.</summary>
internal readonly ref struct SeriesChunkReader
{
    private readonly ChunkHead _head;
    private readonly ReadOnlySpan<byte> _body;

    private SeriesChunkReader(ChunkHead head, ReadOnlySpan<byte> body)
    {
        _head = head;
        _body = body;
    }

    /// <summary>How many points there are.</summary>
    public int Count => _head.Count;

    /// <summary>How many bytes the chunk has.</summary>
    public int Length => _head.Length;

    /// <summary>What is known of the points.</summary>
    public SeriesSummary Summary => _head.Summary;

    /// <summary>Opens a chunk.</summary>
    /// <param name="bytes">Begins with the chunk.</param>
    /// <exception cref="CorruptSeriesException">The bytes are not what was written.</exception>
    public static SeriesChunkReader Open(ReadOnlySpan<byte> bytes)
    {
        var head = ChunkHead.Read(bytes);
        return new(head, head.BodyOf(bytes));
    }

    /// <summary>Reads the points of a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="moments">Where the moments go; as long as <see cref="Count"/>, as whole blocks are read.</param>
    /// <param name="values">Where the values go; as long.</param>
    /// <returns>Where the points of the range stand in both.</returns>
    /// <exception cref="CorruptSeriesException">The bytes are not what was written.</exception>
    public (int Start, int Count) Read(TimeRange range, Span<long> moments, Span<double> values)
    {
        var summary = Summary;
        var input = new PackedInput(_body);
        var (start, first, read, left) = (summary.FirstTime, 0L, 0, Count);
        if (range.From > summary.LastTime)
        {
            return (0, 0);
        }

        while (left > 0 && start < range.To)
        {
            var (length, isLast) = (Math.Min(SeriesChunk.BlockLength, left), left <= SeriesChunk.BlockLength);
            var block = MomentBlock.Open(ref input, start, length, isLast, summary.LastTime);
            var isWanted = isLast || block.Next > range.From;
            if (isWanted)
            {
                block.Read(moments.Slice(read, length), isLast);
            }

            ReadValues(ref input, length, ref first, isWanted ? values.Slice(read, length) : default);
            read += isWanted ? length : 0;
            (start, left) = (block.Next, left - length);
        }

        return left > 0 || input.IsAtEnd
            ? Within(range, moments[..read])
            : throw new CorruptSeriesException("Something stands behind the values of a time series' chunk.");
    }

    // Only the outermost blocks have points outside the range.
    private static (int Start, int Count) Within(TimeRange range, ReadOnlySpan<long> moments)
    {
        var start = 0;
        while (start < moments.Length && moments[start] < range.From)
        {
            start++;
        }

        var end = moments.Length;
        while (end > start && moments[end - 1] >= range.To)
        {
            end--;
        }

        return (start, end - start);
    }

    private void ReadValues(ref PackedInput input, int length, ref long first, Span<double> values)
    {
        switch (_head.Codec)
        {
            case ValueCodec.Raw:
                var raw = new PackedInput(input.Take(length * sizeof(double)));
                foreach (ref var value in values)
                {
                    value = raw.Double();
                }

                break;
            case ValueCodec.Xor:
                var differing = XorBlock.Open(ref input, length);
                if (!values.IsEmpty)
                {
                    differing.Read(values);
                }

                break;
            default:
                var block = DifferenceBlock.Open(ref input, _head.Order, length, ref first);
                if (!values.IsEmpty)
                {
                    // A whole number and its value take the same room.
                    var wholes = MemoryMarshal.Cast<double, long>(values);
                    block.Read(wholes);
                    DecimalScale.Unscale(wholes, _head.Places);
                }

                break;
        }
    }
}
