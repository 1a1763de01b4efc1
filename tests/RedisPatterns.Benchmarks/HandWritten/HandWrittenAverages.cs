using RedisPatterns.Benchmarks.Data;

namespace RedisPatterns.Benchmarks.HandWritten;

/// <summary>Averages by five minutes, by hand: the buckets of a range are known beforehand.</summary>
internal sealed class HandWrittenAverages
{
    private static readonly long Length = (long)SeriesSamples.Every.TotalMilliseconds;
    private readonly long _first;
    private readonly double[] _sums;
    private readonly int[] _counts;

    public HandWrittenAverages(TimeRange range)
    {
        _first = range.From / Length;
        _sums = new double[((range.To - 1) / Length) - _first + 1];
        _counts = new int[_sums.Length];
    }

    public void Add(long timestamp, double value)
    {
        var bucket = (int)((timestamp / Length) - _first);
        _sums[bucket] += value;
        _counts[bucket]++;
    }

    /// <summary>Adds the averages of a series as samples of a group.</summary>
    public void AddAveragesOf(HandWrittenAverages series)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            if (series._counts[i] > 0)
            {
                _sums[i] += series._sums[i] / series._counts[i];
                _counts[i]++;
            }
        }
    }

    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_counts);
    }

    public SeriesData ToData()
    {
        var filled = _counts.Length - _counts.AsSpan().Count(0);
        var (timestamps, values, next) = (new long[filled], new double[filled], 0);
        for (var i = 0; i < _sums.Length; i++)
        {
            if (_counts[i] > 0)
            {
                (timestamps[next], values[next]) = ((_first + i) * Length, _sums[i] / _counts[i]);
                next++;
            }
        }

        return new(timestamps, values);
    }
}
