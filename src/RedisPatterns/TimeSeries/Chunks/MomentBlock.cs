using System.Runtime.InteropServices;

namespace RedisPatterns;

/// <summary>
/// Moments of a block by the steps from each to the next, the last one into the next block: the least step, the width of
/// what is above it, the greatest unit in which that is whole, the sum of the units, and the units, packed. The sum tells
/// where the next block begins, so that this one can be gone by; steps that are all the same take no bits, no unit and no
/// sum. A sample that is missing, or a series that is late once, takes a bit for each step, as the unit is what is missing.
/// </summary>
/// <remarks>A step is 1 at least, and the sums are compared: what is read ascends and ends where it should.</remarks>
internal readonly ref struct MomentBlock
{
    // Of a unit and a width together: what is above a step is less than 48 bits, and both are rounded up.
    private const int GreatestWidth = 49;

    private readonly long _start;
    private readonly long _least;
    private readonly long _unit;
    private readonly int _width;
    private readonly ReadOnlySpan<byte> _packed;

    private MomentBlock(long start, long next, long least, long unit, int width, ReadOnlySpan<byte> packed)
    {
        (_start, Next, _least, _unit, _width) = (start, next, least, unit, width);
        _packed = packed;
    }

    /// <summary>The first moment of the next block; of the last block the last moment.</summary>
    public long Next { get; }

    /// <summary>Writes the moments of a block.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="moments">The moments, and the first one of the next block unless this is the last.</param>
    /// <param name="isLast">Whether it is the last.</param>
    public static void Write(PooledBuffer output, ReadOnlySpan<long> moments, bool isLast)
    {
        if (moments.Length < 2)
        {
            return;
        }

        Span<ulong> steps = stackalloc ulong[SeriesChunk.BlockLength];
        steps = steps[..(moments.Length - 1)];
        var (least, greatest) = (ulong.MaxValue, 0ul);
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = (ulong)(moments[i + 1] - moments[i]);
            least = Math.Min(least, steps[i]);
            greatest = Math.Max(greatest, steps[i]);
        }

        output.Unsigned(least);
        if (least == greatest)
        {
            output.Byte(0);
            return;
        }

        var unit = 0ul;
        foreach (ref var step in steps)
        {
            step -= least;
            unit = unit == 1 ? 1 : UnitOf(unit, step);
        }

        if (unit > 1)
        {
            foreach (ref var step in steps)
            {
                step /= unit;
            }
        }

        var width = BitPacking.WidthOf((greatest - least) / unit);
        output.Byte((byte)width);
        output.Unsigned(unit);
        if (!isLast)
        {
            output.Unsigned(((ulong)(moments[^1] - moments[0]) - (least * (ulong)steps.Length)) / unit);
        }

        BitPacking.Write(output, steps, width);
    }

    /// <summary>Goes by a block, and keeps what is needed to read it.</summary>
    /// <param name="input">Where it begins.</param>
    /// <param name="start">Its first moment.</param>
    /// <param name="length">How many moments it has.</param>
    /// <param name="isLast">Whether it is the last.</param>
    /// <param name="last">The last moment of the chunk.</param>
    public static MomentBlock Open(ref PackedInput input, long start, int length, bool isLast, long last)
    {
        var steps = isLast ? length - 1 : length;
        var (next, least, unit, width) = (start, 0L, 0ul, 0);
        if (steps > 0)
        {
            var first = input.Unsigned();
            width = input.Byte();
            if (first is 0 or > SeriesTime.Greatest || width > GreatestWidth)
            {
                throw Damaged();
            }

            least = (long)first;
            next += steps * least;
            if (width > 0)
            {
                unit = input.Unsigned();
                if (unit is 0 or > SeriesTime.Greatest || BitPacking.WidthOf(unit) + width > GreatestWidth || next > last)
                {
                    throw Damaged();
                }

                var above = isLast ? (ulong)(last - next) / unit : input.Unsigned();
                next += above <= SeriesTime.Greatest / unit ? (long)(above * unit) : throw Damaged();
            }
        }

        return next <= last && (!isLast || next == last)
            ? new(start, next, least, (long)unit, width, input.TakeFrom(BitPacking.SizeOf(steps, width)))
            : throw Damaged();
    }

    /// <summary>Reads the moments.</summary>
    /// <param name="moments">Where to; as long as the block.</param>
    /// <param name="isLast">Whether it is the last.</param>
    public void Read(Span<long> moments, bool isLast)
    {
        var (moment, least, unit) = (_start, _least, _unit);
        if (_width == 0)
        {
            for (var i = 0; i < moments.Length; i++)
            {
                moments[i] = moment;
                moment += least;
            }

            return;
        }

        var steps = isLast ? moments[..^1] : moments;
        BitPacking.Read(_packed, _width, MemoryMarshal.Cast<long, ulong>(steps));
        foreach (ref var step in steps)
        {
            var next = moment + least + (step * unit);
            step = moment;
            moment = next;
        }

        if (isLast)
        {
            moments[^1] = moment;
        }

        if (moment != Next)
        {
            throw Damaged();
        }
    }

    // Euclid's.
    private static ulong UnitOf(ulong one, ulong other)
    {
        while (other != 0)
        {
            (one, other) = (other, one % other);
        }

        return one;
    }

    private static CorruptSeriesException Damaged() => new("The moments of a time series' chunk do not ascend to its last one.");
}
