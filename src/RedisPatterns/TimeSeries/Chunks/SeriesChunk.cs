using System.Buffers;

namespace RedisPatterns;

/// <summary>A stretch of a time series as bytes: moments and values, compressed, with what is known of all, and checksums.</summary>
/// <remarks>
/// Version 1: the head, <see cref="ChunkHead"/>; blocks of 128 points, of each the moments, <see cref="MomentBlock"/>, and
/// then the values, <see cref="DifferenceBlock"/> or <see cref="XorBlock"/> or as they are; CRC-32C. The codec is the one
/// that takes the fewest bytes. Whatever 64 bits a value has come back.
/// </remarks>
internal static class SeriesChunk
{
    /// <summary>The most points: more than a string of Redis has room for as records.</summary>
    public const int GreatestCount = 1 << 25;

    /// <summary>How many points a block has, but for the last.</summary>
    public const int BlockLength = 128;

    /// <summary>Writes points.</summary>
    /// <param name="moments">Their moments, in milliseconds since 1970, each after the one before; one at least.</param>
    /// <param name="values">Their values, as many.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Write(ReadOnlySpan<long> moments, ReadOnlySpan<double> values)
    {
        ThrowIfBad(moments, values);
        var wholes = ArrayPool<long>.Shared.Rent(moments.Length);
        try
        {
            var (codec, places, order) = Choose(values, wholes.AsSpan(0, moments.Length));
            using var output = PooledBuffer.Rent();
            ChunkHead.Write(output, codec, places, order, SummaryOf(moments, values));
            var bodyAt = output.Count;
            var first = 0L;
            for (var at = 0; at < moments.Length; at += BlockLength)
            {
                var (length, isLast) = (Math.Min(BlockLength, moments.Length - at), moments.Length - at <= BlockLength);
                MomentBlock.Write(output, moments.Slice(at, isLast ? length : length + 1), isLast);
                WriteValues(output, codec, order, values.Slice(at, length), wholes.AsSpan(at, length), ref first);
            }

            output.Skip(ChunkHead.ChecksumLength);
            var chunk = output.ToArray();
            ChunkHead.Complete(chunk, bodyAt);
            return chunk;
        }
        finally
        {
            ArrayPool<long>.Shared.Return(wholes);
        }
    }

    private static void ThrowIfBad(ReadOnlySpan<long> moments, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(moments.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, moments.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(moments.Length, GreatestCount);
        SeriesTime.ThrowIfBad(moments[0], nameof(moments));
        SeriesTime.ThrowIfBad(moments[^1], nameof(moments));
        for (var i = 1; i < moments.Length; i++)
        {
            if (moments[i] <= moments[i - 1])
            {
                throw new ArgumentException("The moments of a chunk ascend.", nameof(moments));
            }
        }
    }

    private static SeriesSummary SummaryOf(ReadOnlySpan<long> moments, ReadOnlySpan<double> values)
    {
        var (sum, area, least, greatest) = (values[0], 0.0, values[0], values[0]);
        for (var i = 1; i < values.Length; i++)
        {
            var value = values[i];
            sum += value;
            area += ((0.5 * value) + (0.5 * values[i - 1])) * (moments[i] - moments[i - 1]);
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        // The mean is rounded: what the distances from it add up to tells how much, and is taken off.
        var (mean, squares, off) = (sum / values.Length, 0.0, 0.0);
        foreach (var value in values)
        {
            var distance = value - mean;
            off += distance;
            squares += distance * distance;
        }

        squares = Math.Max(0, squares - (off * off / values.Length));
        return new(values.Length, moments[0], values[0], moments[^1], values[^1], least, greatest, sum, squares, area);
    }

    private static (ValueCodec Codec, int Places, int Order) Choose(ReadOnlySpan<double> values, Span<long> wholes)
    {
        var (best, codec, places, order) = (values.Length * (long)sizeof(double), ValueCodec.Raw, 0, 0);
        var size = 0L;
        for (var at = 0; at < values.Length; at += BlockLength)
        {
            size += XorBlock.SizeOf(values.Slice(at, Math.Min(BlockLength, values.Length - at)));
        }

        if (size < best)
        {
            (best, codec) = (size, ValueCodec.Xor);
        }

        if (!DecimalScale.TryScale(values, wholes, out var scale))
        {
            return (codec, places, order);
        }

        for (var depth = 0; depth <= DifferenceBlock.GreatestOrder; depth++)
        {
            (size, var first) = (0, 0L);
            for (var at = 0; at < wholes.Length && size < best; at += BlockLength)
            {
                size += DifferenceBlock.SizeOf(wholes.Slice(at, Math.Min(BlockLength, wholes.Length - at)), depth, ref first);
            }

            if (size < best)
            {
                (best, codec, places, order) = (size, ValueCodec.Decimal, scale, depth);
            }
        }

        return (codec, places, order);
    }

    private static void WriteValues(PooledBuffer output, ValueCodec codec, int order, ReadOnlySpan<double> values, ReadOnlySpan<long> wholes, ref long first)
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
                XorBlock.Write(output, values);
                break;
            default:
                DifferenceBlock.Write(output, wholes, order, ref first);
                break;
        }
    }
}
