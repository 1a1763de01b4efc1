using System.Numerics;
using System.Runtime.InteropServices;

namespace RedisPatterns;

/// <summary>Doubles that are decimals of few places, as whole numbers of the last place.</summary>
internal static class DecimalScale
{
    /// <summary>The most places.</summary>
    public const int GreatestPlaces = 15;

    private const double GreatestWhole = 1L << 53;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Finds the fewest places in which all values are whole, and gives the whole numbers.</summary>
    /// <param name="values">The values.</param>
    /// <param name="wholes">Where the whole numbers go.</param>
    /// <param name="places">The places.</param>
    /// <returns>False where a value is none of these, bit for bit: too long, too great, not a number, or minus zero.</returns>
    public static bool TryScale(ReadOnlySpan<double> values, Span<long> wholes, out int places)
    {
        places = 0;
        for (var i = 0; i < values.Length; i++)
        {
            while (!TryScale(values[i], places, out wholes[i]))
            {
                if (++places > GreatestPlaces)
                {
                    return false;
                }

                // What was found before has other wholes now.
                i = 0;
            }
        }

        return true;
    }

    /// <summary>The whole number of a value; right only for what <see cref="ValueOf"/> gives back.</summary>
    public static long WholeOf(double value, int places) => (long)Math.Round(value * Powers[places]);

    /// <summary>The value of a whole number.</summary>
    public static double ValueOf(long whole, int places) => whole / Powers[places];

    /// <summary>The values of whole numbers, in their place: both take the same room.</summary>
    public static void Unscale(Span<long> wholes, int places)
    {
        // A division rounds rightly, so it gives the double that is nearest to the decimal: the one that was there.
        var power = Powers[places];
        var values = MemoryMarshal.Cast<long, double>(wholes);
        var vectors = MemoryMarshal.Cast<long, Vector<long>>(wholes);
        foreach (ref var vector in vectors)
        {
            vector = Vector.AsVectorInt64(Vector.ConvertToDouble(vector) / new Vector<double>(power));
        }

        for (var i = vectors.Length * Vector<long>.Count; i < wholes.Length; i++)
        {
            values[i] = wholes[i] / power;
        }
    }

    private static bool TryScale(double value, int places, out long whole)
    {
        var scaled = Math.Round(value * Powers[places]);
        whole = Math.Abs(scaled) <= GreatestWhole ? (long)scaled : 0;
        return BitConverter.DoubleToInt64Bits(whole / Powers[places]) == BitConverter.DoubleToInt64Bits(value);
    }
}
