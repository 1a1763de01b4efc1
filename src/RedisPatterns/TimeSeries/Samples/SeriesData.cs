using System.Collections;

namespace RedisPatterns;

/// <summary>Samples in two columns, such as charts want them. Immutable.</summary>
public sealed class SeriesData : IReadOnlyList<SeriesSample>
{
    private readonly long[] _timestamps;
    private readonly double[] _values;

    internal SeriesData(long[] timestamps, double[] values) => (_timestamps, _values) = (timestamps, values);

    /// <summary>No samples.</summary>
    public static SeriesData Empty { get; } = new([], []);

    /// <summary>How many samples there are.</summary>
    public int Count => _timestamps.Length;

    /// <summary>The moments, in milliseconds since 1970, in the order of the read.</summary>
    public ReadOnlySpan<long> Timestamps => _timestamps;

    /// <summary>The values, one for each moment.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>A sample.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such sample.</exception>
    public SeriesSample this[int index] => new(_timestamps[index], _values[index]);

    /// <summary>The samples, one after the other.</summary>
    public IEnumerator<SeriesSample> GetEnumerator()
    {
        for (var i = 0; i < _timestamps.Length; i++)
        {
            yield return new(_timestamps[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
