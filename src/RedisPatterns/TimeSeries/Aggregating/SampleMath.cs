using System.Numerics;
using System.Runtime.InteropServices;

namespace RedisPatterns;

/// <summary>Sums and extremes of columns of samples, several lanes at a time. The values are finite.</summary>
internal static class SampleMath
{
    // 2^52 as bits: a whole number below it that stands in the low bits is the fraction of the double 2^52 + number.
    private const long MagicBits = 0x4330_0000_0000_0000;
    private const double Magic = 1L << 52;

    /// <summary>The sum of values.</summary>
    public static double SumOf(ReadOnlySpan<double> values)
    {
        var lanes = Lanes(values);
        var (a, b, c, d) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (; lanes.Length >= 4; lanes = lanes[4..])
        {
            a += lanes[0];
            b += lanes[1];
            c += lanes[2];
            d += lanes[3];
        }

        foreach (var lane in lanes)
        {
            a += lane;
        }

        var sum = Vector.Sum(a + b + (c + d));
        foreach (var value in TailOf(values))
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>The least and the greatest of values, of which there is at least one.</summary>
    public static (double Minimum, double Maximum) ExtremesOf(ReadOnlySpan<double> values)
    {
        var lanes = Lanes(values);
        var (minimum, maximum) = (values[0], values[0]);
        if (!lanes.IsEmpty)
        {
            var (leastA, leastB) = (lanes[0], lanes[0]);
            var (greatestA, greatestB) = (leastA, leastA);
            for (; lanes.Length >= 2; lanes = lanes[2..])
            {
                leastA = Vector.MinNative(leastA, lanes[0]);
                leastB = Vector.MinNative(leastB, lanes[1]);
                greatestA = Vector.MaxNative(greatestA, lanes[0]);
                greatestB = Vector.MaxNative(greatestB, lanes[1]);
            }

            foreach (var lane in lanes)
            {
                leastA = Vector.MinNative(leastA, lane);
                greatestA = Vector.MaxNative(greatestA, lane);
            }

            var (least, greatest) = (Vector.MinNative(leastA, leastB), Vector.MaxNative(greatestA, greatestB));
            for (var i = 0; i < Vector<double>.Count; i++)
            {
                minimum = least[i] < minimum ? least[i] : minimum;
                maximum = greatest[i] > maximum ? greatest[i] : maximum;
            }
        }

        foreach (var value in TailOf(values))
        {
            minimum = value < minimum ? value : minimum;
            maximum = value > maximum ? value : maximum;
        }

        return (minimum, maximum);
    }

    /// <summary>The sum of the squared distances of values from their mean.</summary>
    public static double SquaresOf(ReadOnlySpan<double> values, double mean)
    {
        var lanes = Lanes(values);
        var (a, b, means) = (Vector<double>.Zero, Vector<double>.Zero, new Vector<double>(mean));
        for (; lanes.Length >= 2; lanes = lanes[2..])
        {
            var (one, other) = (lanes[0] - means, lanes[1] - means);
            a += one * one;
            b += other * other;
        }

        foreach (var lane in lanes)
        {
            a += (lane - means) * (lane - means);
        }

        var squares = Vector.Sum(a + b);
        foreach (var value in TailOf(values))
        {
            squares += (value - mean) * (value - mean);
        }

        return squares;
    }

    /// <summary>The integral over time of the straight lines between neighbours, in values times milliseconds.</summary>
    public static double AreaOf(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        // Each column is read twice, the second time one sample further.
        var begins = Lanes(timestamps[..^1]);
        var ends = Lanes(timestamps[1..]);
        var lefts = Lanes(values[..^1]);
        var rights = Lanes(values[1..]);
        var doubled = Vector<double>.Zero;
        for (var i = 0; i < begins.Length; i++)
        {
            var lengths = Vector.AsVectorDouble((ends[i] - begins[i]) | new Vector<long>(MagicBits)) - new Vector<double>(Magic);
            doubled += (lefts[i] + rights[i]) * lengths;
        }

        var sum = Vector.Sum(doubled);
        for (var i = begins.Length * Vector<double>.Count; i < values.Length - 1; i++)
        {
            sum += (values[i] + values[i + 1]) * (timestamps[i + 1] - timestamps[i]);
        }

        return sum * 0.5;
    }

    private static ReadOnlySpan<double> TailOf(ReadOnlySpan<double> values) => values[(values.Length / Vector<double>.Count * Vector<double>.Count)..];

    private static ReadOnlySpan<Vector<T>> Lanes<T>(ReadOnlySpan<T> values)
        where T : struct => MemoryMarshal.Cast<T, Vector<T>>(values);
}
